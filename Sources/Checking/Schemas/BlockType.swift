import Evaluation

/// The arguments and nested blocks of a block of a provider.
struct BlockType: Sendable {
  private(set) var attributes: [String: AttributeType] = [:]
  private(set) var blocks: [String: NestedBlock] = [:]
  var isDeprecated = false
  /// What the provider demands of arguments and blocks beyond the schema.
  private(set) var rules: [String: ArgumentRules] = [:]
  /// The arguments that have to be given, in order.
  private(set) var required: [String] = []
  /// The blocks that may not stand any number of times, in order.
  private(set) var counted: [String] = []
  /// The arguments and blocks whose demands concern others, in order.
  private(set) var combined: [String] = []

  var names: [String] { Array(attributes.keys) + blocks.keys }
}

extension BlockType {
  mutating func add(_ name: String, _ attribute: AttributeType) {
    attributes[name] = attribute
    guard attribute.isRequired else { return }
    required.append(name)
    required.sort()
  }

  mutating func add(_ name: String, _ block: NestedBlock) {
    blocks[name] = block
    guard block.isCounted else { return }
    counted.append(name)
    counted.sort()
  }

  /// Hands the provider's demands to the blocks that they are about.
  mutating func add(_ rules: [String: ArgumentRules]) {
    self.rules = rules
    combined = rules.filter { $0.value.concernsOthers }.keys.sorted()
    for (name, rule) in rules where !rule.inner.isEmpty { blocks[name]?.block.add(rule.inner) }
  }
}

/// An argument, or an attribute that the provider makes.
struct AttributeType: Sendable {
  /// The type; for a nested one with what may be left out.
  var type: ValueType
  /// The attributes of a nested type, for paths into it.
  var nested: NestedObject?
  var isRequired = false
  var isOptional = false
  var isComputed = false
  var isSensitive = false
  var isDeprecated = false
  var isWriteOnly = false

  /// Whether it may be given.
  var isGiven: Bool { isRequired || isOptional }

  /// Whether it may also be written as blocks: a list or a set of objects, as old providers have.
  var isWritableAsBlocks: Bool {
    guard nested == nil, let element = type.element, type.isSequence else { return false }
    return element.attributes != nil
  }
}

/// Attributes of a nested type.
struct NestedObject: Sendable {
  var nesting: Nesting
  var attributes: [String: AttributeType]
}

/// How often a block may stand, and what becomes of several.
enum Nesting: String, Sendable {
  case single, list, set, map, group
}

/// A kind of block inside of another.
struct NestedBlock: Sendable {
  var nesting: Nesting
  var block: BlockType
  var least = 0
  /// 0 is any number.
  var most = 0

  /// Whether it stands once at most.
  var isSingle: Bool { nesting == .single || nesting == .group }
  /// Whether it may not stand any number of times.
  var isCounted: Bool { isSingle || least > 0 || most > 0 }
}
