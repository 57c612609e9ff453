/// `a ? b : c`.
public struct Conditional: Hashable, Sendable {
  /// What decides.
  public var condition: Expression
  /// The value where it is true.
  public var then: Expression
  /// The value where it is false.
  public var otherwise: Expression
  /// Whether `?` and `:` begin lines of their own.
  public var isMultiline: Bool
  /// Where it stood.
  public var origin: Origin

  /// Makes a conditional.
  public init(
    _ condition: Expression, then: Expression, otherwise: Expression, isMultiline: Bool = false,
    origin: Origin = Origin()
  ) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
    self.isMultiline = isMultiline
    self.origin = origin
  }
}

/// `!a`, `-a`.
public struct UnaryOperation: Hashable, Sendable {
  /// The operators.
  public enum Operator: String, Hashable, Sendable, CaseIterable {
    /// `!`
    case not = "!"
    /// `-`
    case negate = "-"
  }

  /// The operator.
  public var operation: Operator
  /// What it is applied to.
  public var operand: Expression
  /// Where it stood.
  public var origin: Origin

  /// Makes an operation.
  public init(_ operation: Operator, _ operand: Expression, origin: Origin = Origin()) {
    self.operation = operation
    self.operand = operand
    self.origin = origin
  }
}

/// `a + b`.
public struct BinaryOperation: Hashable, Sendable {
  /// The operators; `precedence` tells how tightly they bind.
  public enum Operator: String, Hashable, Sendable, CaseIterable {
    /// `||`
    case or = "||"
    /// `&&`
    case and = "&&"
    /// `==`
    case equal = "=="
    /// `!=`
    case notEqual = "!="
    /// `<`
    case less = "<"
    /// `<=`
    case lessOrEqual = "<="
    /// `>`
    case greater = ">"
    /// `>=`
    case greaterOrEqual = ">="
    /// `+`
    case add = "+"
    /// `-`
    case subtract = "-"
    /// `*`
    case multiply = "*"
    /// `/`
    case divide = "/"
    /// `%`
    case remainder = "%"

    /// From 1 (`||`) to 6 (`*`); all bind to the left.
    public var precedence: Int {
      switch self {
      case .or: 1
      case .and: 2
      case .equal, .notEqual: 3
      case .less, .lessOrEqual, .greater, .greaterOrEqual: 4
      case .add, .subtract: 5
      case .multiply, .divide, .remainder: 6
      }
    }
  }

  /// Where a line breaks around the operator.
  public enum LineBreak: Hashable, Sendable {
    /// Nowhere.
    case none
    /// Before the operator.
    case before
    /// Behind the operator.
    case after
  }

  /// The operator.
  public var operation: Operator
  /// The left operand.
  public var left: Expression
  /// The right operand.
  public var right: Expression
  /// Where a line breaks; only inside of brackets.
  public var lineBreak: LineBreak
  /// Where it stood.
  public var origin: Origin

  /// Makes an operation.
  public init(
    _ left: Expression, _ operation: Operator, _ right: Expression, lineBreak: LineBreak = .none,
    origin: Origin = Origin()
  ) {
    self.left = left
    self.operation = operation
    self.right = right
    self.lineBreak = lineBreak
    self.origin = origin
  }
}

/// `f(a, b...)` or `provider::name::f(a)`.
public struct FunctionCall: Hashable, Sendable {
  /// The name with its namespaces: `provider::name::f`.
  public var name: String
  /// The arguments.
  public var arguments: [TupleExpression.Element]
  /// Whether the last argument is expanded (`...`).
  public var expandsLast: Bool
  /// Whether each argument stands on a line of its own.
  public var isMultiline: Bool
  var closing: ClosingComments
  /// Where it stood.
  public var origin: Origin

  /// Makes a call.
  public init(
    _ name: String, _ arguments: [TupleExpression.Element], expandsLast: Bool = false,
    isMultiline: Bool = false, closingComments: [Comment] = [], origin: Origin = Origin()
  ) {
    self.name = name
    self.arguments = arguments
    self.expandsLast = expandsLast
    self.isMultiline = isMultiline
    closing = ClosingComments(closingComments)
    self.origin = origin
  }

  init(
    _ name: consuming String, _ arguments: consuming [TupleExpression.Element],
    expandsLast: Bool, isMultiline: Bool, closing: consuming ClosingComments, origin: Origin
  ) {
    self.name = name
    self.arguments = arguments
    self.expandsLast = expandsLast
    self.isMultiline = isMultiline
    self.closing = closing
    self.origin = origin
  }

  /// Comments behind the last argument.
  public var closingComments: [Comment] {
    get { closing.comments }
    set { closing.comments = newValue }
  }

  /// Blank lines before these comments.
  public var closingBlankLines: Int {
    get { closing.blankLines }
    set { closing.blankLines = newValue }
  }
}

/// `(a)`.
public struct Parentheses: Hashable, Sendable {
  /// What stands inside.
  public var expression: Expression
  /// Whether it stands on lines of its own.
  public var isMultiline: Bool
  /// Where it stood.
  public var origin: Origin

  /// Makes parentheses.
  public init(_ expression: Expression, isMultiline: Bool = false, origin: Origin = Origin()) {
    self.expression = expression
    self.isMultiline = isMultiline
    self.origin = origin
  }
}

/// An expression with comments that stand inside of a larger one, before or behind it.
public struct CommentedExpression: Hashable, Sendable {
  /// Comments before it.
  public var leading: [Comment]
  /// The expression.
  public var expression: Expression
  /// Comments behind it.
  public var trailing: [Comment]

  /// Makes a commented expression.
  public init(leading: [Comment] = [], _ expression: Expression, trailing: [Comment] = []) {
    self.leading = leading
    self.expression = expression
    self.trailing = trailing
  }
}
