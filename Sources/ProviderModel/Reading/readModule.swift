public import Diagnostics
import HCL

/// Reads one leaf's spec: a file with one `module` block.
public func readModule(
  _ file: SourceFile, provider: String, into diagnostics: inout Diagnostics
) -> ModuleSpec? {
  let body = parseBody(file, into: &diagnostics)
  let blocks = body.blocks
  guard blocks.count == 1, body.items.count == 1, let block = blocks.first, block.type == "module",
    block.labels.count == 1
  else {
    diagnostics.append(
      Diagnostic(
        .error, "spec.not-a-module", "a spec file holds exactly one `module \"type\"` block",
        at: SourceLocation(file, SourceRange(0, 0))))
    return nil
  }
  var reader = BlockReader(block, in: file)
  let role = reader.required("serves", into: &diagnostics)
  var module = ModuleSpec(
    provider: provider, type: reader.label, file: file,
    role: ModuleSpec.Role(rawValue: role) ?? .resource,
    title: reader.required("title", into: &diagnostics),
    description: reader.required("description", into: &diagnostics),
    aliases: reader.texts("aliases", into: &diagnostics) ?? [],
    environments: reader.texts("environments", into: &diagnostics))
  if ModuleSpec.Role(rawValue: role) == nil {
    diagnostics.append(
      Diagnostic(
        .error, "spec.unknown-role", "`serves` can't be `\(role)`",
        at: reader.location(block.headerOrigin),
        help: "allowed are resource, app, link, monitor and notification"))
  }
  reader.finish(into: &diagnostics)
  for nested in block.body.blocks {
    addBlock(nested, to: &module, into: &diagnostics)
  }
  return module
}

private func addBlock(
  _ block: Block, to module: inout ModuleSpec, into diagnostics: inout Diagnostics
) {
  var reader = BlockReader(block, in: module.file)
  switch block.type {
  case "variable": module.variables.append(readVariable(block, module.file, into: &diagnostics))
  case "setting": module.settings.append(readVariable(block, module.file, into: &diagnostics))
  case "secret":
    module.secrets.append(
      ModuleSpec.Secret(
        name: reader.label, environment: reader.texts("environment", into: &diagnostics) ?? [],
        description: reader.required("description", into: &diagnostics)))
    reader.finish(into: &diagnostics)
  case "output": addOutput(block, to: &module, into: &diagnostics)
  case "rule":
    let severity = reader.text("severity", into: &diagnostics)
    module.rules.append(
      ModuleSpec.Rule(
        condition: reader.expression("condition") ?? .invalid(block.origin),
        message: reader.required("message", into: &diagnostics), isWarning: severity == "warning"))
    reader.finish(into: &diagnostics)
  case "each":
    module.each = ModuleSpec.Each(
      selection: reader.label, types: reader.texts("of", into: &diagnostics) ?? [],
      condition: reader.expression("where"),
      takesOver: reader.text("takes_over", into: &diagnostics))
    reader.finish(into: &diagnostics)
  case "existing": module.existing.append(block)
  case "price": module.prices.append(block)
  case "resource", "data", "locals", "check", "moved": module.body.append(block)
  default:
    diagnostics.append(
      Diagnostic(
        .error, "spec.unknown-block", "a leaf has no `\(block.type)` blocks",
        at: reader.location(block.headerOrigin),
        help: nearestMatch(
          block.type,
          in: ["variable", "setting", "secret", "output", "rule", "each", "existing", "resource"]
        ).map { "did you mean `\($0)`?" }))
  }
}

private func addOutput(
  _ block: Block, to module: inout ModuleSpec, into diagnostics: inout Diagnostics
) {
  var reader = BlockReader(block, in: module.file)
  _ = reader.expression("existing")
  module.outputs.append(
    OutputSpec(
      name: reader.label, value: reader.expression("value") ?? .invalid(block.origin),
      description: reader.required("description", into: &diagnostics),
      isSensitive: reader.flag("sensitive", into: &diagnostics) ?? false,
      insteadOf: reader.text("instead_of", into: &diagnostics),
      condition: reader.expression("when")))
  reader.finish(into: &diagnostics)
}

/// Reads a `variable`, `setting` or `field` block.
func readVariable(
  _ block: Block, _ file: SourceFile, into diagnostics: inout Diagnostics
) -> VariableSpec {
  var reader = BlockReader(block, in: file)
  let typeExpression = reader.expression("type") ?? .variable(Variable("any"))
  var variable = VariableSpec(
    name: reader.label, type: .any, typeExpression: typeExpression, description: "")
  if let type = TypeConstraint(typeExpression) {
    variable.type = type
  } else {
    diagnostics.append(
      Diagnostic(
        .error, "spec.bad-type", "the type of `\(reader.label)` can't be read",
        at: reader.location(typeExpression.origin)))
  }
  variable.description = reader.text("description", into: &diagnostics) ?? ""
  variable.defaultExpression = reader.expression("default")
  variable.defaultValue = reader.value("default", into: &diagnostics)
  variable.isSensitive = reader.flag("sensitive", into: &diagnostics) ?? false
  if let from = reader.expression("from") {
    if case .tuple(let tuple) = from {
      variable.from = tuple.elements.map(\.value)
    } else {
      variable.from = [from]
    }
  }
  variable.aliases = reader.texts("aliases", into: &diagnostics) ?? []
  variable.refersTo = reader.text("refers_to", into: &diagnostics)
  variable.match = reader.expression("match")
  variable.implies = reader.text("implies", into: &diagnostics)
  variable.literal = reader.text("literal", into: &diagnostics)
  variable.facts = reader.facts(into: &diagnostics)
  variable.known = reader.expression("known")
  variable.retired = reader.textMap("retired", into: &diagnostics)
  variable.also = reader.textMap("also", into: &diagnostics)
  variable.deprecated = reader.text("deprecated", into: &diagnostics)
  variable.example = reader.value("example", into: &diagnostics)
  reader.finish(into: &diagnostics)
  variable.fields = block.body.blocks.map { readVariable($0, file, into: &diagnostics) }
  return variable
}
