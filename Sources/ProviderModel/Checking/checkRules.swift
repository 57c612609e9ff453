import HCL

/// Rules are about inputs, and about what these refer to; prices know tables too.
func checkRules(of module: ModuleSpec, _ check: inout SpecCheck) {
  let allowed: Set = ["var", "refs", "inputs", "values", "linked", "app"]
  for rule in module.rules {
    let roots = rule.condition.roots()
    for root in roots.subtracting(allowed).sorted() {
      check.report("rule", "a rule can't mention `\(root)`", at: rule.condition.origin)
    }
    if roots.isDisjoint(with: ["var", "refs", "inputs"]) {
      check.report("rule", "the rule mentions no input", at: rule.condition.origin)
    }
    if !rule.message.hasSuffix(".") {
      check.report(
        "rule", "the message of a rule has to be a sentence", at: rule.condition.origin)
    }
  }
}
