/// A value of the spec language: what Terraform knows, plus what isn't known yet.
public enum Value: Hashable, Sendable {
  /// Nothing was given.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number.
  case number(Number)
  /// A text.
  case string(String)
  /// A list, a set or a tuple, in order.
  case list([Value])
  /// An object or a map.
  case object([String: Value])
  /// Something whose attributes are found only when they are asked for.
  case handle(Handle)
  /// Known only at run time.
  case unknown

  /// An object that a scope knows: `kind` and `id` are the scope's own.
  public struct Handle: Hashable, Sendable {
    /// What it is.
    public var kind: Int
    /// Which one.
    public var id: Int

    /// Makes a handle.
    public init(kind: Int, id: Int) {
      self.kind = kind
      self.id = id
    }
  }

  /// Whether nothing was given.
  public var isNull: Bool { self == .null }

  /// The text, if it is one.
  public var stringValue: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The truth, if it is one.
  public var boolValue: Bool? {
    if case .bool(let truth) = self { truth } else { nil }
  }

  /// The elements, if it is a list.
  public var elements: [Value]? {
    if case .list(let elements) = self { elements } else { nil }
  }

  /// The attributes, if it is an object.
  public var attributes: [String: Value]? {
    if case .object(let attributes) = self { attributes } else { nil }
  }

  /// Whether any part is known only at run time.
  public var containsUnknown: Bool {
    switch self {
    case .unknown, .handle: true
    case .list(let elements): elements.contains(where: \.containsUnknown)
    case .object(let attributes): attributes.values.contains(where: \.containsUnknown)
    case .null, .bool, .number, .string: false
    }
  }

  /// The text of a scalar, as Terraform converts it; nil for what has none.
  public var scalarText: String? {
    switch self {
    case .string(let text): text
    case .number(let number): number.text
    case .bool(let truth): truth ? "true" : "false"
    case .null, .list, .object, .handle, .unknown: nil
    }
  }

  /// What a person calls its kind, for messages.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .list: "a list"
    case .object, .handle: "an object"
    case .unknown: "unknown"
    }
  }
}
