/// A file, or what stands between the braces of a block: attributes and blocks in order.
public struct Body: Hashable, Sendable {
  /// The items in order.
  public var items: [BodyItem]
  var closing: ClosingComments

  /// Makes a body.
  public init(_ items: [BodyItem] = [], closingComments: [Comment] = []) {
    self.items = items
    closing = ClosingComments(closingComments)
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

  /// The attributes, in order.
  public var attributes: [Attribute] {
    items.compactMap { if case .attribute(let attribute) = $0 { attribute } else { nil } }
  }

  /// The blocks, in order.
  public var blocks: [Block] {
    items.compactMap { if case .block(let block) = $0 { block } else { nil } }
  }

  /// The attribute of a name, if there is one.
  public func attribute(_ name: String) -> Attribute? {
    for case .attribute(let attribute) in items where attribute.name == name { return attribute }
    return nil
  }
}

/// An attribute or a block.
public enum BodyItem: Hashable, Sendable {
  /// `name = value`
  case attribute(Attribute)
  /// `type "label" { ... }`
  indirect case block(Block)
}

/// `name = value`.
public struct Attribute: Hashable, Sendable {
  /// The name.
  public var name: String
  /// The value.
  public var value: Expression
  /// Comments and blank lines before it, and the comment behind it.
  public var trivia: Trivia
  /// Where the whole item stood.
  public var origin: Origin
  /// Where the name stood.
  public var nameOrigin: Origin

  /// Makes an attribute.
  public init(
    _ name: String, _ value: Expression, trivia: Trivia = Trivia(), origin: Origin = Origin(),
    nameOrigin: Origin = Origin()
  ) {
    self.name = name
    self.value = value
    self.trivia = trivia
    self.origin = origin
    self.nameOrigin = nameOrigin
  }
}

/// `type "label" { ... }`.
public struct Block: Hashable, Sendable {
  /// The word that begins it.
  public var type: String
  /// The labels, as text without quotes and escapes.
  public var labels: [Label]
  /// What stands between the braces.
  public var body: Body
  /// Whether it stands on one line: `type { name = value }`; only for at most one attribute.
  public var isOneLine: Bool
  /// Comments and blank lines before it; the comment behind the opening brace is
  /// `trivia.opening`, that behind the closing one `trivia.trailing`.
  public var trivia: Trivia
  /// Where the whole item stood.
  public var origin: Origin
  /// Where the type and labels stood.
  public var headerOrigin: Origin

  /// Makes a block.
  public init(
    _ type: String, _ labels: [Label] = [], body: Body = Body(), isOneLine: Bool = false,
    trivia: Trivia = Trivia(), origin: Origin = Origin(), headerOrigin: Origin = Origin()
  ) {
    self.type = type
    self.labels = labels
    self.body = body
    self.isOneLine = isOneLine
    self.trivia = trivia
    self.origin = origin
    self.headerOrigin = headerOrigin
  }
}

/// A label of a block: `"text"`, or a bare identifier.
public struct Label: Hashable, Sendable, ExpressibleByStringLiteral {
  /// The text without quotes and escapes.
  public var text: String
  /// Whether it stands in quotes.
  public var isQuoted: Bool
  /// Where it stood.
  public var origin: Origin

  /// Makes a label.
  public init(_ text: String, isQuoted: Bool = true, origin: Origin = Origin()) {
    self.text = text
    self.isQuoted = isQuoted
    self.origin = origin
  }

  /// Makes a quoted label.
  public init(stringLiteral value: String) { self.init(value) }
}
