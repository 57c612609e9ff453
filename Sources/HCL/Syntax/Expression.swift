/// An expression of HCL's native syntax.
///
/// The commonest forms have no children and stand in the node that holds them; the others are
/// allocated one by one.
public enum Expression: Hashable, Sendable {
  /// `null`, `true`, `false`, or a number.
  case literal(Literal)
  /// `"text ${x}"`
  case template(Template)
  /// `<<EOT ... EOT`
  indirect case heredoc(Heredoc)
  /// `name`: the root of a reference.
  case variable(Variable)
  /// `x.name`
  indirect case attribute(AttributeAccess)
  /// `x[key]`
  indirect case index(IndexAccess)
  /// `x.0`
  indirect case legacyIndex(LegacyIndexAccess)
  /// `x.*.a` or `x[*].a[0]`
  indirect case splat(Splat)
  /// `[a, b]`
  indirect case tuple(TupleExpression)
  /// `{ a = b }`
  indirect case object(ObjectExpression)
  /// `[for x in y : z]` or `{ for k, v in y : k => v }`
  indirect case forExpression(ForExpression)
  /// `a ? b : c`
  indirect case conditional(Conditional)
  /// `!a`, `-a`
  indirect case unary(UnaryOperation)
  /// `a + b`
  indirect case binary(BinaryOperation)
  /// `f(a, b...)`
  indirect case call(FunctionCall)
  /// `(a)`
  indirect case parentheses(Parentheses)
  /// An expression with comments that stand inside of a larger one.
  indirect case commented(CommentedExpression)
  /// What couldn't be read; the diagnostics say why.
  case invalid(Origin)
}

/// `null`, `true`, `false`, or a number as it is written.
public struct Literal: Hashable, Sendable {
  /// What the literal is.
  public enum Kind: Hashable, Sendable {
    /// `null`
    case null
    /// `true`, `false`
    case bool(Bool)
    /// A number in the form in which it is written, for example `1.50e3`.
    case number(String)
  }

  // The word or number itself: a kind of its own would make every expression larger.
  private var text: String
  /// Where it stood.
  public var origin: Origin

  /// Makes a literal.
  public init(_ kind: Kind, origin: Origin = Origin()) {
    text = Literal.text(kind)
    self.origin = origin
  }

  /// What it is.
  public var kind: Kind {
    get {
      switch text {
      case "null": .null
      case "true": .bool(true)
      case "false": .bool(false)
      default: .number(text)
      }
    }
    set { text = Literal.text(newValue) }
  }

  private static func text(_ kind: Kind) -> String {
    switch kind {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text): text
    }
  }
}
