import HCL
import ProviderModel

/// The variable that each rule of a module is written at; nil for a rule that Terraform can't check.
///
/// That is the first variable that the rule mentions, or another of them where validations would ask
/// for each other in a circle, which Terraform refuses.
func placesOfRules(_ module: ModuleSpec) -> [String?] {
  var asked: [String: Set<String>] = [:]
  return module.rules.map { rule in
    guard !rule.isWarning, let mentioned = variables(of: rule.condition) else { return nil }
    let place = mentioned.first { candidate in
      !mentioned.contains { $0 != candidate && reaches(candidate, from: $0, asked) }
    }
    guard let place = place ?? mentioned.first else { return nil }
    asked[place, default: []].formUnion(mentioned.filter { $0 != place })
    return place
  }
}

/// The variables that a condition mentions, in order; nil where it mentions anything else.
private func variables(of condition: Expression) -> [String]? {
  var names: [String] = []
  var roots: Set<String> = []
  var bound: Set = ["var"]
  condition.visit { node in
    switch node {
    case .variable(let root): roots.insert(root.name)
    case .attribute(let access):
      guard case .variable(let root) = access.base, root.name == "var" else { return }
      if !names.contains(access.name) { names.append(access.name) }
    case .forExpression(let loop):
      bound.insert(loop.valueName)
      if let key = loop.keyName { bound.insert(key) }
    default: break
    }
  }
  return roots.isSubset(of: bound) ? names : nil
}

/// Whether the validations of one variable ask for another one, at whatever distance.
private func reaches(_ wanted: String, from start: String, _ asked: [String: Set<String>]) -> Bool {
  var seen: Set<String> = []
  var open = [start]
  while let name = open.popLast() {
    if name == wanted { return true }
    if seen.insert(name).inserted { open += asked[name] ?? [] }
  }
  return false
}
