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

/// `"text ${x} %{ if y }z%{ endif }"`.
public struct Template: Hashable, Sendable {
  /// The parts in order; two literals never follow each other.
  public var parts: [TemplatePart]
  /// Where it stood.
  public var origin: Origin

  /// Makes a template.
  public init(_ parts: [TemplatePart], origin: Origin = Origin()) {
    self.parts = parts
    self.origin = origin
  }

  /// The text, where the template is nothing but text.
  public var literalText: String? {
    switch parts.count {
    case 0: return ""
    case 1:
      if case .literal(let text) = parts[0] { return text }
      return nil
    default: return nil
    }
  }
}

/// A piece of a template.
public enum TemplatePart: Hashable, Sendable {
  /// Text, without escapes.
  case literal(String)
  /// `${x}`
  case interpolation(Interpolation)
  /// `%{ if x }a%{ else }b%{ endif }`
  case ifDirective(TemplateIf)
  /// `%{ for x in y }a%{ endfor }`
  case forDirective(TemplateFor)
}

/// The `~` on either side of a template sequence.
public struct StripMarkers: Hashable, Sendable {
  /// `${~`.
  public var left: Bool
  /// `~}`.
  public var right: Bool

  /// Makes markers.
  public init(left: Bool = false, right: Bool = false) {
    self.left = left
    self.right = right
  }
}

/// `${x}`.
public struct Interpolation: Hashable, Sendable {
  /// The expression.
  public var expression: Expression
  /// The `~` markers.
  public var strip: StripMarkers

  /// Makes an interpolation.
  public init(_ expression: Expression, strip: StripMarkers = StripMarkers()) {
    self.expression = expression
    self.strip = strip
  }
}

/// `%{ if x }a%{ else }b%{ endif }`.
public struct TemplateIf: Hashable, Sendable {
  /// The condition.
  public var condition: Expression
  /// What stands behind it.
  public var then: [TemplatePart]
  /// What stands behind `else`; nil without one.
  public var otherwise: [TemplatePart]?
  /// The markers of `if`.
  public var ifStrip: StripMarkers
  /// The markers of `else`.
  public var elseStrip: StripMarkers
  /// The markers of `endif`.
  public var endStrip: StripMarkers

  /// Makes a directive.
  public init(
    _ condition: Expression, then: [TemplatePart], otherwise: [TemplatePart]? = nil,
    ifStrip: StripMarkers = StripMarkers(), elseStrip: StripMarkers = StripMarkers(),
    endStrip: StripMarkers = StripMarkers()
  ) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
    self.ifStrip = ifStrip
    self.elseStrip = elseStrip
    self.endStrip = endStrip
  }
}

/// `%{ for k, v in x }a%{ endfor }`.
public struct TemplateFor: Hashable, Sendable {
  /// The name of the key, where two names are given.
  public var key: String?
  /// The name of the value.
  public var value: String
  /// What is walked.
  public var collection: Expression
  /// What stands inside.
  public var body: [TemplatePart]
  /// The markers of `for`.
  public var forStrip: StripMarkers
  /// The markers of `endfor`.
  public var endStrip: StripMarkers

  /// Makes a directive.
  public init(
    key: String? = nil, value: String, in collection: Expression, body: [TemplatePart],
    forStrip: StripMarkers = StripMarkers(), endStrip: StripMarkers = StripMarkers()
  ) {
    self.key = key
    self.value = value
    self.collection = collection
    self.body = body
    self.forStrip = forStrip
    self.endStrip = endStrip
  }
}

/// `<<EOT ... EOT` or `<<-EOT ... EOT`.
public struct Heredoc: Hashable, Sendable {
  /// The word that ends it.
  public var marker: String
  /// Whether the common indentation doesn't count (`<<-`).
  public var isIndented: Bool
  /// The parts; of an indented one without the common indentation.
  ///
  /// Each line ends with `\n`.
  public var parts: [TemplatePart]
  /// Where it stood.
  public var origin: Origin

  /// Makes a heredoc.
  public init(
    marker: String = "EOT", isIndented: Bool = true, _ parts: [TemplatePart],
    origin: Origin = Origin()
  ) {
    self.marker = marker
    self.isIndented = isIndented
    self.parts = parts
    self.origin = origin
  }
}

/// The root of a reference, or a name bound by `for`.
public struct Variable: Hashable, Sendable {
  /// The name.
  public var name: String
  /// Where it stood.
  public var origin: Origin

  /// Makes a variable.
  public init(_ name: String, origin: Origin = Origin()) {
    self.name = name
    self.origin = origin
  }
}

/// `x.name`.
public struct AttributeAccess: Hashable, Sendable {
  /// What is accessed.
  public var base: Expression
  /// The attribute.
  public var name: String
  /// Where the whole stood.
  public var origin: Origin

  /// Makes an access.
  public init(_ base: Expression, _ name: String, origin: Origin = Origin()) {
    self.base = base
    self.name = name
    self.origin = origin
  }
}

/// `x[key]`.
public struct IndexAccess: Hashable, Sendable {
  /// What is accessed.
  public var base: Expression
  /// The key.
  public var key: Expression
  /// Where the whole stood.
  public var origin: Origin

  /// Makes an access.
  public init(_ base: Expression, _ key: Expression, origin: Origin = Origin()) {
    self.base = base
    self.key = key
    self.origin = origin
  }
}

/// `x.0`.
public struct LegacyIndexAccess: Hashable, Sendable {
  /// What is accessed.
  public var base: Expression
  /// The index, as it is written.
  public var index: String
  /// Where the whole stood.
  public var origin: Origin

