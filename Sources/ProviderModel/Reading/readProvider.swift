public import Diagnostics
import HCL

/// Reads a provider's spec: a file with one `provider` block.
public func readProvider(
  _ file: SourceFile, into diagnostics: inout Diagnostics
) -> ProviderSpec? {
  let body = parseBody(file, into: &diagnostics)
  guard body.items.count == 1, case .block(let block)? = body.items.first,
    block.type == "provider", let name = block.labels.first?.text
  else {
    diagnostics.append(
      Diagnostic(
        .error, "spec.not-a-provider",
        "a provider file holds exactly one `provider \"name\"` block",
        at: SourceLocation(file, SourceRange(0, 0))))
    return nil
  }
  var reader = BlockReader(block, in: file)
  var provider = ProviderSpec(
    name: name, file: file, title: reader.required("title", into: &diagnostics),
    documentation: reader.text("documentation", into: &diagnostics),
    source: reader.required("source", into: &diagnostics),
    version: reader.required("version", into: &diagnostics),
    localName: reader.text("local_name", into: &diagnostics) ?? name,
    aliases: reader.texts("aliases", into: &diagnostics) ?? [],
    isUtility: reader.flag("utility", into: &diagnostics) ?? false)
  reader.finish(blocks: providerBlocks, into: &diagnostics)
  for case .block(let nested) in block.body.items {
    addBlock(nested, to: &provider, into: &diagnostics)
  }
  return provider
}

/// What a provider's spec may hold.
private let providerBlocks = [
  "credential", "argument", "setting", "tags", "values", "prices", "type",
]

private func addBlock(
  _ block: Block, to provider: inout ProviderSpec, into diagnostics: inout Diagnostics
) {
  var reader = BlockReader(block, in: provider.file)
  switch block.type {
  case "credential":
    provider.credentials.append(
      ProviderSpec.Credential(
        argument: reader.requiredLabel(into: &diagnostics),
        description: reader.required("description", into: &diagnostics),
        environment: reader.texts("environment", into: &diagnostics) ?? [],
        isReadByProvider: reader.flag("read", into: &diagnostics) ?? true))
  case "argument":
    provider.arguments.append(
      (
        reader.requiredLabel(into: &diagnostics),
        reader.requiredExpression("from", into: &diagnostics)
      ))
  case "setting":
    provider.settings.append(readVariable(block, provider.file, into: &diagnostics))
    return
  case "tags":
    _ = reader.expression("limit")
    provider.tags = ProviderSpec.TagRule(
      value: reader.requiredExpression("value", into: &diagnostics),
      keyPattern: reader.text("key", into: &diagnostics),
      textPattern: reader.text("text", into: &diagnostics))
  case "values":
    _ = reader.requiredExpression("entries", into: &diagnostics)
    provider.values[reader.requiredLabel(into: &diagnostics)] = reader.value(
      "entries", into: &diagnostics)
  case "prices":
    provider.prices[reader.requiredLabel(into: &diagnostics)] = ProviderSpec.PriceTable(
      currency: reader.required("currency", into: &diagnostics),
      asOf: reader.required("as_of", into: &diagnostics),
      confidence: reader.text("confidence", into: &diagnostics) ?? "C",
      source: reader.text("source", into: &diagnostics),
      amounts: reader.numberMap("amounts", into: &diagnostics),
      confidences: reader.textMap("confidences", into: &diagnostics))
  case "type":
    provider.types[reader.requiredLabel(into: &diagnostics)] = facts(
      block, &reader, provider, into: &diagnostics)
    return
  // Reported with the provider.
  default: return
  }
  reader.finish(into: &diagnostics)
}

private func facts(
  _ block: Block, _ reader: inout BlockReader, _ provider: ProviderSpec,
  into diagnostics: inout Diagnostics
) -> ProviderSpec.ResourceFacts {
  var facts = ProviderSpec.ResourceFacts()
  facts.isStateful = reader.flag("stateful", into: &diagnostics) ?? false
  facts.importID = reader.expression("import")
  facts.id = reader.expression("id")
  facts.credentials = reader.texts("credentials", into: &diagnostics) ?? []
  facts.absent = reader.texts("absent", into: &diagnostics) ?? []
  facts.ambiguous = reader.texts("ambiguous", into: &diagnostics) ?? []
  facts.leftOut = reader.textMap("leaves_out", into: &diagnostics)
  reader.finish(blocks: ["argument"], into: &diagnostics)
  for case .block(let argument) in block.body.items where argument.type == "argument" {
    var nested = BlockReader(argument, in: provider.file)
    facts.arguments[nested.requiredLabel(into: &diagnostics)] = nested.facts(into: &diagnostics)
    nested.finish(into: &diagnostics)
  }
  return facts
}
