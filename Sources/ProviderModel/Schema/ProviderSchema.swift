/// The part of a provider's schema and constraints that its leaves use.
public struct ProviderSchema: Sendable {
  /// The provider block's arguments.
  public var provider = BlockSchema()
  /// Resource types by name.
  public var resources: [String: BlockSchema] = [:]
  /// Data sources by name.
  public var dataSources: [String: BlockSchema] = [:]

  /// Makes an empty schema.
  public init() {}
}

/// The arguments, attributes and nested blocks of a block.
public struct BlockSchema: Sendable {
  /// Attributes by name.
  public var attributes: [String: AttributeSchema] = [:]
  /// Nested blocks by name.
  public var blocks: [String: BlockSchema] = [:]
  /// The nested blocks of which there has to be one.
  public var requiredBlocks: Set<String> = []
  /// Whether it is out of date.
  public var isDeprecated = false
  /// Facts about its arguments, by name.
  public var facts: [String: ArgumentFacts] = [:]
  /// Whether a resource that exists can be taken into a state.
  public var isImportable = true

  /// Makes an empty schema.
  public init() {}

  /// The schema of a nested block, by path.
  public func block(_ path: ArraySlice<String>) -> BlockSchema? {
    guard let first = path.first else { return self }
    return blocks[first]?.block(path.dropFirst())
  }
}

/// An attribute of a block.
public struct AttributeSchema: Hashable, Sendable {
  /// Whether it has to be given.
  public var isRequired = false
  /// Whether it may be given.
  public var isOptional = false
  /// Whether the provider makes it.
  public var isComputed = false
  /// Whether it is hidden.
  public var isSensitive = false
  /// Whether it is out of date.
  public var isDeprecated = false
  /// Whether it is a number.
  public var isNumber = false

  /// Makes an attribute that may not be given.
  public init() {}
}
