import Diagnostics
import HCL

/// Outputs that expressions ask other items for exist.
func checkWiring(of module: ModuleSpec, _ check: inout SpecCheck) {
  for expression in module.ownExpressions {
    expression.visit { node in
      guard let path = node.attributePath else { return }
      checkReference(path, of: module, at: node.origin, &check)
      // `[for c in consumers : c.outputs.x]` asks whichever item it is; one at least has it.
      if path.count == 3, path[1] == "outputs", !["refs", "resource", "app"].contains(path[0]) {
        checkAny(path[2], at: node.origin, &check)
      }
    }
  }
}

/// `refs.x.outputs.y` and `refs.x.config.y` are there in the type that `x` refers to.
private func checkReference(
  _ path: [String], of module: ModuleSpec, at place: Origin, _ check: inout SpecCheck
) {
  guard path.count == 4, path[0] == "refs",
    let word = module.inputsAndSettings.first(where: { $0.name == path[1] })?.referredType,
    let target = check.target(word, roles: [.resource, .app])
  else { return }
  let names: [String]
  switch path[2] {
  case "outputs": names = target.outputs.map(\.name)
  case "config": names = target.inputsAndSettings.map(\.name)
  default: return
  }
  guard !names.contains(path[3]) else { return }
  check.report(
    "unknown-path", "`\(word)` has no `\(path[2]).\(path[3])`", at: place,
    help: nearestMatch(path[3], in: names).map { "Did you mean `\($0)`?" })
}

private func checkAny(_ output: String, at place: Origin, _ check: inout SpecCheck) {
  let all = check.catalog.allModules.flatMap(\.outputs).map(\.name)
  guard !all.contains(output) else { return }
  check.report(
    "unknown-output", "no leaf has an output `\(output)`", at: place,
    help: nearestMatch(output, in: Set(all).sorted()).map { "Did you mean `\($0)`?" })
}
