import HCL

/// Patterns compile.
func checkPatterns(of module: ModuleSpec, _ check: inout SpecCheck) {
  for variable in module.inputsAndSettings.flatMap(\.withFields) {
    for pattern in [variable.facts.pattern, variable.literal] {
      checkPattern(pattern, at: variable.typeExpression.origin, &check)
    }
  }
}

/// A pattern compiles.
func checkPattern(_ pattern: String?, at origin: Origin, _ check: inout SpecCheck) {
  guard let pattern, Pattern(pattern) == nil else { return }
  check.report("bad-pattern", "the pattern `\(pattern)` can't be read", at: origin)
}
