import Diagnostics
import HCL

/// Paths of our expressions begin with something that is declared.
func checkPaths(of module: ModuleSpec, _ check: inout SpecCheck) {
  checkMatches(of: module, &check)
  let variables = module.variables.map(\.name)
  let keys = module.inputsAndSettings.flatMap { [$0.name] + $0.aliases }
  let references = module.inputsAndSettings.filter { $0.refersTo != nil }.map(\.name)
  let known: [String: [String]] = [
    "config": keys, "inputs": keys, "var": variables,
    "settings": check.provider.settings.map(\.name),
    "values": check.provider.values.keys.sorted(), "prices": check.provider.prices.keys.sorted(),
    "secret": module.secrets.map(\.name),
    "item": ["name", "title", "description", "type", "kind", "cloud_name", "value", "existing"],
  ]
  for expression in module.ownExpressions {
    for (path, origin) in expression.paths() {
      if let names = known[path[0]], !names.contains(path[1]) {
        unknown(path, names, at: origin, &check)
      }
      // In a link, `refs` are those of what it belongs to.
      if path[0] == "refs", module.each == nil, !references.contains(path[1]) {
        unknown(path, references, at: origin, &check)
      }
    }
  }
  for variable in module.inputsAndSettings {
    for spec in variable.withFields { checkMatch(of: spec, in: module, &check) }
  }
}

/// `match` reads what is said of the items that may be meant.
private func checkMatch(
  of spec: VariableSpec, in module: ModuleSpec, _ check: inout SpecCheck
) {
  guard let match = spec.match, let type = spec.referredType,
    let target = check.target(type, roles: module.roles(referredBy: spec))
  else { return }
  let keys = target.inputsAndSettings.flatMap { [$0.name] + $0.aliases }
  for (path, origin) in match.paths() where path[0] == "config" && !keys.contains(path[1]) {
    unknown(path, keys, at: origin, &check)
  }
}

/// `match` asks the candidate, so that `config` is what its type has.
private func checkMatches(of module: ModuleSpec, _ check: inout SpecCheck) {
  for variable in module.inputsAndSettings.flatMap(\.withFields) {
    guard let match = variable.match, let word = variable.referredType,
      let target = check.target(word, roles: [.resource, .app])
    else { continue }
    let keys = target.inputsAndSettings.flatMap { [$0.name] + $0.aliases }
    for (path, origin) in match.paths() where path[0] == "config" && !keys.contains(path[1]) {
      unknown(path, keys, at: origin, &check)
    }
  }
}

private func unknown(
  _ path: [String], _ names: [String], at origin: Origin, _ check: inout SpecCheck
) {
  check.report(
    "unknown-path", "there is no `\(path[0]).\(path[1])`", at: origin,
    help: nearestMatch(path[1], in: names).map { "Did you mean `\(path[0]).\($0)`?" })
}
