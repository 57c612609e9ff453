public import Diagnostics
import HCL

/// Reads a provider's spec: a file with one `provider` block.
public func readProvider(
  _ file: SourceFile, into diagnostics: inout Diagnostics
) -> ProviderSpec? {
  let body = parseBody(file, into: &diagnostics)
  guard let block = body.blocks.first, block.type == "provider", body.items.count == 1,
    let name = block.labels.first?.text
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
  reader.finish(into: &diagnostics)
  for nested in block.body.blocks {
    addBlock(nested, to: &provider, into: &diagnostics)
  }
  return provider
}

private func addBlock(
  _ block: Block, to provider: inout ProviderSpec, into diagnostics: inout Diagnostics
) {
  var reader = BlockReader(block, in: provider.file)
  switch block.type {
  case "credential":
    provider.credentials.append(
      ProviderSpec.Credential(
        argument: reader.label, description: reader.required("description", into: &diagnostics),
        environment: reader.texts("environment", into: &diagnostics) ?? [],
        isReadByProvider: reader.flag("read", into: &diagnostics) ?? true))
  case "argument":
    if let from = reader.expression("from") { provider.arguments.append((reader.label, from)) }
  case "setting":
    provider.settings.append(readVariable(block, provider.file, into: &diagnostics))
    return
  case "tags":
    _ = reader.expression("limit")
    provider.tags = reader.expression("value").map {
      ProviderSpec.TagRule(
        value: $0, keyPattern: reader.text("key", into: &diagnostics),
        textPattern: reader.text("text", into: &diagnostics))
    }
  case "values": provider.values[reader.label] = reader.value("entries", into: &diagnostics)
  case "prices":
    var amounts: [String: Number] = [:]
    for (slug, amount) in reader.value("amounts", into: &diagnostics)?.attributes ?? [:] {
      if case .number(let number) = amount { amounts[slug] = number }
    }
    _ = reader.expression("source")
    provider.prices[reader.label] = ProviderSpec.PriceTable(
      currency: reader.required("currency", into: &diagnostics),
      asOf: reader.required("as_of", into: &diagnostics),
      confidence: reader.text("confidence", into: &diagnostics) ?? "C", amounts: amounts)
  case "type": provider.types[reader.label] = facts(block, &reader, provider, into: &diagnostics)
  default:
    diagnostics.append(
      Diagnostic(
        .error, "spec.unknown-block", "a provider has no `\(block.type)` blocks",
        at: reader.location(block.headerOrigin)))
    return
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
  facts.credentials = reader.texts("credentials", into: &diagnostics) ?? []
  for argument in block.body.blocks {
    var nested = BlockReader(argument, in: provider.file)
    facts.arguments[nested.label] = nested.facts(into: &diagnostics)
    nested.finish(into: &diagnostics)
  }
  return facts
}
