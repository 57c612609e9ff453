extension Layout {
  /// Decides the blanks between neighbours; the assigned part of a line starts afresh.
  mutating func space() {
    for line in lines {
      space(line.lead)
      if let first = line.assign.first { cells[first].blanks = 1 }
      space(line.assign)
    }
  }

  private mutating func space(_ range: Range<Int>) {
    var before: Token.Kind?
    for index in range.dropLast() {
      let kind = cells[index].kind
      let isKeyword = kind == .identifier && isIn(cells[index].token)
      let isSpaced = Layout.isSpaced(
        kind, isIn: isKeyword, before: before, after: cells[index + 1].kind)
      cells[index + 1].blanks = isSpaced ? 1 : 0
      before = kind
    }
  }

  private func isIn(_ token: Token) -> Bool {
    token.count == 2 && bytes[token.start] == UInt8(ascii: "i")
      && bytes[token.start + 1] == UInt8(ascii: "n")
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
    case (.minus, _): !before.isNegationContext
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

extension Token.Kind? {
  /// Whether a minus behind it is a sign, not an operation.
  fileprivate var isNegationContext: Bool {
    switch self {
    case nil: true
    case .openParenthesis, .openBrace, .openBracket, .equal, .colon, .comma, .question: true
    case .plus, .star, .slash, .percent, .minus: true
    case .equalEqual, .notEqual, .greater, .greaterEqual, .less, .lessEqual: true
    case .and, .or, .not: true
    default: false
    }
  }
}
