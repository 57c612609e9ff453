import Diagnostics
import HCL

/// Resources and data sources give what their schema asks for, and nothing that it doesn't know.
func checkArguments(of module: ModuleSpec, _ check: inout SpecCheck) {
  for block in module.body where ["resource", "data"].contains(block.type) {
    checkResource(block, isData: block.type == "data", &check)
  }
  for block in module.existing {
    checkResource(block, isData: true, &check)
    let address = block.labels.map(\.text)
    if !module.resources.contains(where: { $0.labels.map(\.text) == address }) {
      check.report(
        "existing", "there is no resource `\(address.joined(separator: "."))` to stand in for",
        at: block.headerOrigin)
    }
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
