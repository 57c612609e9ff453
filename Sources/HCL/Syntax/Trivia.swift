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

  private var comments: Comments?
  private var blankLineCount: Int32

  /// Makes trivia.
  public init(
    blankLines: Int = 0, leading: [Comment] = [], opening: Comment? = nil,
    trailing: Comment? = nil
  ) {
    blankLineCount = Int32(clamping: blankLines)
    if !leading.isEmpty || opening != nil || trailing != nil {
      comments = .some(Around(leading: leading, opening: opening, trailing: trailing))
    }
  }

  /// Blank lines between what stands above and the item, or its first comment.
  public var blankLines: Int {
    get { Int(blankLineCount) }
    set { blankLineCount = Int32(clamping: newValue) }
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

  /// Puts what stands behind the item before it, as behind a heredoc no comment can stand; whether
  /// there was any.
  mutating func moveTrailing() -> Bool {
    guard let comment = trailing else { return false }
    leading += comment.pieces
    trailing = nil
    return true
  }

  /// The same before a closer: comments behind the last item.
  var asClosing: ClosingComments {
    guard var last = leading.last else { return ClosingComments() }
    last.blankLinesAfter = 0
    return ClosingComments(leading.dropLast() + [last], blankLines: blankLines)
  }

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

/// Comments behind the last item of a list, with the blank lines before them.
struct ClosingComments: Hashable, Sendable {
  private indirect enum Box: Hashable, Sendable {
    case some([Comment], blankLines: Int)
  }

  // Most lists end without any, and then hold nothing that must be counted.
  private var box: Box?

  init(_ comments: [Comment] = [], blankLines: Int = 0) {
    if !comments.isEmpty || blankLines != 0 { box = .some(comments, blankLines: blankLines) }
  }

  var comments: [Comment] {
    get { if case .some(let comments, _)? = box { comments } else { [] } }
    set { self = ClosingComments(newValue, blankLines: blankLines) }
  }

  var blankLines: Int {
    get { if case .some(_, let blankLines)? = box { blankLines } else { 0 } }
    set { self = ClosingComments(comments, blankLines: newValue) }
  }
}
