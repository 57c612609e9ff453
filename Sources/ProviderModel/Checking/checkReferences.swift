import HCL

/// What refers to types and outputs names ones that there are.
func checkReferences(of module: ModuleSpec, _ check: inout SpecCheck) {
  for variable in module.inputsAndSettings {
    let origin = variable.typeExpression.origin
    for word in [variable.refersTo, variable.implies].compactMap(\.self) {
      guard let target = check.target(word, roles: [.resource, .app]) else {
        check.report("unknown-reference", "there is no type `\(word)`", at: origin)
        continue
      }
      guard word == variable.refersTo else { continue }
      for attribute in variable.type.objectAttributes ?? []
      where target.output(attribute.name) == nil {
        check.report(
          "unknown-output", "`\(word)` has no output `\(attribute.name)`", at: origin)
      }
    }
    if variable.refersTo == nil, variable.implies != nil || variable.literal != nil {
      check.report(
        "reference", "`\(variable.name)` implies or takes ids, but refers to nothing", at: origin)
    }
  }
  for output in module.outputs {
    guard let other = output.insteadOf else { continue }
    if module.output(other) == nil || other == output.name {
      check.report("unknown-output", "there is no output `\(other)`", at: output.value.origin)
    }
    if output.condition == nil {
      check.report("instead-of", "`instead_of` needs a `when`", at: output.value.origin)
    }
  }
  guard let each = module.each else { return }
  let origin = each.condition?.origin ?? Origin()
  let targets = each.types.compactMap { check.target($0, roles: [.resource, .app]) }
  if targets.count != each.types.count {
    check.report("unknown-reference", "`each` names a type that there isn't", at: origin)
  }
  if let taken = each.takesOver {
    let all = targets.flatMap(\.resources).map { $0.labels.map(\.text).joined(separator: ".") }
    if !all.contains(taken) {
      check.report("unknown-reference", "there is no resource `\(taken)` to take over", at: origin)
    }
  }
  guard each.selection == "resource" else { return }
  for expression in module.ownExpressions {
    for (path, place) in expression.paths() where path[0] == "resource" && path.count >= 3 {
      checkOfSelected(path, in: targets, at: place, &check)
    }
  }
}

/// `resource.config.x` and `resource.outputs.x` exist in every type that a link selects.
private func checkOfSelected(
  _ path: [String], in targets: [ModuleSpec], at origin: Origin, _ check: inout SpecCheck
) {
  for target in targets {
    let isThere =
      switch path[1] {
      case "outputs": target.output(path[2]) != nil
      case "config": target.inputsAndSettings.contains { $0.name == path[2] }
      default: true
      }
    if !isThere {
      check.report(
        "unknown-path", "`\(target.type)` has no `\(path[1]).\(path[2])`", at: origin)
    }
  }
}
