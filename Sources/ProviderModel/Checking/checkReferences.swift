import HCL

/// What refers to types and outputs names ones that there are.
func checkReferences(of module: ModuleSpec, _ check: inout SpecCheck) {
  for variable in module.inputsAndSettings {
    let origin = variable.typeExpression.origin
    let roles = module.roles(referredBy: variable)
    for word in [variable.referredType, variable.implies].compactMap(\.self) {
      guard let target = check.target(word, roles: roles) else {
        // What comes later closes a circle, which is reported as one.
        if check.target(word, roles: [.resource, .app]) != nil { continue }
        check.report("unknown-reference", "there is no type `\(word)`", at: origin)
        continue
      }
      guard word == variable.referredType else { continue }
      if let output = variable.referredOutput, target.output(output) == nil {
        check.report("unknown-output", "`\(word)` has no output `\(output)`", at: origin)
      }
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
  checkNamedFields(of: module, &check)
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
  // The types of checks are the manifest's.
  if targets.count != each.types.count, each.selection != .check {
    check.report("unknown-reference", "`each` names a type that there isn't", at: origin)
  }
  if let taken = each.takesOver {
    let all = targets.flatMap(\.resources).map { $0.labels.map(\.text).joined(separator: ".") }
    if !all.contains(taken) {
      check.report("unknown-reference", "there is no resource `\(taken)` to take over", at: origin)
    }
  }
  guard each.selection == .resource || each.selection == .app else { return }
  for expression in module.ownExpressions {
    for (path, place) in expression.paths() {
      if path[0] == each.selection.rawValue, path.count >= 3 {
        checkOfSelected(path, in: targets, at: place, &check)
      }
      if path[0] == "refs" { checkReferred(path, of: targets, at: place, &check) }
    }
  }
}

/// Fields that name items say which output takes the place of the name.
private func checkNamedFields(of module: ModuleSpec, _ check: inout SpecCheck) {
  for variable in module.variables {
    for field in variable.fields {
      guard let type = field.referredType else { continue }
      let target = check.target(type, roles: module.roles(referredBy: variable))
      guard let output = field.referredOutput, target?.output(output) != nil else {
        check.report(
          "unknown-output", "`\(field.name)` of `\(variable.name)` names no output of a type",
          at: variable.typeExpression.origin, help: "Write `refers_to = \"<type>.<output>\"`.")
        continue
      }
    }
  }
}

/// `refs.x` is an input or a setting of every type that a link selects, and refers to something
/// that has the output which is asked for.
private func checkReferred(
  _ path: [String], of selected: [ModuleSpec], at origin: Origin, _ check: inout SpecCheck
) {
  for module in selected {
    guard let spec = module.inputsAndSettings.first(where: { $0.name == path[1] }),
      let type = spec.referredType,
      let target = check.catalog.module(
        provider: module.provider, type: type, roles: module.roles(referredBy: spec))
    else {
      check.report("unknown-path", "`\(module.type)` has no `refs.\(path[1])`", at: origin)
      continue
    }
    if path.count >= 4 {
      checkOfSelected(Array(path.dropFirst()), in: [target], at: origin, &check)
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
