import Diagnostics
import HCL

/// Resources and data sources give what their schema asks for, and nothing that it doesn't know.
func checkArguments(of module: ModuleSpec, _ check: inout SpecCheck) {
  for block in module.body where ["resource", "data"].contains(block.type) {
    checkResource(block, isData: block.type == "data", &check)
  }
  for standIn in module.existing { checkStandIn(standIn, in: module, &check) }
  for item in module.imports
  where !module.resources.contains(where: { $0.address == item.resource }) {
    check.report(
      "import", "there is no resource `\(item.resource)` to import", at: item.origin)
  }
}

/// A stand-in has a resource to stand in for, and an attribute that says whether it is there.
private func checkStandIn(
  _ standIn: ModuleSpec.StandIn, in module: ModuleSpec, _ check: inout SpecCheck
) {
  checkResource(standIn.block, isData: true, &check)
  let origin = standIn.block.headerOrigin
  if !module.resources.contains(where: { $0.address == standIn.resource }) {
    check.report(
      "existing", "there is no resource `\(standIn.resource)` to stand in for", at: origin)
  }
  let schema = check.catalog.provider(ofType: standIn.type, isData: true)?.schema
  guard let source = schema?.dataSources[standIn.type] else { return }
  if source.attributes[standIn.knownBy] == nil {
    check.report(
      "existing", "the data source `\(standIn.type)` has no `\(standIn.knownBy)`", at: origin,
      help: "Name an attribute that is null where nothing is found: `known_by = \"...\"`.")
  }
  if let candidates = standIn.candidates { checkCandidates(candidates, &check) }
}

/// What lists candidates takes what it is given, and has the list that is read.
private func checkCandidates(_ candidates: ModuleSpec.Candidates, _ check: inout SpecCheck) {
  let origin = candidates.block.headerOrigin
  let schema = check.catalog.provider(ofType: candidates.type, isData: true)?.schema
  guard let source = schema?.dataSources[candidates.type] else {
    check.report("unknown-type", "no provider has `\(candidates.type)`", at: origin)
    return
  }
  checkBody(
    candidates.block.body, source, name: candidates.type, ignoring: [], at: origin, &check)
  if source.attributes[candidates.list] == nil, source.blocks[candidates.list] == nil {
    check.report(
      "candidates", "the data source `\(candidates.type)` has no list `\(candidates.list)`",
      at: origin)
  }
}

private func checkResource(_ block: Block, isData: Bool, _ check: inout SpecCheck) {
  guard block.labels.count == 2, let type = block.labels.first?.text else {
    check.report("labels", "`\(block.type)` needs a type and a name", at: block.headerOrigin)
    return
  }
  // Part of Terraform itself.
  if type == "terraform_data" { return }
  let schema = check.catalog.provider(ofType: type, isData: isData)?.schema
  guard let found = isData ? schema?.dataSources[type] : schema?.resources[type] else {
    // A stand-in that only looks things up later has no schema yet.
    check.report("unknown-type", "no provider has `\(type)`", at: block.headerOrigin)
    return
  }
  let meta: Set = ["count", "for_each", "provider", "depends_on"]
  checkBody(block.body, found, name: type, ignoring: meta, at: block.headerOrigin, &check)
}

private func checkBody(
  _ body: Body, _ schema: BlockSchema, name: String, ignoring meta: Set<String>, at place: Origin,
  _ check: inout SpecCheck
) {
  let attributes = body.attributes.filter { !meta.contains($0.name) }
  for attribute in attributes {
    guard let known = schema.attributes[attribute.name] else {
      check.report(
        "unknown-argument", "`\(name)` has no argument `\(attribute.name)`",
        at: attribute.nameOrigin,
        help: nearestMatch(attribute.name, in: schema.attributes.keys.sorted())
          .map { "Did you mean `\($0)`?" })
      continue
    }
    if !known.isRequired, !known.isOptional {
      check.report(
        "computed", "`\(attribute.name)` of `\(name)` is made by the provider",
        at: attribute.nameOrigin)
    } else if known.isDeprecated {
      check.report(
        "deprecated", "`\(attribute.name)` of `\(name)` is out of date",
        at: attribute.nameOrigin, .warning)
    }
  }
  var given: Set<String> = Set(attributes.map(\.name))
  for block in body.blocks where !["lifecycle", "provisioner", "timeouts"].contains(block.type) {
    let isDynamic = block.type == "dynamic"
    let label = isDynamic ? block.labels.first?.text ?? "" : block.type
    given.insert(label)
    guard let inner = schema.blocks[label] else {
      check.report("unknown-block", "`\(name)` has no block `\(label)`", at: block.headerOrigin)
      continue
    }
    let bodies =
      isDynamic ? block.body.blocks.filter { $0.type == "content" }.map(\.body) : [block.body]
    for nested in bodies {
      checkBody(nested, inner, name: label, ignoring: [], at: block.headerOrigin, &check)
    }
  }
  let required = schema.attributes.filter(\.value.isRequired).map(\.key)
  for argument in (required + schema.requiredBlocks).sorted() where !given.contains(argument) {
    check.report("missing-argument", "`\(name)` needs `\(argument)`", at: place)
  }
}
