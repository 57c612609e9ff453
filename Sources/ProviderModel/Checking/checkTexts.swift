import HCL

/// Everything that a reader meets is described, in one line without a full stop.
func checkTexts(of module: ModuleSpec, _ check: inout SpecCheck) {
  checkText(
    module.description, of: module.type, at: check.places.origin(ofArgument: "description"), &check)
  for variable in module.inputsAndSettings.flatMap(\.withFields) {
    checkText(variable.description, of: variable.name, at: variable.typeExpression.origin, &check)
  }
  for secret in module.secrets {
    let place = check.places.origin(of: [("secret", secret.name)])
    checkText(secret.description, of: secret.name, at: place, &check)
  }
  for output in module.outputs {
    checkText(output.description, of: output.name, at: output.value.origin, &check)
  }
}

/// A description stands, in one line without a full stop.
func checkText(_ text: String, of name: String, at origin: Origin, _ check: inout SpecCheck) {
  if text.isEmpty {
    check.report("no-description", "`\(name)` lacks a description", at: origin)
  } else if text.hasSuffix(".") || text.contains(where: \.isNewline) {
    check.report(
      "description", "the description of `\(name)` has to be one line without a full stop",
      at: origin)
  }
}
