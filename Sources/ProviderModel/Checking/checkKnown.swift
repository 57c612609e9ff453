import HCL

/// Lists of known values come to something, and the default stands in them.
func checkKnown(of module: ModuleSpec, _ check: inout SpecCheck) {
  for variable in module.inputsAndSettings.flatMap(\.withFields) { checkKnown(variable, &check) }
}

/// A list of known values comes to something, and the default stands in it.
func checkKnown(_ variable: VariableSpec, _ check: inout SpecCheck) {
  guard let known = variable.known else { return }
  let prices = check.provider.prices.mapValues {
    Value.object($0.amounts.mapValues(Value.number))
  }
  let scope = FixedScope([
    "values": .object(check.provider.values), "prices": .object(prices),
  ])
  let value = Evaluator(scope).value(of: known)
  let texts = value.attributes.map { Array($0.keys) } ?? value.elements?.compactMap(\.scalarText)
  guard let texts, !texts.isEmpty else {
    check.report("known", "`known` of `\(variable.name)` comes to nothing", at: known.origin)
    return
  }
  if let text = variable.defaultValue?.scalarText, !texts.contains(text) {
    check.report("known", "the default `\(text)` isn't among the known values", at: known.origin)
  }
  for better in Set(variable.retired.values).union(variable.also.values).sorted()
  where !texts.contains(better) {
    check.report("known", "`\(better)` isn't among the known values", at: known.origin)
  }
}
