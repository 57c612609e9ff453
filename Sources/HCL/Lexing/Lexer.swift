/// The number of tokens of a text, blanks and comments included: what lexing alone costs.
package func tokenCount(of bytes: [UInt8]) -> Int { Lexer.tokens(of: bytes).count }

/// Cuts HCL's native syntax into tokens that cover every byte.
///
/// Templates nest: the lexer keeps a stack of what it stands in, so that it needs no recursion.
struct Lexer: ~Copyable {
  /// What surrounds the current place.
  enum Mode {
    /// At the top, or in `${` or `%{`.
    case code
    /// Between quotes.
    case quotes
    /// In a heredoc.
    case heredoc
  }

  /// A mode with what must be known in it.
  struct Frame {
    var mode: Mode
    /// The number of braces that are open inside of `${` or `%{`; negative at the top.
    var openBraces: Int32 = 0
    /// Where the marker of a heredoc stands.
    var markerStart = 0
    var markerEnd = 0
    /// Whether a line of a heredoc begins here.
    var isLineStart = false
  }

  let end: Int
  /// Whether blanks become tokens.
  private let keepsSpaces: Bool
  var position = 0
  var tokens: [Token] = []
  /// The indices of the comments among the tokens.
  private var comments: [Int] = []
  var frame = Frame(mode: .code, openBraces: -1)
  private var outerFrames: [Frame] = []

  /// All tokens of a text; the last is `end`.
  static func tokens(of bytes: [UInt8]) -> [Token] {
    var lexer = Lexer(count: bytes.count, keepsSpaces: true)
    lexer.run(bytes.span)
    return lexer.tokens
  }

  /// All tokens but blanks, and the indices of the comments among them: what the parser needs.
  static func parts(of bytes: [UInt8]) -> (tokens: [Token], comments: [Int]) {
    var lexer = Lexer(count: bytes.count, keepsSpaces: false)
    lexer.run(bytes.span)
    return (lexer.tokens, lexer.comments)
  }

  private init(count: Int, keepsSpaces: Bool) {
    end = count
    self.keepsSpaces = keepsSpaces
    tokens.reserveCapacity(count / (keepsSpaces ? 3 : 4) + 8)
  }

