import Diagnostics
import HCL

/// Reports what nothing reads: Terraform accepts it, a reviewer would ask.
func checkUnused(_ tree: ModuleTree) {
  for module in tree.modules.items where !module.isPartial && !module.isProven {
    for variable in module.variables.items where !module.used.contains("var." + variable.name) {
      tree.findings.warning(
        "unused-variable", "Nothing reads the variable `\(variable.name)`",
        at: variable.source.place, help: "Remove it, or use `var.\(variable.name)`.")
    }
    for local in module.locals.items where !module.used.contains("local." + local.name) {
      tree.findings.warning(
        "unused-local", "Nothing reads the local `\(local.name)`", at: local.place,
        help: "Remove it, or use `local.\(local.name)`.")
    }
    for resource in module.resources.items
    where resource.mode == .data && resource.check == nil
      && !module.used.contains(resource.address) && !resource.source.hasConditions
    {
      tree.findings.warning(
        "unused-data", "Nothing reads `\(resource.address)`", at: resource.source.place,
        help: "Remove it, or use `\(resource.address)`.")
    }
  }
  UnusedOutputs(tree: tree).check()
}

extension Declaration {
  /// Whether a data source is there to be checked.
  fileprivate var hasConditions: Bool {
    blocks("lifecycle").contains { !$0.block.body.blocks.isEmpty }
  }
}

/// Outputs of modules that no caller reads.
private struct UnusedOutputs {
  let tree: ModuleTree

  func check() {
    var callersOf: [String: [(Module, String)]] = [:]
    for module in tree.modules.items {
      for call in module.calls.items {
        if let folder = call.folder { callersOf[folder, default: []].append((module, call.name)) }
      }
    }
    for child in tree.modules.items.dropFirst() where !child.outputs.isEmpty {
      let callers = callersOf[child.folder] ?? []
      let isRead = { (output: String) in
        callers.contains { module, call in
          module.used.contains("module.\(call)") || module.used.contains("module.\(call).\(output)")
        }
      }
      for output in child.outputs.items where !isRead(output.name) {
        tree.findings.warning(
          "unused-output", "No caller reads the output `\(output.name)`", at: output.source.place,
          help: "Remove it, or read it where the module is called.")
      }
    }
  }
}
