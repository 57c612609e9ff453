public import HCL

/// A type as Terraform writes it: `list(object({ size = optional(number, 10) }))`.
public indirect enum TypeConstraint: Hashable, Sendable {
  /// `any`
  case any
  /// `bool`
  case bool
  /// `number`
  case number
  /// `string`
  case string
  /// `list(x)`
  case list(TypeConstraint)
  /// `set(x)`
  case set(TypeConstraint)
  /// `map(x)`
  case map(TypeConstraint)
  /// `tuple([x, y])`
  case tuple([TypeConstraint])
  /// `object({ a = x })`
  case object([ObjectAttribute])

  /// An attribute of an object type.
  public struct ObjectAttribute: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The type.
    public var type: TypeConstraint
    /// Whether it may be left out.
    public var isOptional: Bool
    /// What it is where it is left out.
    public var defaultValue: Value

    /// Makes an attribute.
    public init(
      _ name: String, _ type: TypeConstraint, isOptional: Bool = false, default value: Value = .null
    ) {
      self.name = name
      self.type = type
      self.isOptional = isOptional
      defaultValue = value
    }
  }

  /// Reads a type; nil for an expression that is none.
  public init?(_ expression: Expression) {
    switch expression {
    case .variable(let variable):
      switch variable.name {
      case "any": self = .any
      case "bool": self = .bool
      case "number": self = .number
      case "string": self = .string
      default: return nil
      }
    case .call(let call):
      guard let argument = call.arguments.first?.value, call.arguments.count == 1 else {
        return nil
      }
      self.init(constructor: call.name, argument)
    case .parentheses(let parentheses): self.init(parentheses.expression)
    default: return nil
    }
  }

  private init?(constructor: String, _ argument: Expression) {
    switch constructor {
    case "list", "set", "map":
      guard let element = TypeConstraint(argument) else { return nil }
      switch constructor {
      case "list": self = .list(element)
      case "set": self = .set(element)
      default: self = .map(element)
      }
    case "tuple":
      guard case .tuple(let tuple) = argument else { return nil }
      let elements = tuple.elements.compactMap { TypeConstraint($0.value) }
      guard elements.count == tuple.elements.count else { return nil }
      self = .tuple(elements)
    case "object":
      guard case .object(let object) = argument else { return nil }
      let attributes = object.items.compactMap(Self.attribute)
      guard attributes.count == object.items.count else { return nil }
      self = .object(attributes)
    default: return nil
    }
  }

  private static func attribute(_ item: ObjectExpression.Item) -> ObjectAttribute? {
    guard let name = item.key.objectKeyName else { return nil }
    guard case .call(let call) = item.value, call.name == "optional" else {
      return TypeConstraint(item.value).map { ObjectAttribute(name, $0) }
    }
    guard let first = call.arguments.first?.value, let type = TypeConstraint(first),
      call.arguments.count <= 2
    else { return nil }
    let fallback = call.arguments.count > 1 ? Value(literal: call.arguments[1].value) : .null
    return fallback.map { ObjectAttribute(name, type, isOptional: true, default: $0) }
  }

  /// The attributes, of an object or of what a collection of objects holds.
  public var objectAttributes: [ObjectAttribute]? {
    switch self {
    case .object(let attributes): attributes
    case .list(let element), .set(let element), .map(let element): element.objectAttributes
    case .any, .bool, .number, .string, .tuple: nil
    }
  }

  /// The type of an element of a collection.
  public var element: TypeConstraint? {
    switch self {
    case .list(let element), .set(let element), .map(let element): element
    case .any, .bool, .number, .string, .tuple, .object: nil
    }
  }

  /// Whether it is a list or a set.
  public var isSequence: Bool {
    switch self {
    case .list, .set, .tuple: true
    case .any, .bool, .number, .string, .map, .object: false
    }
  }

  /// The type as Terraform writes it, without the defaults of optional attributes; of an object with
  /// many the first ten.
  public var description: String {
    switch self {
    case .any: "any"
    case .bool: "bool"
    case .number: "number"
    case .string: "string"
    case .list(let element): "list(\(element.description))"
    case .set(let element): "set(\(element.description))"
    case .map(let element): "map(\(element.description))"
    case .tuple(let elements): "tuple([\(elements.map(\.description).joined(separator: ", "))])"
    case .object(let attributes):
      "object({\((attributes.prefix(10).map(\.name) + (attributes.count > 10 ? ["..."] : [])).joined(separator: ", "))})"
    }
  }
}

extension Expression {
  /// The name that stands as a key of an object: bare, or quoted without interpolation.
  public var objectKeyName: String? {
    switch self {
    case .variable(let variable): variable.name
    case .literal(let literal):
      switch literal.kind {
      case .null: "null"
      case .bool(let truth): truth ? "true" : "false"
      case .number(let text): text
      }
    case .template(let template): template.literalText
    default: nil
    }
  }
}

extension Value {
  /// The value of an expression that needs nothing else: literals, lists, objects; else nil.
  public init?(literal expression: Expression) {
    switch expression {
    case .literal(let literal):
      switch literal.kind {
      case .null: self = .null
      case .bool(let truth): self = .bool(truth)
      case .number(let text):
        guard let number = Number(text) else { return nil }
        self = .number(number)
      }
    case .unary(let operation) where operation.operation == .negate:
      guard case .number(let number)? = Value(literal: operation.operand) else { return nil }
      self = .number(number.negated)
    case .template(let template):
      guard let text = template.literalText else { return nil }
      self = .string(text)
    case .heredoc(let heredoc):
      guard let text = Template(heredoc.parts).literalText else { return nil }
      self = .string(text)
    case .tuple(let tuple):
      let elements = tuple.elements.compactMap { Value(literal: $0.value) }
      guard elements.count == tuple.elements.count else { return nil }
      self = .list(elements)
    case .object(let object):
      var attributes: [String: Value] = [:]
      for item in object.items {
        guard let name = item.key.objectKeyName, let value = Value(literal: item.value) else {
          return nil
        }
        attributes[name] = value
      }
      self = .object(attributes)
    case .parentheses(let parentheses): self.init(literal: parentheses.expression)
    default: return nil
    }
  }
}
