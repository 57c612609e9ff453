extension Expression {
  /// The word `null`.
  public static var null: Expression { .literal(Literal(.null)) }

  /// The word `true` or `false`.
  public static func bool(_ value: Bool) -> Expression { .literal(Literal(.bool(value))) }

  /// A whole number.
  public static func number(_ value: Int) -> Expression { .number(String(value)) }

  /// A number in the form in which it is to be written, for example `1.50`.
  public static func number(_ text: String) -> Expression {
    guard text.hasPrefix("-") else { return .literal(Literal(.number(text))) }
    return .unary(UnaryOperation(.negate, .number(String(text.dropFirst()))))
  }

  /// A quoted string of plain text.
  public static func string(_ text: String) -> Expression {
    .template(Template(text: text))
  }

  /// A string of plain text: an indented heredoc where a reader would write one, else quoted.
  ///
  /// A heredoc is right for several lines of which the last ends too, without characters that
  /// can't be seen.
  public static func text(_ string: String) -> Expression {
    let scalars = string.unicodeScalars
    let isSeveralLines = scalars.last == "\n" && scalars.dropLast().contains("\n")
    guard isSeveralLines, scalars.allSatisfy({ $0.isPrintable || $0 == "\n" || $0 == "\t" }) else {
      return .string(string)
    }
    let parts = [TemplatePart.literal(string)]
    let isIndented = (HeredocLines(parts).common ?? 0) == 0
    return .heredoc(Heredoc(isIndented: isIndented, parts))
  }

  /// A quoted string of literal text and sequences; neighbouring literals become one.
  public static func interpolated(_ parts: [TemplatePart]) -> Expression {
    var merged: [TemplatePart] = []
    for part in parts {
      if case .literal(let text) = part {
        if text.isEmpty { continue }
        if case .literal(let before) = merged.last {
          merged[merged.count - 1] = .literal(before + text)
          continue
        }
      }
      merged.append(part)
    }
    return .template(Template(merged))
  }

  /// A tuple: `[a, b]`.
  public static func tuple(_ elements: [Expression], multiline: Bool = false) -> Expression {
    .tuple(TupleExpression(elements.map { .init($0) }, isMultiline: multiline))
  }

  /// An object: `{ key = value }`, its keys bare where they are identifiers.
  public static func object(
    _ items: [(String, Expression)], multiline: Bool = true
  ) -> Expression {
    .object(
      ObjectExpression(
        items.map { key, value in
          .init(isIdentifier(key) ? .variable(Variable(key)) : .string(key), value)
        }, isMultiline: multiline))
  }

  /// A reference by names: `var.name`.
  public static func reference(_ root: String, _ names: String...) -> Expression {
    names.reduce(.variable(Variable(root))) { $0.dot($1) }
  }

  /// A call of a function: `f(a, b)`.
  public static func call(
    _ name: String, _ arguments: [Expression], multiline: Bool = false
  ) -> Expression {
    .call(FunctionCall(name, arguments.map { .init($0) }, isMultiline: multiline))
  }

  /// The access to an attribute: `self.name`; by `["name"]` where it is no identifier.
  public func dot(_ name: String) -> Expression {
    isIdentifier(name) ? .attribute(AttributeAccess(self, name)) : at(.string(name))
  }

  /// The access to an element: `self[key]`.
  public func at(_ key: Expression) -> Expression { .index(IndexAccess(self, key)) }

  /// The text of a string without sequences; nil for all else.
  ///
  /// Parentheses and comments around it don't matter.
  public var stringValue: String? {
    switch self {
    case .template(let template): template.literalText
    case .heredoc(let heredoc): Template(heredoc.parts).literalText
    case .parentheses(let parentheses): parentheses.expression.stringValue
    case .commented(let commented): commented.expression.stringValue
    default: nil
    }
  }

  /// Where it stood.
  public var origin: Origin {
    switch self {
    case .literal(let value): value.origin
    case .template(let value): value.origin
    case .heredoc(let value): value.origin
    case .variable(let value): value.origin
    case .attribute(let value): value.origin
    case .index(let value): value.origin
    case .legacyIndex(let value): value.origin
    case .splat(let value): value.origin
    case .tuple(let value): value.origin
    case .object(let value): value.origin
    case .forExpression(let value): value.origin
    case .conditional(let value): value.origin
    case .unary(let value): value.origin
    case .binary(let value): value.origin
    case .call(let value): value.origin
    case .parentheses(let value): value.origin
    case .commented(let value): value.expression.origin
    case .invalid(let origin): origin
    }
  }
}
