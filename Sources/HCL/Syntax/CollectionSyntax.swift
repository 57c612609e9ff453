/// `[a, b]`.
public struct TupleExpression: Hashable, Sendable {
  /// The elements.
  public var elements: [Element]
  /// Whether each element stands on a line of its own.
  public var isMultiline: Bool
  var closing: ClosingComments
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
    closing = ClosingComments(closingComments)
    self.origin = origin
  }

  init(
    _ elements: consuming [Element], isMultiline: Bool, closing: consuming ClosingComments,
    origin: Origin
  ) {
    self.elements = elements
    self.isMultiline = isMultiline
    self.closing = closing
    self.origin = origin
  }

  /// Comments behind the last element.
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

/// `{ a = b, c : d }`.
public struct ObjectExpression: Hashable, Sendable {
  /// The items.
  public var items: [Item]
  /// Whether each item stands on a line of its own.
  public var isMultiline: Bool
  var closing: ClosingComments
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
    closing = ClosingComments(closingComments)
    self.origin = origin
  }

  /// Comments behind the last item.
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
