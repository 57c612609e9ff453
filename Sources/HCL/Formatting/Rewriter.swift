/// Reads tokens into the cells of a layout, and rewrites spellings of old times as it goes.
///
/// The text has to follow the grammar; with another one it does anything but crash.
struct Rewriter {
  let bytes: [UInt8]
  let tokens: [Token]
  private(set) var cells: [Layout.Cell] = []
  /// Texts that aren't in the source.
  ///
  /// The first byte is none of them, so that none has the address of the source's end.
  private(set) var additions: [UInt8] = []
  /// Whether the cells differ from the tokens.
  var hasRewritten = false
  /// The index of the next token.
  var next = 0
  /// How many blocks are open.
  private var depth = 0
  /// Whether the outermost open block declares a variable.
  private var isInVariable = false

  init(bytes: [UInt8], tokens: [Token]) {
    self.bytes = bytes
    self.tokens = tokens
    cells.reserveCapacity(tokens.count)
  }

  /// The kind of the next token.
  var kind: Token.Kind { next < tokens.count ? tokens[next].kind : .end }

  mutating func run() {
    while next < tokens.count {
      switch tokens[next].kind {
      case .identifier: readItem()
      case .closeBrace:
        depth -= 1
        copy()
      default: copy()
      }
    }
  }

  /// Takes the next token over.
  @inline(__always)
  mutating func copy() {
    let token = tokens[next]
    next += 1
    switch token.kind {
    case .spaces: break
    case .byteOrderMark: hasRewritten = true
    case .end: cells.append(Layout.Cell(token, blanks: blanksAtEnd(of: tokens)))
    default: cells.append(Layout.Cell(token))
    }
  }

  /// Takes tokens over up to one.
  mutating func copy(upTo index: Int) {
    while next < index { copy() }
  }

  /// Passes tokens over up to one.
  mutating func drop(upTo index: Int) {
    if next < index { hasRewritten = true }
    next = max(next, index)
  }

  /// Adds a token that isn't in the source.
  mutating func add(_ kind: Token.Kind, _ text: some Collection<UInt8>) {
    hasRewritten = true
    if additions.isEmpty { additions.append(0) }
    let start = bytes.count + additions.count
    additions.append(contentsOf: text)
    let token = Token(kind, start, bytes.count + additions.count)
    cells.append(Layout.Cell(token))
  }

  /// The bytes of a token.
  func text(_ token: Token) -> ArraySlice<UInt8> { bytes[token.start..<token.end] }

  /// The first index at or behind one whose token is neither blank nor a comment within a line.
  func skipTrivia(_ index: Int) -> Int {
    var index = index
    while index < tokens.count,
      tokens[index].kind == .spaces || tokens[index].kind == .blockComment
    {
      index += 1
    }
    return index
  }

  /// Reads an attribute, or a block up to its brace.
  private mutating func readItem() {
    let name = tokens[next]
    copy()
    let sign = skipTrivia(next)
    guard sign < tokens.count, tokens[sign].kind == .equal else {
      readLabels()
      if kind == .openBrace {
        copy()
        if depth == 0 { isInVariable = text(name).elementsEqual("variable".utf8) }
        depth += 1
      }
      return
    }
    copy(upTo: skipTrivia(sign + 1))
    if depth == 1, isInVariable, text(name).elementsEqual("type".utf8) {
      readType()
    } else if kind == .openQuote {
      readQuoted()
    }
    copyExpression()
  }

  /// Takes the rest of an expression over, up to the end of its line or block.
  private mutating func copyExpression() {
    var depth = 0
    while next < tokens.count {
      let kind = tokens[next].kind
      let change = kind.bracketChange
      if change != 0 {
        depth += change
        if depth < 0 { return }
      } else if depth == 0, kind == .newline || kind == .lineComment || kind == .end {
        return
      }
      copy()
    }
  }
}
