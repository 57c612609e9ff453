public import HCL

extension Expression {
  /// A reference such as `var.name`: the root and the attributes behind it.
  public static func ref(_ root: String, _ names: String...) -> Expression {
    names.reduce(.variable(Variable(root))) { .attribute(AttributeAccess($0, $1)) }
  }

  /// A text in quotes.
  public static func quoted(_ text: String) -> Expression {
    .template(Template(text.isEmpty ? [] : [.literal(text)]))
  }

  /// A call of a function.
  public static func apply(_ name: String, _ arguments: Expression...) -> Expression {
    .call(FunctionCall(name, arguments.map { TupleExpression.Element($0, beginsLine: false) }))
  }

  /// A list on one line.
  public static func row(_ elements: [Expression]) -> Expression {
    .tuple(
      TupleExpression(elements.map { TupleExpression.Element($0, beginsLine: false) }))
  }

  /// An object with an attribute a line.
  public static func rows(_ items: [(String, Expression)]) -> Expression {
    .object(
      ObjectExpression(items.map { ObjectExpression.Item(keyExpression($0.0), $0.1) }))
  }

  /// An object on one line.
  public static func inline(_ items: [(String, Expression)]) -> Expression {
    .object(
      ObjectExpression(
        items.map { ObjectExpression.Item(keyExpression($0.0), $0.1, beginsLine: false) },
        isMultiline: false))
  }

  /// A key of an object: bare where it is an identifier.
  private static func keyExpression(_ key: String) -> Expression {
    let isBare =
      key.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x30...0x39).contains(byte) || byte == 0x5F
      } && !(key.utf8.first.map { (0x30...0x39).contains($0) } ?? true) && key != "for"
    return isBare ? .variable(Variable(key)) : .quoted(key)
  }

  /// `null`
  public static var nothing: Expression { .literal(Literal(.null)) }

  /// `true` or `false`
  public static func truth(_ truth: Bool) -> Expression { .literal(Literal(.bool(truth))) }

  /// An attribute of this.
  public func member(_ name: String) -> Expression { .attribute(AttributeAccess(self, name)) }

  /// An element of this.
  public func element(_ key: Expression) -> Expression { .index(IndexAccess(self, key)) }

  /// `this == other`
  public func equals(_ other: Expression) -> Expression {
    .binary(BinaryOperation(self, .equal, other))
  }

  /// `this && other`
  public func and(_ other: Expression) -> Expression {
    .binary(BinaryOperation(self, .and, other))
  }

  /// `this ? then : otherwise`
  public func choose(_ then: Expression, _ otherwise: Expression) -> Expression {
    .conditional(Conditional(self, then: then, otherwise: otherwise))
  }
}
