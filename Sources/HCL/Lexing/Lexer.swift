/// The number of tokens of a text, blanks and comments included: what lexing alone costs.
package func tokenCount(of bytes: [UInt8]) -> Int { Lexer.tokens(of: bytes).count }

/// Cuts HCL's native syntax into tokens that cover every byte.
///
/// Templates nest: the lexer keeps a stack of what it stands in, so that it needs no recursion.
struct Lexer {
  /// What surrounds the current place.
  enum Mode {
    /// In `${` or `%{`, with the number of braces that are open inside.
    case sequence(openBraces: Int)
    /// Between quotes.
    case quotes
    /// In a heredoc whose marker stands at a range.
    case heredoc(marker: Range<Int>, isLineStart: Bool)
  }

  let bytes: [UInt8]
  let end: Int
  var position = 0
  var tokens: [Token] = []
  var modes: [Mode] = []

  /// All tokens of a text; the last is `end`.
  static func tokens(of bytes: [UInt8]) -> [Token] {
    var lexer = Lexer(bytes: bytes)
    lexer.run()
    return lexer.tokens
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    end = bytes.count
    tokens.reserveCapacity(bytes.count / 4 + 8)
  }

  private mutating func run() {
    if end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      emit(.byteOrderMark, length: 3)
    }
    while position < end {
      switch modes.last {
      case nil, .sequence: lexCode()
      case .quotes: lexQuotes()
      case .heredoc(let marker, let isLineStart):
        lexHeredoc(marker: marker, isLineStart: isLineStart)
      }
    }
    if case .quotes = modes.last { tokens.append(Token(.brokenQuote, end, end)) }
    tokens.append(Token(.end, end, end))
  }

  @inline(__always)
  mutating func emit(_ kind: Token.Kind, length: Int) {
    tokens.append(Token(kind, position, position + length))
    position += length
  }

  @inline(__always)
  func byte(_ distance: Int) -> UInt8 {
    position + distance < end ? bytes[position + distance] : 0
  }

  /// One token outside of literal text.
  private mutating func lexCode() {
    let first = bytes[position]
    switch first {
    case 0x20, 0x09:
      var length = 1
      while byte(length) == 0x20 || byte(length) == 0x09 { length += 1 }
      emit(.spaces, length: length)
    case 0x0A: emit(.newline, length: 1)
    case 0x0D where byte(1) == 0x0A: emit(.newline, length: 2)
    case UInt8(ascii: "#"): lexLineComment()
    case UInt8(ascii: "/"):
      switch byte(1) {
      case UInt8(ascii: "/"): lexLineComment()
      case UInt8(ascii: "*"): lexBlockComment()
      default: emit(.slash, length: 1)
      }
    case UInt8(ascii: "\""):
      emit(.openQuote, length: 1)
      modes.append(.quotes)
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "~"): lexBrace(first)
    case UInt8(ascii: "<") where byte(1) == UInt8(ascii: "<"): lexHeredocStart()
    case _ where first.isDigit: lexNumber()
    case _ where first.beginsIdentifier || first >= 0x80: lexIdentifier()
    default: lexOperator(first)
    }
  }

  private mutating func lexBrace(_ first: UInt8) {
    var openBraces: Int?
    if case .sequence(let count) = modes.last { openBraces = count }
    if first == UInt8(ascii: "{") {
      if let openBraces { modes[modes.count - 1] = .sequence(openBraces: openBraces + 1) }
      return emit(.openBrace, length: 1)
    }
    let length = first == UInt8(ascii: "~") ? 2 : 1
    if openBraces == 0, length == 1 || byte(1) == UInt8(ascii: "}") {
      modes.removeLast()
      return emit(.sequenceEnd, length: length)
    }
    if length == 2 { return emit(.invalid, length: 1) }
    if let openBraces { modes[modes.count - 1] = .sequence(openBraces: openBraces - 1) }
    emit(.closeBrace, length: 1)
  }

  private mutating func lexLineComment() {
    var index = position
    while index < end, bytes[index] != 0x0A { index += 1 }
    emit(.lineComment, length: min(index + 1, end) - position)
  }

  private mutating func lexBlockComment() {
    var index = position + 2
    while index + 1 < end {
      if bytes[index] == UInt8(ascii: "*"), bytes[index + 1] == UInt8(ascii: "/") {
        return emit(.blockComment, length: index + 2 - position)
      }
      index += 1
    }
    emit(.unclosedComment, length: end - position)
  }

  private mutating func lexIdentifier() {
    let index = identifierEnd(from: position)
    if index > position { return emit(.identifier, length: index - position) }
    if let (_, length) = decodeScalar(bytes, at: position, end: end) {
      return emit(.invalid, length: length)
    }
    emit(.badUTF8, length: 1)
  }

  /// Behind the identifier that starts at an offset; the offset itself if none does.
  func identifierEnd(from start: Int) -> Int {
    var index = start
    while index < end {
      let byte = bytes[index]
      if byte < 0x80 {
        guard index == start ? byte.beginsIdentifier : byte.continuesIdentifier else { break }
        index += 1
      } else {
        guard let (scalar, length) = decodeScalar(bytes, at: index, end: end) else { break }
        let properties = scalar.properties
        guard index == start ? properties.isIDStart : properties.isIDContinue else { break }
        index += length
      }
    }
    return index
  }

  /// Digits, points and exponents as long as they can be told apart from what follows.
  private mutating func lexNumber() {
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

  private mutating func lexOperator(_ first: UInt8) {
    let second = byte(1)
    let isEqual = second == UInt8(ascii: "=")
    switch first {
    case UInt8(ascii: "="):
      if isEqual { return emit(.equalEqual, length: 2) }
      if second == UInt8(ascii: ">") { return emit(.arrow, length: 2) }
      emit(.equal, length: 1)
    case UInt8(ascii: "!"): emit(isEqual ? .notEqual : .not, length: isEqual ? 2 : 1)
    case UInt8(ascii: "<"): emit(isEqual ? .lessEqual : .less, length: isEqual ? 2 : 1)
    case UInt8(ascii: ">"): emit(isEqual ? .greaterEqual : .greater, length: isEqual ? 2 : 1)
    case UInt8(ascii: "&") where second == first: emit(.and, length: 2)
    case UInt8(ascii: "|") where second == first: emit(.or, length: 2)
    case UInt8(ascii: ":"):
      let isDouble = second == first
      emit(isDouble ? .doubleColon : .colon, length: isDouble ? 2 : 1)
    case UInt8(ascii: "."):
      let isEllipsis = second == first && byte(2) == first
      emit(isEllipsis ? .ellipsis : .dot, length: isEllipsis ? 3 : 1)
    case UInt8(ascii: "["): emit(.openBracket, length: 1)
    case UInt8(ascii: "]"): emit(.closeBracket, length: 1)
    case UInt8(ascii: "("): emit(.openParenthesis, length: 1)
    case UInt8(ascii: ")"): emit(.closeParenthesis, length: 1)
    case UInt8(ascii: "+"): emit(.plus, length: 1)
    case UInt8(ascii: "-"): emit(.minus, length: 1)
    case UInt8(ascii: "*"): emit(.star, length: 1)
    case UInt8(ascii: "%"): emit(.percent, length: 1)
    case UInt8(ascii: "?"): emit(.question, length: 1)
    case UInt8(ascii: ","): emit(.comma, length: 1)
    default: emit(.invalid, length: 1)
    }
  }
}
