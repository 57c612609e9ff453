import HCL

/// An input that reaches a hidden argument is marked as hidden.
func checkSecrets(of module: ModuleSpec, _ check: inout SpecCheck) {
  let references = LeafReferences(module)
  let open = Dictionary(
    module.variables.filter { !$0.isHidden }.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
  var found: [String: String] = [:]
  for block in module.resources {
    guard let type = block.labels.first?.text,
      let schema = check.catalog.provider(ofType: type)?.schema.resources[type]
    else { continue }
    visitHidden(block.body, schema, []) { path, value in
      for name in references.inputs(flowingInto: value) where open[name] != nil {
        found[name] = found[name] ?? "\(type).\(path.joined(separator: "."))"
      }
    }
  }
  for variable in module.variables {
    guard let argument = found[variable.name] else { continue }
    check.report(
      "sensitive-input",
      "`\(variable.name)` reaches `\(argument)`, which is hidden, and isn't marked",
      at: variable.typeExpression.origin,
      help: "Add `sensitive = true`, and take the value from a `secret` block.")
  }
}

/// Visits the arguments whose values the schema hides and that are one value each.
private func visitHidden(
  _ body: Body, _ schema: BlockSchema, _ path: [String],
  _ visit: ([String], Expression) -> Void
) {
  for attribute in body.attributes
  where schema.attributes[attribute.name]?.isSensitive == true && path.isEmpty {
    visit(path + [attribute.name], attribute.value)
  }
  for block in body.blocks where block.type != "dynamic" {
    guard let inner = schema.blocks[block.type] else { continue }
    for attribute in block.body.attributes
    where inner.attributes[attribute.name]?.isSensitive == true {
      visit(path + [block.type, attribute.name], attribute.value)
    }
  }
}

extension VariableSpec {
  /// Whether its value is hidden, or comes from where values are.
  fileprivate var isHidden: Bool {
    isSensitive
      || (from ?? []).flatMap(\.allPaths).contains { $0[0] == "secret" || $0 == ["app", "env"] }
  }
}
