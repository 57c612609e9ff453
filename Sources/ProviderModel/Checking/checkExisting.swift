import HCL

/// What stands in for a resource comes from its provider, and has what the leaf asks it for.
func checkExisting(of module: ModuleSpec, _ check: inout SpecCheck) {
  for standIn in module.existing {
    let origin = standIn.block.headerOrigin
    guard let source = check.catalog.provider(ofType: standIn.type, isData: true),
      let schema = source.schema.dataSources[standIn.type]
    else { continue }
    let named = module.resources.filter { $0.labels.last?.text == standIn.name }
    let resource = named.first { $0.address == standIn.resource } ?? named.first
    guard let resource, let type = resource.labels.first?.text else { continue }
    if let owner = check.catalog.provider(ofType: type), owner.name != source.name {
      check.report(
        "existing-provider",
        "`\(standIn.type)` is of \(source.title), but the resource `\(resource.address)` of \(owner.title)",
        at: origin)
    }
    checkAttributes(of: resource, in: module, schema, standIn.type, at: origin, &check)
  }
}

/// Outputs that say nothing else of what exists read what the data source has.
private func checkAttributes(
  of resource: Block, in module: ModuleSpec, _ schema: BlockSchema, _ type: String,
  at place: Origin, _ check: inout SpecCheck
) {
  let labels = resource.labels.map(\.text)
  let references = LeafReferences(module)
  var missing: [String: String] = [:]
  for output in module.outputs where output.existing == nil {
    for path in references.paths(in: output.value)
    where path.count > 2 && Array(path.prefix(2)) == labels {
      let attribute = path[2]
      if schema.attributes[attribute] == nil, schema.blocks[attribute] == nil {
        missing[attribute] = missing[attribute] ?? output.name
      }
    }
  }
  for (attribute, output) in missing.sorted(by: { $0.key < $1.key }) {
    check.report(
      "existing-attribute",
      "the data source `\(type)` has no `\(attribute)`, which the output `\(output)` reads",
      at: place, help: "Say in the output what it is then: `existing = ...`, `null` if nothing.")
  }
}
