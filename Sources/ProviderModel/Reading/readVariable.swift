import Diagnostics
import HCL

/// Reads a `variable`, `setting` or `field` block.
func readVariable(
  _ block: Block, _ file: SourceFile, into diagnostics: inout Diagnostics
) -> VariableSpec {
  var reader = BlockReader(block, in: file)
  let name = reader.requiredLabel(into: &diagnostics)
  // A field's type stands in that of its variable.
  let typeExpression =
    block.type == "field"
    ? reader.expression("type") ?? .variable(Variable("any"))
    : reader.requiredExpression("type", into: &diagnostics)
  let type = TypeConstraint(typeExpression)
  if type == nil, block.body.attribute("type") != nil {
    diagnostics.append(
      Diagnostic(
        .error, "spec.bad-type", "the type of `\(reader.label)` can't be read",
        at: reader.location(typeExpression.origin)))
  }
  let from = reader.expression("from")
  let defaultExpression = reader.expression("default")
  return VariableSpec(
    name: name, type: type ?? .any, typeExpression: typeExpression,
    description: reader.text("description", into: &diagnostics) ?? "",
    defaultExpression: defaultExpression,
    defaultValue: defaultExpression.flatMap { reader.literal("default", $0, into: &diagnostics) },
    isSensitive: reader.flag("sensitive", into: &diagnostics) ?? false,
    from: from.map { if case .tuple(let tuple) = $0 { tuple.elements.map(\.value) } else { [$0] } },
    aliases: reader.texts("aliases", into: &diagnostics) ?? [],
    refersTo: reader.text("refers_to", into: &diagnostics),
    match: reader.expression("match"), implies: reader.text("implies", into: &diagnostics),
    literal: reader.text("literal", into: &diagnostics),
    facts: reader.facts(into: &diagnostics), known: reader.expression("known"),
    retired: reader.textMap("retired", into: &diagnostics),
    also: reader.textMap("also", into: &diagnostics),
    deprecated: reader.text("deprecated", into: &diagnostics),
    example: reader.value("example", into: &diagnostics),
    fields: fields(of: block, file, finishing: &reader, into: &diagnostics),
    kept: reader.hasBlocks ? placeKeeping(block, file, into: &diagnostics) : nil)
}

/// Reads the fields of a variable, of which all else has been read.
private func fields(
  of block: Block, _ file: SourceFile, finishing reader: inout BlockReader,
  into diagnostics: inout Diagnostics
) -> [VariableSpec] {
  reader.finish(blocks: ["field", "keeps_places"], into: &diagnostics)
  guard reader.hasBlocks else { return [] }
  var fields: [VariableSpec] = []
  for case .block(let field) in block.body.items where field.type == "field" {
    fields.append(readVariable(field, file, into: &diagnostics))
  }
  return fields
}

/// Reads the `keeps_places` block of a variable, if there is one.
private func placeKeeping(
  _ block: Block, _ file: SourceFile, into diagnostics: inout Diagnostics
) -> VariableSpec.PlaceKeeping? {
  // Of several, the first counts.
  for case .block(let block) in block.body.items where block.type == "keeps_places" {
    var reader = BlockReader(block, in: file)
    let kept = VariableSpec.PlaceKeeping(
      what: reader.required("of", into: &diagnostics), among: reader.expression("among"),
      help: reader.required("help", into: &diagnostics))
    reader.finish(into: &diagnostics)
    return kept
  }
  return nil
}
