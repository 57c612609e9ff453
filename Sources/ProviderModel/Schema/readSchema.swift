public import JSON

/// Reads a provider's schema in the shape of `terraform providers schema -json`.
public func readSchema(_ node: JSONNode) -> ProviderSchema {
  var schema = ProviderSchema()
  guard case .object(let providers)? = node.member("provider_schemas")?.content,
    let provider = providers.first?.value
  else { return schema }
  if let block = provider.member("provider")?.member("block") {
    schema.provider = blockSchema(block)
  }
  schema.resources = blockSchemas(provider.member("resource_schemas"))
  schema.dataSources = blockSchemas(provider.member("data_source_schemas"))
  return schema
}

/// Adds what the schema format doesn't carry: what replaces, allowed values, ranges.
public func readConstraints(_ node: JSONNode, into schema: inout ProviderSchema) {
  for (name, facts) in members(node.member("resources")) where schema.resources[name] != nil {
    addFacts(facts.member("attributes"), to: &schema.resources[name, default: BlockSchema()])
  }
}

private func members(_ node: JSONNode?) -> [(String, JSONNode)] {
  guard case .object(let members)? = node?.content else { return [] }
  return members.map { ($0.key, $0.value) }
}

private func flag(_ node: JSONNode, _ name: String) -> Bool {
  if case .bool(true)? = node.member(name)?.content { true } else { false }
}

private func blockSchemas(_ node: JSONNode?) -> [String: BlockSchema] {
  var result: [String: BlockSchema] = [:]
  for (name, schema) in members(node) {
    if let block = schema.member("block") { result[name] = blockSchema(block) }
  }
  return result
}

private func blockSchema(_ node: JSONNode) -> BlockSchema {
  var schema = BlockSchema()
  for (name, attribute) in members(node.member("attributes")) {
    var result = AttributeSchema()
    result.isRequired = flag(attribute, "required")
    result.isOptional = flag(attribute, "optional")
    result.isComputed = flag(attribute, "computed")
    result.isSensitive = flag(attribute, "sensitive")
    result.isDeprecated = flag(attribute, "deprecated")
    schema.attributes[name] = result
  }
  for (name, nested) in members(node.member("block_types")) {
    if let block = nested.member("block") { schema.blocks[name] = blockSchema(block) }
    if case .number(let least)? = nested.member("min_items")?.content, least != "0" {
      schema.requiredBlocks.insert(name)
    }
  }
  return schema
}

private func addFacts(_ node: JSONNode?, to schema: inout BlockSchema) {
  for (name, attribute) in members(node) {
    var facts = ArgumentFacts()
    facts.replaces = flag(attribute, "force_new")
    // What is said of a list's elements is checked for each of them.
    for source in [attribute, attribute.member("elem")].compactMap(\.self) {
      addLimits(source, to: &facts)
    }
    if facts != ArgumentFacts() { schema.facts[name] = facts }
    if let block = attribute.member("block"), schema.blocks[name] != nil {
      addFacts(block, to: &schema.blocks[name, default: BlockSchema()])
    }
  }
}

private func addLimits(_ node: JSONNode, to facts: inout ArgumentFacts) {
  if case .string(let list)? = node.member("one_of")?.content {
    // `"[a b c]"` or `"["a" "b"]"`, as the constraint files write lists.
    facts.oneOf = list.dropFirst().dropLast().split { $0 == " " || $0 == "\"" }
      .map { .string(String($0)) }
  }
  if let range = node.member("range").flatMap(interval) { facts.range = range }
  if case .string(let text)? = node.member("at_least")?.content, let least = Double(text) {
    facts.range = least...Double.greatestFiniteMagnitude
  }
  if let length = node.member("length").flatMap(interval), length.upperBound < 1e9 {
    facts.length = Int(length.lowerBound)...Int(length.upperBound)
  }
}

/// `"3 - 100"`, as the constraint files write ranges.
private func interval(_ node: JSONNode) -> ClosedRange<Double>? {
  guard case .string(let text) = node.content else { return nil }
  let parts = text.split(separator: " ").filter { $0 != "-" }.compactMap { Double($0) }
  guard parts.count == 2, parts[0] <= parts[1] else { return nil }
  return parts[0]...parts[1]
}
