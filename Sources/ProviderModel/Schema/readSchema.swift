public import JSON

/// How deep blocks are read; those of providers nest a few times.
private let nestingLimit = 64

/// Reads a provider's schema in the shape of `terraform providers schema -json`.
public func readSchema(_ json: JSONOutline) -> ProviderSchema {
  var schema = ProviderSchema()
  var isFirst = true
  let readProvider = { (key: JSONOutline.Key, value: Int) -> Int? in
    switch key {
    case "provider": schema.provider = readBlock(json, inside: value)?.block ?? BlockSchema()
    case "resource_schemas": schema.resources = readBlocks(json, value)
    case "data_source_schemas": schema.dataSources = readBlocks(json, value)
    default: break
    }
    return nil
  }
  _ = json.walkMembers(from: 0) { key, value in
    guard "provider_schemas" ~= key else { return nil }
    return json.walkMembers(from: value) { _, provider in
      guard isFirst else { return nil }
      isFirst = false
      return json.walkMembers(from: provider, readProvider)
    }
  }
  return schema
}

/// Adds what the schema format doesn't carry: what replaces, allowed values, ranges.
public func readConstraints(_ json: JSONOutline, into schema: inout ProviderSchema) {
  _ = json.walkMembers(from: 0) { key, value in
    guard "resources" ~= key else { return nil }
    return json.walkMembers(from: value) { key, type in
      let name = key.text
      guard schema.resources[name] != nil else { return nil }
      return json.walkMembers(from: type) { key, value in
        switch key {
        case "attributes":
          return addFacts(json, value, to: &schema.resources[name, default: BlockSchema()])
        case "importable":
          schema.resources[name]?.isImportable = json.isTrue(at: value)
          return nil
        default: return nil
        }
      }
    }
  }
}

private func readBlocks(_ json: JSONOutline, _ start: Int) -> [String: BlockSchema] {
  var result: [String: BlockSchema] = [:]
  _ = json.walkMembers(from: start) { name, value in
    guard let (block, end) = readBlock(json, inside: value) else { return nil }
    result[name.text] = block
    return end
  }
  return result
}

/// The `block` of an object, and what is behind the object.
private func readBlock(_ json: JSONOutline, inside start: Int) -> (block: BlockSchema, end: Int)? {
  var block: BlockSchema?
  let end = json.walkMembers(from: start) { key, value in
    guard "block" ~= key else { return nil }
    let (read, end) = readBlock(json, value, depth: 0)
    block = read
    return end
  }
  return block.map { ($0, end) }
}

private func readBlock(
  _ json: JSONOutline, _ start: Int, depth: Int
) -> (block: BlockSchema, end: Int) {
  var schema = BlockSchema()
  guard depth < nestingLimit else { return (schema, json.end(ofValueAt: start)) }
  let end = json.walkMembers(from: start) { key, value in
    switch key {
    case "deprecated":
      schema.isDeprecated = json.isTrue(at: value)
      return nil
    case "attributes":
      // Room for as many as most have: to grow step by step hashes each name again and again.
      schema.attributes.reserveCapacity(12)
      return json.walkMembers(from: value) { name, value in
        let (attribute, end) = readAttribute(json, value)
        schema.attributes[name.text] = attribute
        return end
      }
    case "block_types":
      return json.walkMembers(from: value) { name, value in
        json.walkMembers(from: value) { key, value in
          if "min_items" ~= key, let least = json.integer(at: value), least != 0 {
            schema.requiredBlocks.insert(name.text)
          }
          guard "block" ~= key else { return nil }
          let (block, end) = readBlock(json, value, depth: depth + 1)
          schema.blocks[name.text] = block
          return end
        }
      }
    default: return nil
    }
  }
  return (schema, end)
}

