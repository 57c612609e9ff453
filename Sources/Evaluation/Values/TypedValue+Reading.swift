public import ProviderModel

extension TypedValue {
  /// Whether the value itself is known; parts of it may still not be.
  public var isKnown: Bool { content != .unknown }

  /// Whether it is null.
  public var isNull: Bool { content == .null }

  /// Whether it and all of its parts are known.
  public var isWhollyKnown: Bool {
    switch content {
    case .unknown: false
    case .null, .bool, .number, .string: true
    case .elements(let elements): elements.allSatisfy(\.isWhollyKnown)
    case .attributes(let attributes): attributes.values.allSatisfy(\.isWhollyKnown)
    }
  }

  /// The marks of it and of all of its parts.
  public var allMarks: Marks {
    switch content {
    case .unknown, .null, .bool, .number, .string: marks
    case .elements(let elements): elements.reduce(marks) { $0.union($1.allMarks) }
    case .attributes(let attributes): attributes.values.reduce(marks) { $0.union($1.allMarks) }
    }
  }

  /// The value without marks anywhere.
  public var unmarked: TypedValue {
    guard !allMarks.isEmpty else { return self }
    var value = self
    value.marks = []
    switch content {
    case .unknown, .null, .bool, .number, .string: break
    case .elements(let elements): value.content = .elements(elements.map(\.unmarked))
    case .attributes(let attributes): value.content = .attributes(attributes.mapValues(\.unmarked))
    }
    return value
  }

  /// The value with these marks as well.
  public func marked(_ more: Marks) -> TypedValue {
    var value = self
    value.marks.formUnion(more)
    return value
  }

  /// The truth value, where it is a known one.
  public var boolValue: Bool? { if case .bool(let value) = content { value } else { nil } }

  /// The number, where it is a known one.
  public var numberValue: Number? { if case .number(let value) = content { value } else { nil } }

  /// The text, where it is a known one.
  public var stringValue: String? { if case .string(let value) = content { value } else { nil } }

  /// The known elements of a list, a set or a tuple.
  public var elements: [TypedValue]? {
    if case .elements(let elements) = content { elements } else { nil }
  }

  /// The known elements of a map, or attributes of an object.
  public var attributes: [String: TypedValue]? {
    if case .attributes(let attributes) = content { attributes } else { nil }
  }
}
