/// The type of a variable, with what stands in for attributes that are left out.
public struct TypeConstraint: Hashable, Sendable {
  /// The type.
  public var type: ValueType
  /// The defaults of optional attributes; nil where it has none.
  public var defaults: TypeDefaults?

  /// Makes a constraint.
  public init(type: ValueType, defaults: TypeDefaults? = nil) {
    self.type = type
    self.defaults = defaults
  }

  /// The value that a variable of this type has when it is given another value.
  public func apply(to value: TypedValue) -> Conversion {
    convert(defaults?.apply(to: value) ?? value, to: type)
  }
}

/// The defaults of a type's optional attributes.
public indirect enum TypeDefaults: Hashable, Sendable {
  /// Of an object: its own attributes' defaults, and those inside of its attributes.
  case object([String: TypedValue], inner: [String: TypeDefaults])
  /// Of the elements of a list, a set or a map.
  case elements(TypeDefaults)
  /// Of the elements of a tuple, by position.
  case tuple([Int: TypeDefaults])

  /// The value with the defaults of what is left out or null.
  public func apply(to value: TypedValue) -> TypedValue {
    guard value.isKnown, !value.isNull else { return value }
    switch self {
    case .object(let values, let inner): return object(value, values, inner)
    case .elements(let defaults):
      return changed(
        value, { _, item in defaults.apply(to: item) }, { _, item in defaults.apply(to: item) })
    case .tuple(let defaults):
      return changed(value, { defaults[$0]?.apply(to: $1) ?? $1 }, { _, item in item })
    }
  }

  private func object(
    _ value: TypedValue, _ values: [String: TypedValue], _ inner: [String: TypeDefaults]
  ) -> TypedValue {
    guard var attributes = value.attributes else { return value }
    for (name, fallback) in values where attributes[name]?.isNull ?? true {
      attributes[name] = fallback
    }
    for (name, defaults) in inner {
      attributes[name] = attributes[name].map { defaults.apply(to: $0) }
    }
    return TypedValue.object(attributes).marked(value.marks)
  }

  /// The value with other parts; collections become structures, since their types may differ now.
  private func changed(
    _ value: TypedValue, _ element: (Int, TypedValue) -> TypedValue,
    _ attribute: (String, TypedValue) -> TypedValue
  ) -> TypedValue {
    switch value.content {
    case .elements(let elements):
      let results = elements.enumerated().map { element($0.offset, $0.element) }
      return TypedValue.tuple(results).marked(value.marks)
    case .attributes(let attributes):
      let pairs = attributes.map { ($0.key, attribute($0.key, $0.value)) }
      return TypedValue.object(Dictionary(uniqueKeysWithValues: pairs)).marked(value.marks)
    default: return value
    }
  }
}
