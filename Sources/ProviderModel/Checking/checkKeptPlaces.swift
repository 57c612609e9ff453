import HCL

/// Places are kept of names, which webkit itself puts into a list.
func checkKeptPlaces(of module: ModuleSpec, _ check: inout SpecCheck) {
  for (position, variable) in module.inputsAndSettings.enumerated() {
    for (depth, spec) in variable.withFields.enumerated() where spec.kept != nil {
      let isInput = position < module.variables.count && depth == 0
      if isInput, spec.type == .list(.string), spec.from != nil, !spec.isManifestKey { continue }
      check.report(
        "places", "`keeps_places` is for an input that is a list of names which webkit makes",
        at: spec.typeExpression.origin,
        help: "Give it the type `list(string)`, and a `from` other than `config.\(spec.name)`.")
    }
  }
}
