/// A piece of source text; tokens lie side by side and cover the whole input.
struct Token: Hashable, Sendable {
  /// What the token is.
  var kind: Kind
  /// Whether literal text stands for itself: no escape can be in it.
  var isPlain = false
  private var lower: UInt32
  private var upper: UInt32

  init(_ kind: Kind, _ start: Int, _ end: Int) {
    self.kind = kind
    lower = UInt32(truncatingIfNeeded: start)
    upper = UInt32(truncatingIfNeeded: end)
  }

  /// The first byte.
  var start: Int { Int(lower) }
  /// Behind the last byte.
  var end: Int { Int(upper) }
  /// The number of bytes.
  var count: Int { Int(upper &- lower) }
}

extension Token {
  /// The kinds of tokens.
  enum Kind: UInt8, Sendable, CaseIterable {
    // What the grammar doesn't see.
    case byteOrderMark
    case spaces
    /// `\n` or `\r\n`.
    case newline
    /// `# ...` or `// ...` with the line's end.
    case lineComment
    /// `/* ... */`
    case blockComment

    case identifier
    case number

    case openBrace
    case closeBrace
    case openBracket
    case closeBracket
    case openParenthesis
    case closeParenthesis

    /// `=`
    case equal
    /// `=>`
    case arrow
    case equalEqual
    case notEqual
    case less
    case lessEqual
    case greater
    case greaterEqual
    case and
    case or
    case not
    case plus
    case minus
    case star
    case slash
    case percent
    case question
    case colon
    case doubleColon
    case comma
    case dot
    case ellipsis

    /// `"` at either end of a quoted template.
    case openQuote
    case closeQuote
    /// Literal text in quotes, with its escapes.
    case quotedText
    /// Empty; stands where a line ended inside of quotes, which closes them.
    case brokenQuote
    /// `<<EOT` with the line's end.
    case openHeredoc
    /// The whole last line of a heredoc without its end.
    case closeHeredoc
    /// A line of a heredoc with its end, or what stands before or behind a sequence.
    case heredocText
    /// `${` or `${~`
    case interpolation
    /// `%{` or `%{~`
    case directive
    /// `}` or `~}`
    case sequenceEnd

    /// Nothing that HCL knows.
    case invalid
    /// `/*` without its end.
    case unclosedComment
    /// A byte that isn't UTF-8.
    case badUTF8
    /// Empty; the last one.
    case end

    /// +1 for what opens a bracket, -1 for what closes one.
    var bracketChange: Int {
      switch self {
      case .openBrace, .openBracket, .openParenthesis, .interpolation, .directive: 1
      case .closeBrace, .closeBracket, .closeParenthesis, .sequenceEnd: -1
      default: 0
      }
    }

    /// Whether the grammar sees it at all (newlines count only in places).
    var isTrivia: Bool { rawValue <= Kind.blockComment.rawValue }

    /// Whether nothing can be made of it.
    var isBroken: Bool {
      switch self {
      case .invalid, .unclosedComment, .badUTF8, .brokenQuote: true
      default: false
      }
    }
  }
}
