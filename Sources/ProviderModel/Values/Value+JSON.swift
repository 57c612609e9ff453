public import JSON

extension Value {
  /// Makes a value of a JSON node.
  public init(_ node: JSONNode) {
    switch node.content {
    case .null: self = .null
    case .bool(let truth): self = .bool(truth)
    case .number(let text): self = Number(text).map(Value.number) ?? .string(text)
    case .string(let text): self = .string(text)
    case .array(let nodes): self = .list(nodes.map(Value.init))
    case .object(let members):
      var attributes: [String: Value] = [:]
      for member in members { attributes[member.key] = Value(member.value) }
      self = .object(attributes)
    }
  }

  /// The value as JSON, attributes by name; unknown parts and handles become null.
  public var json: JSONNode {
    switch self {
    case .null, .unknown, .handle: .null
    case .bool(let truth): .bool(truth)
    case .number(let number): JSONNode(.number(number.text))
    case .string(let text): .string(text)
    case .list(let elements): .array(elements.map(\.json))
    case .object(let attributes):
      .object(attributes.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) })
    }
  }
}
