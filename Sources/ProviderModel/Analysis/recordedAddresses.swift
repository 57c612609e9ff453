import HCL

/// The address in Terraform of every resource of every leaf, one a line, with `<name>` for an
/// item's and `<key>` for what a leaf makes several of.
///
/// Addresses are a contract: a changed one replaces what exists, unless the leaf says `moved`.
public func recordedAddresses(_ catalog: Catalog) -> String {
  var lines = ["terraform_data.environment"]
  for module in catalog.allModules {
    for block in module.resources {
      lines.append(module.prefix + block.address + block.instanceKey)
    }
  }
  return lines.map { $0 + "\n" }.joined()
}

extension ModuleSpec {
  /// What stands before the address of a resource of the leaf.
  var prefix: String { "module.\(role.router.rawValue).module.\(callName)[\"<name>\"]." }
}

extension Block {
  /// What stands behind the label where a resource has any number of instances.
  fileprivate var instanceKey: String {
    if body.attribute("count") != nil { return "[0]" }
    return body.attribute("for_each") == nil ? "" : "[\"<key>\"]"
  }
}
