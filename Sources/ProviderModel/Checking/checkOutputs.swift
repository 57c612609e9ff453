import HCL

/// Outputs are marked as hidden where they are, and those with agreed names have their shape.
func checkOutputs(of module: ModuleSpec, _ check: inout SpecCheck) {
  let unmarked = LeafAnalysis(module.withoutMarks, check.catalog).sensitiveOutputs
  for output in module.outputs where output.isSensitive != unmarked.contains(output.name) {
    check.report(
      "sensitive",
      output.isSensitive
        ? "`\(output.name)` is marked as sensitive, but nothing in it is"
        : "`\(output.name)` holds something sensitive and isn't marked",
      at: output.value.origin)
  }
  for output in module.outputs { checkShape(of: output, &check) }
  guard module.role == .link else { return }
  for output in module.outputs where !check.isReadByPeers(output, of: module) {
    check.report(
      "unused-output", "No other link reads `\(output.name)`", at: output.value.origin,
      help: "Nothing else stands behind a link: read it with `peers`, or remove it.")
  }
}

extension SpecCheck {
  /// Whether another leaf of the same router asks each instance of a leaf for an output.
  fileprivate func isReadByPeers(_ output: OutputSpec, of module: ModuleSpec) -> Bool {
    let path = ["peers", module.provider, module.type, output.name]
    return catalog.allModules.contains { other in
      other.role.router == module.role.router
        && other.ownExpressions.contains { expression in
          var isRead = false
          expression.visit { node in isRead = isRead || node.attributePath == path }
          return isRead
        }
    }
  }
}

/// `urn` is one text; `dns_records` and `addresses` are lists.
private func checkShape(of output: OutputSpec, _ check: inout SpecCheck) {
  switch output.name {
  case "urn", "id", "ip_address":
    if !output.isScalar {
      check.report("shape", "`\(output.name)` has to be one value", at: output.value.origin)
    }
  case "dns_records":
    var records = 0
    output.value.visit { node in
      guard case .object(let object) = node else { return }
      if object.items.map({ $0.key.objectKeyName }) == ["type", "value"] { records += 1 }
    }
    if records == 0 {
      check.report(
        "shape", "`dns_records` has to be a list of `{ type, value }`", at: output.value.origin)
    }
  case "addresses", "environment_files":
    if output.isScalar, output.value.attributePath == nil {
      check.report("shape", "`\(output.name)` can't be one value", at: output.value.origin)
    }
  default: break
  }
}

extension ModuleSpec {
  /// The leaf without what is written of hidden outputs, for what follows by itself.
  fileprivate var withoutMarks: ModuleSpec {
    var result = self
    for index in result.outputs.indices { result.outputs[index].isSensitive = false }
    return result
  }
}
