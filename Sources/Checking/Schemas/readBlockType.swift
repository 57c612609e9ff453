import Evaluation
import JSON

extension BlockType {
  /// Reads the `block` of a schema.
  init(_ node: JSONNode) {
    for member in node.member("attributes")?.members ?? [] {
      let attribute = AttributeType(member.value)
      if attribute.isRequired { required.append(member.key) }
      attributes[member.key] = attribute
    }
    for member in node.member("block_types")?.members ?? [] {
      guard let block = member.value.member("block"),
        let nesting = member.value.member("nesting_mode")?.text.flatMap(Nesting.init)
      else { continue }
      let nested = NestedBlock(
        nesting: nesting, block: BlockType(block),
        least: member.value.member("min_items")?.integer ?? 0,
        most: member.value.member("max_items")?.integer ?? 0)
      if nested.isCounted { counted.append(member.key) }
      blocks[member.key] = nested
    }
    required.sort()
    counted.sort()
    isDeprecated = node.member("deprecated")?.flag ?? false
  }
}

extension AttributeType {
  fileprivate init(_ node: JSONNode) {
    func flag(_ name: String) -> Bool { node.member(name)?.flag ?? false }
    type = node.member("type").map(ValueType.init(schema:)) ?? .dynamic
    isRequired = flag("required")
    isOptional = flag("optional")
    isComputed = flag("computed")
    isSensitive = flag("sensitive")
    isDeprecated = flag("deprecated")
    isWriteOnly = flag("write_only")
    guard let nested = node.member("nested_type"),
      let nesting = nested.member("nesting_mode")?.text.flatMap(Nesting.init)
    else { return }
    var attributes: [String: AttributeType] = [:]
    for member in nested.member("attributes")?.members ?? [] {
      attributes[member.key] = AttributeType(member.value)
    }
    self.nested = NestedObject(nesting: nesting, attributes: attributes)
    let object = ValueType.object(
      attributes.mapValues(\.type),
      optional: Set(attributes.filter { !$0.value.isRequired }.keys))
    type =
      switch nesting {
      case .single, .group: object
      case .list: .list(object)
      case .set: .set(object)
      case .map: .map(object)
      }
  }
}

extension ValueType {
  /// Reads the form in which schemas write types: `["list", "string"]`.
  fileprivate init(schema node: JSONNode) {
    switch node.content {
    case .string("string"): self = .string
    case .string("number"): self = .number
    case .string("bool"): self = .bool
    case .array(let parts):
      let inner = parts.count > 1 ? parts[1] : .null
      switch parts.first?.text {
      case "list": self = .list(ValueType(schema: inner))
      case "set": self = .set(ValueType(schema: inner))
      case "map": self = .map(ValueType(schema: inner))
      case "tuple": self = .tuple((inner.elements ?? []).map(ValueType.init(schema:)))
      case "object":
        let attributes = (inner.members ?? []).map { ($0.key, ValueType(schema: $0.value)) }
        self = .object(
          Dictionary(attributes) { first, _ in first },
          optional: Set((parts.count > 2 ? parts[2].elements ?? [] : []).compactMap(\.text)))
      default: self = .dynamic
      }
    default: self = .dynamic
    }
  }
}
