import JSON

/// A block of a whole schema, with what a spec is drafted from.
struct SchemaBlock {
  /// An argument or attribute.
  struct Attribute {
    var name: String
    var type: DraftedType
    var description: String?
    var isRequired = false
    var isOptional = false
    var isComputed = false
    var isSensitive = false
    var isDeprecated = false

    /// Whether it may be given.
    var isSettable: Bool { (isRequired || isOptional) && !isDeprecated }
  }

  /// A nested block.
  struct Nested {
    var name: String
    var block: SchemaBlock
    /// `single`, `group`, `list`, `set` or `map`.
    var mode: String
    var least: Int
    /// How many there may be; nil for any number.
    var most: Int?

    /// Whether there is one at most.
    var isSingle: Bool { ["single", "group"].contains(mode) || most == 1 }
    /// Whether there has to be one.
    var isRequired: Bool { least > 0 || mode == "group" && block.hasRequired }
  }

  /// In the order of their names.
  var attributes: [Attribute] = []
  /// In the order of their names.
  var blocks: [Nested] = []
  var description: String?
  var isDeprecated = false

  init() {}

  /// Reads the `block` of a type.
  init(_ node: JSONNode?) {
    guard let node else { return }
    description = node.member("description")?.text
    isDeprecated = node.member("deprecated")?.flag ?? false
    for member in Self.sorted(node.member("attributes")) {
      attributes.append(Attribute(member.key, member.value))
    }
    for member in Self.sorted(node.member("block_types")) {
      let value = member.value
      blocks.append(
        Nested(
          name: member.key, block: SchemaBlock(value.member("block")),
          mode: value.member("nesting_mode")?.text ?? "list",
          least: value.member("min_items")?.integer ?? 0,
          most: value.member("max_items")?.integer.flatMap { $0 == 0 ? nil : $0 }))
    }
  }

  /// The members of an object in the order of their keys' bytes.
  static func sorted(_ node: JSONNode?) -> [JSONMember] {
    (node?.members ?? []).sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }

  /// Whether something in it has to be given.
  var hasRequired: Bool {
    attributes.contains(where: \.isRequired) || blocks.contains(where: \.isRequired)
  }

  /// The arguments that may be given, those that must be first.
  var settable: [Attribute] {
    let all = attributes.filter(\.isSettable)
    return all.filter(\.isRequired) + all.filter { !$0.isRequired }
  }

  /// The blocks that may be given, those that must be first.
  var settableBlocks: [Nested] {
    let all = blocks.filter { nested in
      !nested.block.isDeprecated && (nested.block.isSettable || nested.isRequired)
    }
    return all.filter(\.isRequired) + all.filter { !$0.isRequired }
  }

  /// Whether anything in it may be given.
  var isSettable: Bool { !settable.isEmpty || blocks.contains { $0.block.isSettable } }

  /// The attribute of a name.
  func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }
}

extension SchemaBlock.Attribute {
  init(_ name: String, _ node: JSONNode) {
    func isOn(_ key: String) -> Bool { node.member(key)?.flag ?? false }
    self.name = name
    type = node.member("nested_type").map(Self.nestedType) ?? DraftedType(node.member("type"))
    description = node.member("description")?.text
    isRequired = isOn("required")
    isOptional = isOn("optional")
    isComputed = isOn("computed")
    isSensitive = isOn("sensitive")
    isDeprecated = isOn("deprecated")
  }

  private static func nestedType(_ node: JSONNode) -> DraftedType {
    let inner = SchemaBlock.sorted(node.member("attributes")).map { Self($0.key, $0.value) }
    let object = DraftedType(
      object: inner.filter(\.isSettable).map { attribute in
        let text = attribute.type.text
        return (attribute.name, attribute.isRequired ? text : "optional(\(text))")
      })
    return object.nested(node.member("nesting_mode")?.text ?? "single")
  }
}
