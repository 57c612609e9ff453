public import Diagnostics

/// Reads a file of attributes and blocks.
///
/// It never fails: what can't be read is reported, and the rest comes out as a tree.
public func parseBody(_ file: SourceFile, into diagnostics: inout Diagnostics) -> Body {
  var parser = Parser(file)
  let body = parser.parseFileBody()
  diagnostics.append(contentsOf: parser.diagnostics)
  return body
}

/// Reads a file that is one expression; lines may break anywhere in it.
///
/// It never fails: what can't be read is reported and comes out as an invalid expression.
public func parseExpression(
  _ file: SourceFile, into diagnostics: inout Diagnostics
) -> Expression {
  var parser = Parser(file)
  let expression = parser.parseFileExpression()
  diagnostics.append(contentsOf: parser.diagnostics)
  return expression
}

/// Reads tokens into a tree.
///
/// Each function leaves the parser behind what it read. After an error `isLost` is set, nothing
/// more is reported, and whoever holds a bracket or a line finds the way back to its end.
struct Parser: ~Copyable {
  /// How deeply brackets, blocks and templates may nest.
  ///
  /// Nobody nests that deep by hand, and it fits on a stack of 512 KB without optimization.
  static let nestingLimit = 64
  /// How high a tree may be, which is to say how long chains of operators and accesses.
  static let heightLimit = 150

  let file: SourceFile
  let bytes: [UInt8]
  let tokens: [Token]
  var diagnostics = Diagnostics()
  /// The next token that the grammar sees.
  var next = 0
  /// The token before it that the grammar saw; -1 at the start.
  var last = -1
  /// Whether the grammar doesn't see newlines here.
  var skipsNewlines = false
  /// Comments before this token are in the tree already.
  var commentCursor = 0
  /// Whether an error was reported from which nobody has found the way back.
  var isLost = false
  /// Whether the next token is the name of an item, at which a lost parser must stop.
  var isAtItem = false
  /// Whether it was reported that something nests too deeply.
  var isTooDeep = false
  /// How many expressions and bodies surround this place.
  var depth = 0
  /// How deep the expression that was read last is.
  var height = 0

  init(_ file: SourceFile) {
    self.file = file
    bytes = file.bytes
    tokens = Lexer.tokens(of: file.bytes)
    next = skipTrivia(0)
  }

  /// The kind of the next token; a comment that ends a line counts as a newline.
  var current: Token.Kind {
    let kind = tokens[next].kind
    return kind == .lineComment ? .newline : kind
  }

  var token: Token { tokens[next] }

  /// The first token at or behind an index that the grammar sees.
  func skipTrivia(_ index: Int) -> Int {
    var index = index
    while true {
      switch tokens[index].kind {
      case .spaces, .byteOrderMark, .blockComment: index += 1
      case .newline, .lineComment:
        guard skipsNewlines else { return index }
        index += 1
      default: return index
      }
    }
  }

  mutating func advance() {
    guard tokens[next].kind != .end else { return }
    last = next
    next = skipTrivia(next + 1)
  }

  /// Goes back or forth in trivia behind the last token, as newlines are seen or not.
  mutating func setSkipsNewlines(_ skips: Bool) {
    guard skips != skipsNewlines else { return }
    skipsNewlines = skips
    next = skipTrivia(last + 1)
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

  func isNext(_ keyword: StaticString) -> Bool {
    let token = tokens[next]
    guard token.kind == .identifier, token.count == keyword.utf8CodeUnitCount else { return false }
    return text(token) == keyword.description
  }

  /// From an offset to the end of the last token.
  func origin(from start: Int) -> Origin {
    Origin(SourceRange(start, max(start, last < 0 ? start : tokens[last].end)))
  }

  func origin(_ token: Token) -> Origin { Origin(SourceRange(token.start, token.end)) }

  /// Whether a line ends between two tokens.
  func hasNewline(_ range: Range<Int>) -> Bool {
    range.contains { tokens[$0].kind == .newline || tokens[$0].kind == .lineComment }
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
