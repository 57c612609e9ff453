import HCL

/// No two inputs, settings or outputs share a name or another spelling.
func checkNames(of module: ModuleSpec, _ check: inout SpecCheck) {
  var owners: [String: String] = [:]
  for variable in module.inputsAndSettings {
    // What isn't a key of the manifest has a name of its own kind.
    let words = (variable.isManifestKey ? [variable.name] : []) + variable.aliases
    for word in words {
      if let owner = owners.updateValue(variable.name, forKey: word) {
        check.report(
          "name-twice", "`\(word)` means both `\(owner)` and `\(variable.name)`",
          at: variable.typeExpression.origin)
      }
    }
    if !variable.isManifestKey, !variable.aliases.isEmpty {
      check.report(
        "alias", "`\(variable.name)` has aliases, but its `from` never asks for it",
        at: variable.typeExpression.origin)
    }
  }
  checkTwice(module.variables.map { ($0.name, $0.typeExpression.origin) }, "input", &check)
  checkTwice(module.settings.map { ($0.name, $0.typeExpression.origin) }, "setting", &check)
  checkTwice(module.outputs.map { ($0.name, $0.value.origin) }, "output", &check)
  for variable in module.inputsAndSettings where !variable.fields.isEmpty {
    checkFields(of: variable, &check)
  }
}

private func checkTwice(
  _ names: [(name: String, origin: Origin)], _ kind: String, _ check: inout SpecCheck
) {
  var seen: Set<String> = []
  for (name, origin) in names where !seen.insert(name).inserted {
    check.report("name-twice", "there are two \(kind)s `\(name)`", at: origin)
  }
}

/// Fields are attributes of the variable's type.
private func checkFields(of variable: VariableSpec, _ check: inout SpecCheck) {
  for field in variable.fields {
    var type: TypeConstraint? = variable.type
    for name in field.name.split(separator: ".") {
      type = type?.objectAttributes?.first { $0.name == String(name) }?.type
    }
    if type == nil {
      check.report(
        "unknown-field", "the type of `\(variable.name)` has no attribute `\(field.name)`",
        at: variable.typeExpression.origin)
    }
  }
}
