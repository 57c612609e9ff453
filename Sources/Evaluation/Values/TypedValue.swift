public import ProviderModel

/// A value with its type, as Terraform has it while it validates: perhaps unknown, perhaps marked.
public struct TypedValue: Hashable, Sendable {
  /// What a value holds.
  public indirect enum Content: Hashable, Sendable {
    /// Not known before the plan or the apply.
    case unknown
    /// `null`
    case null
    /// `true` or `false`
    case bool(Bool)
    /// A number.
    case number(Number)
    /// A text.
    case string(String)
    /// The elements of a list, a set or a tuple.
    case elements([TypedValue])
    /// The elements of a map, or the attributes of an object.
    case attributes([String: TypedValue])
  }

  /// The type; `dynamic` where that isn't known either, and of a bare `null`.
  public var type: ValueType
  /// What it holds.
  public var content: Content
  /// The marks of the whole; parts may have more.
  public var marks: Marks
  /// Whether a value that isn't known will be anything but null.
  public var isNeverNull = false

  /// Makes a value; the caller sees to it that content and type fit.
  public init(type: ValueType, content: Content, marks: Marks = []) {
    self.type = type
    self.content = content
    self.marks = marks
  }

  /// A value of which nothing is known.
  public static let dynamic = TypedValue(type: .dynamic, content: .unknown)

  /// The word `null`.
  public static let null = TypedValue(type: .dynamic, content: .null)

  /// A value of which the type is known.
  public static func unknown(_ type: ValueType, isNeverNull: Bool = false) -> TypedValue {
    var value = TypedValue(type: type, content: .unknown)
    value.isNeverNull = isNeverNull && type != .dynamic
    return value
  }

  /// The null of a type.
  public static func null(_ type: ValueType) -> TypedValue {
    TypedValue(type: type, content: .null)
  }

  /// A truth value.
  public static func bool(_ value: Bool) -> TypedValue {
    TypedValue(type: .bool, content: .bool(value))
  }

  /// A number.
  public static func number(_ value: Number) -> TypedValue {
    TypedValue(type: .number, content: .number(value))
  }

  /// A whole number.
  public static func number(_ value: Int) -> TypedValue { .number(Number(value)) }

  /// A text.
  public static func string(_ value: String) -> TypedValue {
    TypedValue(type: .string, content: .string(value))
  }

  /// A tuple of values.
  public static func tuple(_ elements: [TypedValue]) -> TypedValue {
    TypedValue(type: .tuple(elements.map(\.type)), content: .elements(elements))
  }

  /// An object of values.
  public static func object(_ attributes: [String: TypedValue]) -> TypedValue {
    TypedValue(type: .object(attributes.mapValues(\.type)), content: .attributes(attributes))
  }

  /// A list of values of one type.
  public static func list(_ elements: [TypedValue], of type: ValueType) -> TypedValue {
    TypedValue(type: .list(type), content: .elements(elements))
  }

  /// A map of values of one type.
  public static func map(_ elements: [String: TypedValue], of type: ValueType) -> TypedValue {
    TypedValue(type: .map(type), content: .attributes(elements))
  }
}
