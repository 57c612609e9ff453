/// The blanks between neighbouring tokens of a line.
struct Spacing: Sendable {
  /// The rules as a table.
  static let table = Spacing()

  private static let width = 64
  /// 0 and 1 are the blanks themselves.
  private static let afterIn: UInt8 = 2
  private static let afterMinus: UInt8 = 3

  private let rules: [UInt8]

  private init() {
    var rules = [UInt8](repeating: 0, count: Self.width * Self.width)
    for subject in Token.Kind.allCases {
      for after in Token.Kind.allCases {
        let place = Int(subject.rawValue) * Self.width + Int(after.rawValue)
        let plain = Self.isSpaced(subject, isIn: false, before: nil, after: after)
        let other = Self.isSpaced(subject, isIn: true, before: .identifier, after: after)
        rules[place] =
          plain == other ? (plain ? 1 : 0) : subject == .minus ? Self.afterMinus : Self.afterIn
      }
    }
    self.rules = rules
  }

  /// The blanks between two tokens.
  ///
  /// - Parameters:
  ///   - subject: The first.
  ///   - after: The second.
  ///   - before: The one before the first; `end` if there is none on the line.
  ///   - isIn: Whether the first is the word `in`.
  /// - Returns: 0 or 1.
  @inline(__always)
  func blanks(
    between subject: Token.Kind, _ after: Token.Kind, before: Token.Kind, isIn: Bool
  ) -> UInt32 {
    let rule = rules[Int(subject.rawValue) &* Self.width &+ Int(after.rawValue)]
    if rule < 2 { return UInt32(rule) }
    if rule == Self.afterIn { return isIn && before == .identifier ? 1 : 0 }
    return before.isNegationContext ? 0 : 1
  }

  /// Whether a blank stands between a token and the one after it.
  private static func isSpaced(
    _ subject: Token.Kind, isIn: Bool, before: Token.Kind?, after: Token.Kind
  ) -> Bool {
    switch (subject, after) {
    case (_, .newline), (.identifier, .openParenthesis): false
    case (.identifier, .doubleColon), (.doubleColon, .identifier): false
    case (.dot, _), (_, .dot), (_, .comma), (_, .ellipsis): false
    case (.comma, _): true
    case (.quotedText, _), (.heredocText, _), (.openQuote, _), (.openHeredoc, _): false
    case (_, .quotedText), (_, .heredocText), (_, .closeQuote), (_, .closeHeredoc): false
    case (.identifier, _) where isIn && before == .identifier: true
    case (.identifier, .openBracket), (.number, .openBracket): false
    case (_, .openBracket) where subject.bracketChange < 0: false
    case (.not, _): false
    case (.minus, _): !(before ?? .end).isNegationContext
    case (.openBrace, _), (_, .closeBrace): subject != .openBrace || after != .closeBrace
    case (.interpolation, .openBrace), (.directive, .openBrace): true
    case (.closeBrace, .sequenceEnd): true
    case (.sequenceEnd, .interpolation), (.sequenceEnd, .directive): false
    case _ where subject.bracketChange > 0: false
    case _ where after.bracketChange < 0: false
    default: true
    }
  }
}

extension Token.Kind {
  /// Whether a minus behind it is a sign, not an operation; `end` stands for the line's start.
  fileprivate var isNegationContext: Bool {
    switch self {
    case .end: true
    case .openParenthesis, .openBrace, .openBracket, .equal, .colon, .comma, .question: true
    case .plus, .star, .slash, .percent, .minus: true
    case .equalEqual, .notEqual, .greater, .greaterEqual, .less, .lessEqual: true
    case .and, .or, .not: true
    default: false
    }
  }
}
