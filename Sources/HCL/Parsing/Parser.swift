public import Diagnostics

/// How deeply brackets, blocks and templates may nest, and how many operators and accesses may
/// stand in a chain, unless whoever calls the parser says something else.
///
/// It is the height of the tree, every node counted. This much fits on the 8 MB of a main thread,
/// whatever is done with the tree; a thread with 512 KB holds 250, or 100 without optimization.
public let defaultNestingLimit = 1000

/// Reads a file of attributes and blocks.
///
/// It never fails: what can't be read is reported, and the rest comes out as a tree. What nests
/// more deeply than the limit is reported too.
public func parseBody(
  _ file: SourceFile, nestingLimit: Int = defaultNestingLimit, into diagnostics: inout Diagnostics
) -> Body {
  var parser = Parser(file, nestingLimit: nestingLimit)
  let body = parser.parseFileBody()
  parser.finishErrors()
  diagnostics.append(contentsOf: parser.diagnostics)
  return body
}

/// Reads a file that is one expression; lines may break anywhere in it.
///
/// It never fails: what can't be read is reported and comes out as an invalid expression. What
/// nests more deeply than the limit is reported too.
public func parseExpression(
  _ file: SourceFile, nestingLimit: Int = defaultNestingLimit, into diagnostics: inout Diagnostics
) -> Expression {
  var parser = Parser(file, nestingLimit: nestingLimit)
  let expression = parser.parseFileExpression()
  parser.finishErrors()
  diagnostics.append(contentsOf: parser.diagnostics)
  return expression
}

/// Reads tokens into a tree.
///
/// Each function leaves the parser behind what it read. After an error `isLost` is set, nothing
/// more is reported, and whoever holds a bracket or a line finds the way back to its end.
struct Parser: ~Copyable {
  /// How many errors of a file are told; of more nobody reads the rest.
  static let errorLimit = 100

  let file: SourceFile
  let bytes: [UInt8]
  /// All tokens but blanks.
  private(set) var tokens: [Token]
  /// The indices of the comments among them.
  let comments: [Int]
  /// How many expressions and bodies may surround a place, and how high a tree may be.
  let nestingLimit: Int
  var diagnostics = Diagnostics()
  /// The next token that the grammar sees.
  private(set) var next = 0
  /// Its kind; a comment that ends a line counts as a newline.
  private(set) var current = Token.Kind.end
  /// The token before it that the grammar saw; -1 at the start.
  private(set) var last = -1
  /// Where that ends.
  private var lastEnd = 0
  /// Whether the grammar doesn't see newlines here.
  var skipsNewlines = false
  /// Comments before this token are in the tree already.
  var commentCursor = 0
  /// How many comments are.
  var commentCount = 0
  /// The first comment that isn't yet; behind all tokens if there is none.
  var nextComment = 0
  /// The names of the attributes in the bodies around this place, outer ones first.
  var attributeNames: [Token] = []
  /// Operators and the like that wait for an operand, those of outer expressions first.
  var pending: [Pending] = []
  /// The first token of the innermost item around this place; nil in a block on one line.
  var itemStart: Int?
  /// Whether an error was reported from which nobody has found the way back.
  var isLost = false
  /// Whether it was reported that the file ends in a block.
  var isUnclosed = false
  /// How many errors were found behind those that are told, and where the first of them is.
  var hiddenErrors = 0
  var firstHidden: SourceRange?
  /// Whether the next token is the name of an item, at which a lost parser must stop.
  var isAtItem = false
  /// Whether it was reported that something nests too deeply.
  var isTooDeep = false
  /// How many expressions and bodies surround this place.
  var depth = 0
  /// How deep the expression that was read last is.
  var height = 0

  init(_ file: SourceFile, nestingLimit: Int) {
    self.file = file
    self.nestingLimit = nestingLimit
    bytes = file.bytes
    (tokens, comments) = Lexer.parts(of: file.bytes)
    nextComment = comments.first ?? Int.max
    see(skipTrivia(0))
  }

