/// A type of Terraform's expressions.
///
/// For example: `list(object({ size = number }))`.
public indirect enum ValueType: Hashable, Sendable {
  /// Any type; as the type of a value, one that isn't known yet.
  case dynamic
  /// `string`
  case string
  /// `number`
  case number
  /// `bool`
  case bool
  /// `list(x)`
  case list(ValueType)
  /// `set(x)`
  case set(ValueType)
  /// `map(x)`
  case map(ValueType)
  /// `tuple([x, y])`
  case tuple([ValueType])
  /// `object({ a = x })`; which attributes may be left out matters for constraints alone.
  case object([String: ValueType], optional: Set<String> = [])

  /// What Terraform's messages call the type, for example `list of string`.
  public var friendlyName: String {
    switch self {
    case .dynamic: "dynamic"
    case .string: "string"
    case .number: "number"
    case .bool: "bool"
    case .list(let element): "list of \(element.elementName)"
    case .set(let element): "set of \(element.elementName)"
    case .map(let element): "map of \(element.elementName)"
    case .tuple: "tuple"
    case .object: "object"
    }
  }

  /// The name as messages speak of one value, for example `a list of string`.
  public var nameWithArticle: String {
    switch self {
    case .dynamic: "of a type that isn't known"
    case .object: "an object"
    default: "a " + friendlyName
    }
  }

  private var elementName: String { self == .dynamic ? "any single type" : friendlyName }

  /// The type as `type(...)` of Terraform's console prints it, on one line.
  ///
  /// For example: `object({a: number, b: list(string)})`.
  public var description: String {
    switch self {
    case .dynamic: "dynamic"
    case .string: "string"
    case .number: "number"
    case .bool: "bool"
    case .list(let element): "list(\(element.description))"
    case .set(let element): "set(\(element.description))"
    case .map(let element): "map(\(element.description))"
    case .tuple(let elements): "tuple([\(elements.map(\.description).joined(separator: ", "))])"
    case .object(let attributes, _):
      "object({"
        + attributes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.description)" }
        .joined(separator: ", ") + "})"
    }
  }

  /// Whether it is `string`, `number` or `bool`.
  public var isPrimitive: Bool {
    switch self {
    case .string, .number, .bool: true
    default: false
    }
  }

  /// The type of the elements of a list, a set or a map.
  public var element: ValueType? {
    switch self {
    case .list(let element), .set(let element), .map(let element): element
    default: nil
    }
  }

  /// The types of an object's attributes.
  public var attributes: [String: ValueType]? {
    if case .object(let attributes, _) = self { attributes } else { nil }
  }

  /// Whether it is a list, a set or a tuple.
  public var isSequence: Bool {
    switch self {
    case .list, .set, .tuple: true
    default: false
    }
  }

  /// Whether it is a map or an object.
  public var isMapping: Bool {
    switch self {
    case .map, .object: true
    default: false
    }
  }

  /// Whether a type that isn't known stands anywhere in it.
  public var containsDynamic: Bool {
    switch self {
    case .dynamic: true
    case .string, .number, .bool: false
    case .list(let element), .set(let element), .map(let element): element.containsDynamic
    case .tuple(let elements): elements.contains(where: \.containsDynamic)
    case .object(let attributes, _): attributes.values.contains(where: \.containsDynamic)
    }
  }

  /// The type that values have which meet the constraint: without optional attributes.
  public var withoutOptionalAttributes: ValueType {
    switch self {
    case .dynamic, .string, .number, .bool: self
    case .list(let element): .list(element.withoutOptionalAttributes)
    case .set(let element): .set(element.withoutOptionalAttributes)
    case .map(let element): .map(element.withoutOptionalAttributes)
    case .tuple(let elements): .tuple(elements.map(\.withoutOptionalAttributes))
    case .object(let attributes, _): .object(attributes.mapValues(\.withoutOptionalAttributes))
    }
  }
}
