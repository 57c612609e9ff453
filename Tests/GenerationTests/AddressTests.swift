import HCL
import ProviderModel
import TestSupport
import Testing

/// Addresses in Terraform are a contract: a changed one replaces what exists, unless the leaf
/// says `moved`.
@Suite struct AddressTests {
  @Test func `every address is the recorded one`() throws {
    var lines = ["terraform_data.environment"]
    for module in catalog.allModules {
      let call = "module.\(module.role.router.rawValue).module.\(module.callName)[\"<name>\"]"
      for block in module.resources {
        let labels = block.labels.map(\.text).joined(separator: ".")
        lines.append("\(call).\(labels)\(block.instanceKey)")
      }
    }
    let text = lines.map { $0 + "\n" }.joined()
    report([try Golden.problem(of: text, in: "addresses.txt")].compactMap(\.self))
  }
}

extension Block {
  /// What stands behind the label where a resource has any number of instances.
  fileprivate var instanceKey: String {
    if body.attribute("count") != nil { return "[0]" }
    return body.attribute("for_each") == nil ? "" : "[\"<key>\"]"
  }
}