private func readAttribute(
  _ json: JSONOutline, _ start: Int
) -> (attribute: AttributeSchema, end: Int) {
  var result = AttributeSchema()
  let end = json.walkMembers(from: start) { key, value in
    switch key {
    case "required": result.isRequired = json.isTrue(at: value)
    case "optional": result.isOptional = json.isTrue(at: value)
    case "computed": result.isComputed = json.isTrue(at: value)
    case "sensitive": result.isSensitive = json.isTrue(at: value)
    case "deprecated": result.isDeprecated = json.isTrue(at: value)
    case "type": result.isNumber = json.isText("number", at: value)
    default: break
    }
    return nil
  }
  return (result, end)
}

/// What the constraint files call whole numbers, of both of Terraform's libraries for providers.
private let wholeKinds = [
  "TypeInt", "Int64Attribute", "Int32Attribute", "Int64Type", "Int32Type",
]
private let fractionKinds = ["TypeFloat", "Float64Attribute", "NumberAttribute"]

/// Adds what the kind of values at a place says, and whether it is one of numbers.
private func addKind(_ json: JSONOutline, _ value: Int, to facts: inout ArgumentFacts) -> Bool {
  if wholeKinds.contains(where: { json.isText($0, at: value) }) { facts.isWhole = true }
  return facts.isWhole || fractionKinds.contains { json.isText($0, at: value) }
}

/// Adds the facts about the arguments of a block, and says what is behind them.
private func addFacts(
  _ json: JSONOutline, _ start: Int, to schema: inout BlockSchema
) -> Int {
  json.walkMembers(from: start) { key, value in
    let name = key.text
    var facts = ArgumentFacts()
    var isNumber = false
    let end = json.walkMembers(from: value) { key, value in
      switch key {
      case "type", "kind", "element_type":
        isNumber = addKind(json, value, to: &facts) || isNumber
      case "force_new": facts.replaces = json.isTrue(at: value)
      // What is said of a list's elements is checked for each of them.
      case "elem":
        return json.walkMembers(from: value) { key, value in
          if "type" ~= key { isNumber = addKind(json, value, to: &facts) || isNumber }
          addLimit(key, json, value, to: &facts)
          return nil
        }
      case "block" where schema.blocks[name] != nil:
        return addFacts(json, value, to: &schema.blocks[name, default: BlockSchema()])
      default: addLimit(key, json, value, to: &facts)
      }
      return nil
    }
    if isNumber {
      facts.oneOf = facts.oneOf?.map { $0.scalarText.flatMap(Number.init).map(Value.number) ?? $0 }
    }
    if facts != ArgumentFacts() { schema.facts[name] = facts }
    return end
  }
}

private func addLimit(
  _ key: JSONOutline.Key, _ json: JSONOutline, _ value: Int, to facts: inout ArgumentFacts
) {
  switch key {
  case "one_of":
    guard let list = json.text(at: value) else { return }
    // `"[a b c]"` or `"["a" "b"]"`, as the constraint files write lists.
    facts.oneOf = list.utf8.dropFirst().dropLast()
      .split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\"") }
      .map { .string(String(Substring($0))) }
  case "range": if let range = interval(json, value) { facts.range = range }
  case "at_least":
    if let text = json.text(at: value), let least = Double(text) {
      facts.range = least...Double.greatestFiniteMagnitude
    }
  case "length":
    if let length = interval(json, value), length.upperBound < 1e9 {
      facts.length = Int(length.lowerBound)...Int(length.upperBound)
    }
  default: break
  }
}

/// `"3 - 100"`, as the constraint files write ranges.
private func interval(_ json: JSONOutline, _ value: Int) -> ClosedRange<Double>? {
  guard let text = json.text(at: value) else { return nil }
  // The dash between the numbers is none itself.
  let parts = text.utf8.split(separator: UInt8(ascii: " ")).compactMap { Double(Substring($0)) }
  guard parts.count == 2, parts[0] <= parts[1] else { return nil }
  return parts[0]...parts[1]
}
