/// A file, or what stands between the braces of a block: attributes and blocks in order.
public struct Body: Hashable, Sendable {
  /// The items in order.
  public var items: [BodyItem]
  /// Comments behind the last item.
  public var closingComments: [Comment]
  /// Blank lines before these comments.
  public var closingBlankLines = 0

  /// Makes a body.
  public init(_ items: [BodyItem] = [], closingComments: [Comment] = []) {
    self.items = items
    self.closingComments = closingComments
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
  public func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }
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

/// What stands around an item and isn't part of its meaning.
public struct Trivia: Hashable, Sendable {
  /// The comments, apart from the rest as most items have none.
  private indirect enum Comments: Hashable, Sendable {
    case some(Around)
  }

  private struct Around: Hashable, Sendable {
    var leading: [Comment] = []
    var opening: Comment?
    var trailing: Comment?
  }

  /// Blank lines between what stands above and the item, or its first comment.
  public var blankLines: Int
  private var comments: Comments?

  /// Makes trivia.
  public init(
    blankLines: Int = 0, leading: [Comment] = [], opening: Comment? = nil,
    trailing: Comment? = nil
  ) {
    self.blankLines = blankLines
    if !leading.isEmpty || opening != nil || trailing != nil {
      comments = .some(Around(leading: leading, opening: opening, trailing: trailing))
    }
  }

  /// Comments on lines of their own above the item.
  public var leading: [Comment] {
    get { around?.leading ?? [] }
    set { if comments != nil || !newValue.isEmpty { change { $0.leading = newValue } } }
  }

  /// The comment behind a block's opening brace, on its line.
  public var opening: Comment? {
    get { around?.opening }
    set { if comments != nil || newValue != nil { change { $0.opening = newValue } } }
  }

  /// The comment behind the item, on its line.
  public var trailing: Comment? {
    get { around?.trailing }
    set { if comments != nil || newValue != nil { change { $0.trailing = newValue } } }
  }

  /// Whether any comment stands around the item.
  var hasComments: Bool { comments != nil }

  private var around: Around? {
    if case .some(let around)? = comments { around } else { nil }
  }

  private mutating func change(_ change: (inout Around) -> Void) {
    var around = around ?? Around()
    change(&around)
    comments = around == Around() ? nil : .some(around)
  }
}

/// A comment.
public struct Comment: Hashable, Sendable {
  /// The text with its `#`, `//` or `/* */`, without the line's end.
  public var text: String
  /// Blank lines between this comment and what follows it.
  public var blankLinesAfter: Int

  /// Makes a comment of its whole source text.
  public init(source: String, blankLinesAfter: Int = 0) {
    text = source
    self.blankLinesAfter = blankLinesAfter
  }

  /// Makes a `# ...` comment of a sentence.
  public init(_ sentence: String) { self.init(source: sentence.isEmpty ? "#" : "# " + sentence) }
}
