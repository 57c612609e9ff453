import AppManifest
import Diagnostics
import ProviderModel

extension DeploymentResolver {
  /// Checks the rules of an item's leaf; `said` is what was said of the project already.
  func checkRules(of index: Int, _ evaluator: Evaluator, _ said: inout Set<String>) {
    let entry = entries[index]
    for rule in entry.leaf.module.rules
    where (entry.refused.isEmpty || entry.refused.isDisjoint(with: rule.inputs))
      && evaluator.value(of: rule.condition) == .bool(false)
    {
      let isOfProject = entry.leaf.module.isOfProject(rule)
      // Each instance breaks it, and one word about it is enough.
      if isOfProject, !said.insert("\(entry.leaf.provider.name) \(rule.message)").inserted {
        continue
      }
      report(rule, of: index, isOfProject: isOfProject)
    }
  }

  private func report(_ rule: ModuleSpec.Rule, of index: Int, isOfProject: Bool) {
    let entry = entries[index]
    let settings = manifest.settings.providers.first {
      catalog.provider($0.provider.value)?.name == entry.leaf.provider.name
    }
    let location = settings.map { manifest.location($0.provider.range) }
    diagnostics.append(
      Diagnostic(
        rule.isWarning ? .warning : .error, "config.rule", message(rule.message),
        at: (isOfProject ? location : nil) ?? place(of: rule, index),
        detail: "This concerns \(isOfProject ? entry.leaf.provider.title : "`\(entry.name)`")"
          + "\(inEnvironment)."))
  }

  private func message(_ text: String) -> String {
    text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}

extension ModuleSpec {
  /// Whether a rule of what stands beside the items asks for the same whatever it belongs to.
  fileprivate func isOfProject(_ rule: Rule) -> Bool {
    guard each != nil, !rule.inputs.isEmpty else { return false }
    let shared: Set = ["settings", "project", "environment", "values", "monitoring"]
    return rule.inputs.allSatisfy { name in
      guard let from = variable(name)?.from else { return false }
      return from.allSatisfy { $0.roots().isSubset(of: shared) }
    }
  }
}