  var token: Token { tokens[next] }

  /// The first token at or behind an index that the grammar sees.
  func skipTrivia(_ index: Int) -> Int {
    var index = index
    while true {
      switch tokens[index].kind {
      case .byteOrderMark, .blockComment: index &+= 1
      case .newline, .lineComment:
        guard skipsNewlines else { return index }
        index &+= 1
      default: return index
      }
    }
  }

  /// Makes a token the next one.
  private mutating func see(_ index: Int) {
    next = index
    let kind = tokens[index].kind
    current = kind == .lineComment ? .newline : kind
  }

  mutating func advance() {
    guard current != .end else { return }
    last = next
    lastEnd = tokens[next].end
    see(skipTrivia(next &+ 1))
  }

  /// Goes back or forth in trivia behind the last token, as newlines are seen or not.
  mutating func setSkipsNewlines(_ skips: Bool) {
    guard skips != skipsNewlines else { return }
    skipsNewlines = skips
    // Nothing but newlines is seen in one mode and not in the other.
    if skips ? current == .newline : next > last &+ 1 { see(skipTrivia(last &+ 1)) }
  }

  /// Goes on to a token, past what can't be read.
  mutating func jump(to index: Int) {
    see(index)
    last = max(last, index - 1)
    lastEnd = last < 0 ? 0 : tokens[last].end
  }

  /// Takes a closing bracket of a wrong kind for the right one.
  mutating func replaceKind(at index: Int, by kind: Token.Kind) { tokens[index].kind = kind }

  /// Goes back to the token before the next one.
  mutating func stepBack() {
    see(last)
    last -= 1
    lastEnd = last < 0 ? 0 : tokens[last].end
  }

  /// The kind of the token behind the next one.
  func kindAfterNext() -> Token.Kind {
    guard tokens[next].kind != .end else { return .end }
    let kind = tokens[skipTrivia(next + 1)].kind
    return kind == .lineComment ? .newline : kind
  }

  func text(_ token: Token) -> String {
    String(decoding: bytes[token.start..<token.end], as: UTF8.self)
  }

  /// Whether two tokens are the same text.
  func isSame(_ left: Token, _ right: Token) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count
    where bytes[left.start &+ offset] != bytes[right.start &+ offset] { return false }
    return true
  }

  /// Words that mean something in places, as their bytes from the lowest up: comparing numbers
  /// costs less than making texts.
  enum Word: UInt64 {
    case `if` = 0x6669
    case `in` = 0x6E69
    case `for` = 0x72_6F66
    case null = 0x6C6C_756E
    case `true` = 0x6575_7274
    case `false` = 0x65_736C_6166
  }

  /// The word that a token is, if it is one of those.
  func word(_ token: Token) -> Word? {
    guard token.count <= 5, token.kind == .identifier else { return nil }
    var packed: UInt64 = 0
    var index = token.end
    while index > token.start {
      index &-= 1
      packed = packed << 8 | UInt64(bytes[index])
    }
    return Word(rawValue: packed)
  }

  func isNext(_ keyword: Word) -> Bool { current == .identifier && word(token) == keyword }

  /// From an offset to the end of the last token.
  func origin(from start: Int) -> Origin {
    Origin(start, max(start, lastEnd))
  }

  func origin(_ token: Token) -> Origin { Origin(token.start, token.end) }

  /// Whether a line ends between two tokens.
  func hasNewline(_ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      if tokens[index].kind == .newline || tokens[index].kind == .lineComment { return true }
      index &+= 1
    }
    return false
  }

  mutating func parseFileExpression() -> Expression {
    setSkipsNewlines(true)
    var expression = parseExpression()
    if !isLost, current != .end {
      fail(
        Problem(
          id: "hcl.expected-end", summary: "Expected the end of the expression, found \(found)",
          help: "Remove what follows, or join it with an operator."))
    }
    commentsBehind(&expression)
    return expression
  }
}
