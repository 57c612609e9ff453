import HCL

/// Places are kept of names which webkit itself puts into a list, and where places count.
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
  guard !module.variables.contains(where: { $0.kept != nil }) else { return }
  for block in module.resources {
    for lifecycle in block.body.blocks where lifecycle.type == "lifecycle" {
      guard case .tuple(let list)? = lifecycle.body.attribute("ignore_changes")?.value,
        let element = list.elements.first(where: { $0.value.namesALaterPlace })
      else { continue }
      check.report(
        "places", "What is ignored belongs to a place in a list, whoever comes to stand there",
        at: element.value.origin,
        help: "Take the list from an input with `keeps_places`, so that nobody's place moves.")
    }
  }
}

extension Expression {
  /// Whether it leads to an element behind the first one of a list.
  fileprivate var namesALaterPlace: Bool {
    var found = false
    visit { node in
      guard case .index(let access) = node, case .literal(let literal) = access.key,
        case .number(let text) = literal.kind
      else { return }
      if text != "0" { found = true }
    }
    return found
  }
}
