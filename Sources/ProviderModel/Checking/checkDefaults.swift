import HCL

/// Defaults and samples fit the types and what is known of the values.
func checkDefaults(of module: ModuleSpec, _ check: inout SpecCheck) {
  let analysis = LeafAnalysis(module, check.catalog)
  for variable in module.inputsAndSettings {
    checkDefault(of: variable, analysis.facts[variable.name] ?? variable.facts, &check)
    guard variable.type.objectAttributes != nil else { continue }
    for attribute in variable.type.objectAttributes ?? [] {
      checkValue(
        attribute.defaultValue, of: attribute.name, attribute.type,
        analysis.facts["\(variable.name).\(attribute.name)"] ?? ArgumentFacts(),
        at: variable.typeExpression.origin, &check)
    }
  }
}

/// A default and a sample fit the type and what is known of the value.
func checkDefault(of variable: VariableSpec, _ facts: ArgumentFacts, _ check: inout SpecCheck) {
  for value in [variable.defaultValue, variable.example].compactMap(\.self) {
    checkValue(
      value, of: variable.name, variable.type, facts,
      at: variable.defaultExpression?.origin ?? variable.typeExpression.origin, &check)
  }
}

private func checkValue(
  _ value: Value, of name: String, _ type: TypeConstraint, _ facts: ArgumentFacts,
  at origin: Origin, _ check: inout SpecCheck
) {
  var conversion = TypeConversion(fillsDefaults: true)
  let converted = conversion.convert(value, to: type)
  if !conversion.problems.isEmpty {
    check.report("default", "a default or sample of `\(name)` doesn't fit its type", at: origin)
    return
  }
  for scalar in converted.elements ?? [converted] where !facts.allow(scalar) {
    check.report(
      "default", "`\(scalar.scalarText ?? "")` of `\(name)` isn't what its facts allow", at: origin)
  }
}

extension ArgumentFacts {
  /// Whether a scalar is what these facts allow.
  fileprivate func allow(_ value: Value) -> Bool {
    guard let text = value.scalarText else { return true }
    let allowed = oneOf?.compactMap(\.scalarText) ?? []
    let isListed =
      allowed.isEmpty || allowed.contains(text)
      || ignoresCase && allowed.contains { $0.lowercased() == text.lowercased() }
    if case .number(let number) = value {
      return isListed && range?.contains(number.double) != false && (!isWhole || number.isWhole)
    }
    guard case .string = value else { return isListed }
    return isListed && length?.contains(text.count) != false
      && pattern.flatMap(Pattern.init)?.matches(text) != false
  }
}