  /// Makes an access.
  public init(_ base: Expression, _ index: String, origin: Origin = Origin()) {
    self.base = base
    self.index = index
    self.origin = origin
  }
}

/// `x.*.a` or `x[*].a`: what follows is applied to each element.
public struct Splat: Hashable, Sendable {
  /// A step that is applied to each element.
  public enum Step: Hashable, Sendable {
    /// `.name`
    case attribute(String)
    /// `[key]`
    case index(Expression)
    /// `.0`
    case legacyIndex(String)
    /// `[*]` (full) or `.*` inside of a full splat: what follows goes for its elements' elements.
    case splat(isFull: Bool)
  }

  /// What is walked.
  public var base: Expression
  /// Whether it is `[*]` (full) or `.*` (attributes only).
  public var isFull: Bool
  /// What is applied to each element.
  public var steps: [Step]
  /// Where the whole stood.
  public var origin: Origin

  /// Makes a splat.
  public init(
    _ base: Expression, isFull: Bool = true, steps: [Step] = [], origin: Origin = Origin()
  ) {
    self.base = base
    self.isFull = isFull
    self.steps = steps
    self.origin = origin
  }
}

/// `[a, b]`.
public struct TupleExpression: Hashable, Sendable {
  /// The elements.
  public var elements: [Element]
  /// Whether each element stands on a line of its own.
  public var isMultiline: Bool
  /// Comments behind the last element.
  public var closingComments: [Comment]
  /// Blank lines before these comments.
  public var closingBlankLines = 0
  /// Where it stood.
  public var origin: Origin

  /// An element with what stands around it.
  public struct Element: Hashable, Sendable {
    /// The value.
    public var value: Expression
    /// Comments around it, and blank lines before it.
    public var trivia: Trivia
    /// Whether it begins a line (in a multi-line tuple several may share one).
    public var beginsLine: Bool

    /// Makes an element.
    public init(_ value: Expression, trivia: Trivia = Trivia(), beginsLine: Bool = true) {
      self.value = value
      self.trivia = trivia
      self.beginsLine = beginsLine
    }
  }

  /// Makes a tuple.
  public init(
    _ elements: [Element], isMultiline: Bool = false, closingComments: [Comment] = [],
    origin: Origin = Origin()
  ) {
    self.elements = elements
    self.isMultiline = isMultiline
    self.closingComments = closingComments
    self.origin = origin
  }
}

/// `{ a = b, c : d }`.
public struct ObjectExpression: Hashable, Sendable {
  /// The items.
  public var items: [Item]
  /// Whether each item stands on a line of its own.
  public var isMultiline: Bool
  /// Comments behind the last item.
  public var closingComments: [Comment]
  /// Blank lines before these comments.
  public var closingBlankLines = 0
  /// Where it stood.
  public var origin: Origin

  /// `key = value` with what stands around it.
  public struct Item: Hashable, Sendable {
    /// The key: a `variable` is a literal name, parentheses make it an expression.
    public var key: Expression
    /// The value.
    public var value: Expression
    /// Whether `:` stands between them instead of `=`.
    public var usesColon: Bool
    /// Whether a comma follows although a line's end would do.
    public var hasComma: Bool
    /// Comments around it, and blank lines before it.
    public var trivia: Trivia
    /// Whether it begins a line (in a multi-line object several may share one).
    public var beginsLine: Bool

    /// Makes an item.
    public init(
      _ key: Expression, _ value: Expression, usesColon: Bool = false, hasComma: Bool = false,
      trivia: Trivia = Trivia(), beginsLine: Bool = true
    ) {
      self.key = key
      self.value = value
      self.usesColon = usesColon
      self.hasComma = hasComma
      self.trivia = trivia
      self.beginsLine = beginsLine
    }
  }

  /// Makes an object.
  public init(
    _ items: [Item], isMultiline: Bool = true, closingComments: [Comment] = [],
    origin: Origin = Origin()
  ) {
    self.items = items
    self.isMultiline = isMultiline
    self.closingComments = closingComments
    self.origin = origin
  }
}

/// `[for k, v in x : y if z]` or `{ for k, v in x : a => b... if z }`.
public struct ForExpression: Hashable, Sendable {
  /// The name of the key, where two names are given.
  public var keyName: String?
  /// The name of the value.
  public var valueName: String
  /// What is walked.
  public var collection: Expression
  /// The key of each item; nil makes a tuple.
  public var key: Expression?
  /// The value of each item.
  public var value: Expression
  /// Whether values of equal keys are grouped (`...`).
  public var isGrouping: Bool
  /// Which elements count.
  public var condition: Expression?
  /// Whether the body stands on lines of its own.
  public var isMultiline: Bool
  /// Where it stood.
  public var origin: Origin

  /// Makes a for-expression.
  public init(
    keyName: String? = nil, valueName: String, in collection: Expression, key: Expression? = nil,
    value: Expression, isGrouping: Bool = false, condition: Expression? = nil,
    isMultiline: Bool = false, origin: Origin = Origin()
  ) {
    self.keyName = keyName
    self.valueName = valueName
    self.collection = collection
    self.key = key
    self.value = value
    self.isGrouping = isGrouping
    self.condition = condition
    self.isMultiline = isMultiline
    self.origin = origin
  }
}

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
  /// Comments behind the last argument.
  public var closingComments: [Comment]
  /// Blank lines before these comments.
  public var closingBlankLines = 0
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
    self.closingComments = closingComments
    self.origin = origin
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
