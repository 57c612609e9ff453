import JSON

/// The part of a whole schema that specs use, in the form that `schema.json` has: without prose,
/// keys in order, an attribute a line.
struct SchemaExcerpt {
  /// What schemas hold besides facts: words for people.
  private static let prose: Set = ["description", "description_kind", "deprecation_message"]

  /// The excerpt of a provider's schema with some types.
  static func schema(
    _ file: SchemaFile, resources: Set<String>, dataSources: Set<String>
  ) -> String {
    let provider = JSONNode.object([
      ("data_source_schemas", picked(file.node.member("data_source_schemas"), dataSources)),
      ("provider", withoutProse(file.node.member("provider") ?? .object([]))),
      ("resource_schemas", picked(file.node.member("resource_schemas"), resources)),
    ])
    return text(
      .object([
        ("format_version", file.format), ("provider_schemas", .object([(file.key, provider)])),
      ]))
  }

  /// The excerpt of a provider's constraints with some types.
  static func constraints(
    _ file: JSONNode, resources: Set<String>, dataSources: Set<String>
  ) -> String {
    text(
      .object([
        ("provider", withoutProse(file.member("provider") ?? .object([]))),
        ("resources", picked(file.member("resources"), resources)),
        ("data_sources", picked(file.member("data_sources"), dataSources)),
      ]))
  }

  private static func picked(_ table: JSONNode?, _ names: Set<String>) -> JSONNode {
    .object(
      (table?.members ?? []).filter { names.contains($0.key) }
        .map { ($0.key, withoutProse($0.value)) })
  }

  /// The value without words for people; an attribute that is called `description` stays.
  private static func withoutProse(_ node: JSONNode) -> JSONNode {
    switch node.content {
    case .array(let elements): .array(elements.map(withoutProse))
    case .object(let members):
      .object(
        members.filter { !prose.contains($0.key) || $0.value.members != nil }
          .map { ($0.key, withoutProse($0.value)) })
    default: node
    }
  }

  private static func text(_ node: JSONNode) -> String { lines(node, 0) + "\n" }

  /// JSON with sorted keys, in which a value without further names stands on one line.
  private static func lines(_ node: JSONNode, _ depth: Int) -> String {
    guard let members = node.members else { return line(node) }
    let isNested = members.contains { $0.value.members != nil }
    if !isNested, depth >= 2 { return line(node) }
    if members.isEmpty { return "{}" }
    let blank = String(repeating: " ", count: depth)
    let inner = SchemaBlock.sorted(node).map { member in
      "\(blank) \(line(.string(member.key))): \(lines(member.value, depth + 1))"
    }
    return "{\n" + inner.joined(separator: ",\n") + "\n\(blank)}"
  }

  private static func line(_ node: JSONNode) -> String {
    switch node.content {
    case .array(let elements): "[" + elements.map(line).joined(separator: ", ") + "]"
    case .object:
      "{"
        + SchemaBlock.sorted(node).map { "\(line(.string($0.key))): \(line($0.value))" }
        .joined(separator: ", ") + "}"
    default: JSONPrinter.printCompact(node)
    }
  }
}