  private mutating func run(_ bytes: Span<UInt8>) {
    if end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      emit(.byteOrderMark, length: 3)
    }
    while position < end {
      switch frame.mode {
      case .code: lexCode(bytes)
      case .quotes: lexQuotes(bytes)
      case .heredoc: lexHeredoc(bytes)
      }
    }
    if frame.mode == .quotes { tokens.append(Token(.brokenQuote, end, end)) }
    tokens.append(Token(.end, end, end))
  }

  @inline(__always)
  mutating func emit(_ kind: Token.Kind, length: Int) {
    tokens.append(Token(kind, position, position &+ length))
    position &+= length
  }

  mutating func enter(_ inner: Frame) {
    outerFrames.append(frame)
    frame = inner
  }

  mutating func leaveFrame() {
    if let outer = outerFrames.popLast() { frame = outer }
  }

  /// The byte at a distance from the current place; 0 behind the end.
  @inline(__always)
  func byte(_ distance: Int, _ bytes: Span<UInt8>) -> UInt8 {
    position &+ distance < end ? bytes[position &+ distance] : 0
  }

  /// One token outside of literal text, or blanks.
  @inline(__always)
  private mutating func lexCode(_ bytes: Span<UInt8>) {
    let first = bytes[position]
    switch first {
    case 0x61...0x7A, 0x41...0x5A, 0x5F: lexName(bytes)
    case 0x20, 0x09:
      var index = position &+ 1
      while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index &+= 1 }
      if keepsSpaces { emit(.spaces, length: index &- position) } else { position = index }
    case 0x0A: emit(.newline, length: 1)
    case 0x0D where byte(1, bytes) == 0x0A: emit(.newline, length: 2)
    case UInt8(ascii: "."):
      let isEllipsis = byte(1, bytes) == first && byte(2, bytes) == first
      emit(isEllipsis ? .ellipsis : .dot, length: isEllipsis ? 3 : 1)
    case UInt8(ascii: "="):
      switch byte(1, bytes) {
      case UInt8(ascii: "="): emit(.equalEqual, length: 2)
      case UInt8(ascii: ">"): emit(.arrow, length: 2)
      default: emit(.equal, length: 1)
      }
    case UInt8(ascii: "\""):
      emit(.openQuote, length: 1)
      enter(Frame(mode: .quotes))
    case UInt8(ascii: ","): emit(.comma, length: 1)
    case UInt8(ascii: "("): emit(.openParenthesis, length: 1)
    case UInt8(ascii: ")"): emit(.closeParenthesis, length: 1)
    case UInt8(ascii: "["): emit(.openBracket, length: 1)
    case UInt8(ascii: "]"): emit(.closeBracket, length: 1)
    case UInt8(ascii: "{"):
      if frame.openBraces >= 0 { frame.openBraces += 1 }
      emit(.openBrace, length: 1)
    case UInt8(ascii: "}"), UInt8(ascii: "~"): lexCloseBrace(first, bytes)
    case 0x30...0x39: lexNumber(bytes)
    default: lexRare(first, bytes)
    }
  }

  private mutating func lexRare(_ first: UInt8, _ bytes: Span<UInt8>) {
    switch first {
    case UInt8(ascii: "#"): lexLineComment(bytes)
    case UInt8(ascii: "/"):
      switch byte(1, bytes) {
      case UInt8(ascii: "/"): lexLineComment(bytes)
      case UInt8(ascii: "*"): lexBlockComment(bytes)
      default: emit(.slash, length: 1)
      }
    case UInt8(ascii: "<") where byte(1, bytes) == UInt8(ascii: "<"): lexHeredocStart(bytes)
    case 0x80...: lexIdentifier(bytes)
    default: lexOperator(first, byte(1, bytes))
    }
  }

  private mutating func lexCloseBrace(_ first: UInt8, _ bytes: Span<UInt8>) {
    let length = first == UInt8(ascii: "~") ? 2 : 1
    if frame.openBraces == 0, length == 1 || byte(1, bytes) == UInt8(ascii: "}") {
      leaveFrame()
      return emit(.sequenceEnd, length: length)
    }
    if length == 2 { return emit(.invalid, length: 1) }
    if frame.openBraces > 0 { frame.openBraces -= 1 }
    emit(.closeBrace, length: 1)
  }

  private mutating func lexLineComment(_ bytes: Span<UInt8>) {
    var index = position
    while index < bytes.count, bytes[index] != 0x0A { index &+= 1 }
    comments.append(tokens.count)
    emit(.lineComment, length: min(index + 1, end) - position)
  }

  private mutating func lexBlockComment(_ bytes: Span<UInt8>) {
    var index = position + 2
    while index + 1 < end {
      if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/") {
        comments.append(tokens.count)
        return emit(.blockComment, length: index + 2 - position)
      }
      index += 1
    }
    emit(.unclosedComment, length: end - position)
  }

  /// An identifier that begins with a letter of ASCII or `_`.
  @inline(__always)
  private mutating func lexName(_ bytes: Span<UInt8>) {
    var index = position &+ 1
    while index < bytes.count, bytes[index].continuesIdentifier { index &+= 1 }
    if index < end, bytes[index] >= 0x80 { return lexIdentifier(bytes) }
    emit(.identifier, length: index &- position)
  }

  private mutating func lexIdentifier(_ bytes: Span<UInt8>) {
    let index = identifierEnd(from: position, bytes)
    if index > position { return emit(.identifier, length: index - position) }
    if let (_, length) = decodeScalar(bytes, at: position, end: end) {
      return emit(.invalid, length: length)
    }
    emit(.badUTF8, length: 1)
  }

  /// Behind the identifier that starts at an offset; the offset itself if none does.
  func identifierEnd(from start: Int, _ bytes: Span<UInt8>) -> Int {
    var index = start
    while index < end {
      let byte = bytes[index]
      if byte < 0x80 {
        guard index == start ? byte.beginsIdentifier : byte.continuesIdentifier else { break }
        index += 1
      } else {
        guard let (scalar, length) = decodeScalar(bytes, at: index, end: end) else { break }
        guard index == start ? scalar.beginsIdentifier : scalar.continuesIdentifier else { break }
        index += length
      }
    }
    return index
  }

  /// Digits, points and exponents as long as they can be told apart from what follows.
  private mutating func lexNumber(_ bytes: Span<UInt8>) {
    var index = position + 1
    var last = index
    while index < end {
      let byte = bytes[index]
      if byte.isDigit {
        index += 1
        last = index
      } else if byte == UInt8(ascii: ".") {
        index += 1
      } else if byte | 0x20 == UInt8(ascii: "e") {
        var digit = index + 1
        if digit < end, bytes[digit] == UInt8(ascii: "+") || bytes[digit] == UInt8(ascii: "-") {
          digit += 1
        }
        guard digit < end, bytes[digit].isDigit else { break }
        index = digit + 1
        last = index
      } else {
        break
      }
    }
    emit(.number, length: last - position)
  }

  private mutating func lexOperator(_ first: UInt8, _ second: UInt8) {
    let isEqual = second == UInt8(ascii: "=")
    switch first {
    case UInt8(ascii: "!"): emit(isEqual ? .notEqual : .not, length: isEqual ? 2 : 1)
    case UInt8(ascii: "<"): emit(isEqual ? .lessEqual : .less, length: isEqual ? 2 : 1)
    case UInt8(ascii: ">"): emit(isEqual ? .greaterEqual : .greater, length: isEqual ? 2 : 1)
    case UInt8(ascii: "&") where second == first: emit(.and, length: 2)
    case UInt8(ascii: "|") where second == first: emit(.or, length: 2)
    case UInt8(ascii: ":"):
      let isDouble = second == first
      emit(isDouble ? .doubleColon : .colon, length: isDouble ? 2 : 1)
    case UInt8(ascii: "+"): emit(.plus, length: 1)
    case UInt8(ascii: "-"): emit(.minus, length: 1)
    case UInt8(ascii: "*"): emit(.star, length: 1)
    case UInt8(ascii: "%"): emit(.percent, length: 1)
    case UInt8(ascii: "?"): emit(.question, length: 1)
    default: emit(.invalid, length: 1)
    }
  }
}
