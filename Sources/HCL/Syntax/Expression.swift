/// An expression of HCL's native syntax.
public indirect enum Expression: Hashable, Sendable {
  /// `null`, `true`, `false`, or a number.
  case literal(Literal)
  /// `"text ${x}"`
  case template(Template)
  /// `<<EOT ... EOT`
  case heredoc(Heredoc)
  /// `name`: the root of a reference.
  case variable(Variable)
  /// `x.name`
  case attribute(AttributeAccess)
  /// `x[key]`
  case index(IndexAccess)
  /// `x.0`
  case legacyIndex(LegacyIndexAccess)
  /// `x.*.a` or `x[*].a[0]`
  case splat(Splat)
  /// `[a, b]`
  case tuple(TupleExpression)
  /// `{ a = b }`
  case object(ObjectExpression)
  /// `[for x in y : z]` or `{ for k, v in y : k => v }`
  case forExpression(ForExpression)
  /// `a ? b : c`
  case conditional(Conditional)
  /// `!a`, `-a`
  case unary(UnaryOperation)
  /// `a + b`
  case binary(BinaryOperation)
  /// `f(a, b...)`
  case call(FunctionCall)
  /// `(a)`
  case parentheses(Parentheses)
  /// An expression with comments that stand inside of a larger one.
  case commented(CommentedExpression)
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

  /// What it is.
  public var kind: Kind
  /// Where it stood.
  public var origin: Origin

  /// Makes a literal.
  public init(_ kind: Kind, origin: Origin = Origin()) {
    self.kind = kind
    self.origin = origin
  }
}
