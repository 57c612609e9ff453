extension Rewriter {
  /// Reads a value that begins with a quote; `"${x}"` becomes `x`.
  mutating func readQuoted() {
    guard next + 1 < tokens.count, tokens[next + 1].kind == .interpolation,
      let end = endOfInterpolation()
    else { return }
    // In front of the end stand `}` and the quote.
    var inside = (next + 2..<end - 2).filter { tokens[$0].kind != .spaces }[...]
    guard !inside.isEmpty, !holdsTemplates(inside) else { return }
    while let first = inside.first, tokens[first].kind == .newline { inside.removeFirst() }
    while let last = inside.last, tokens[last].kind == .newline { inside.removeLast() }
    let breaks = inside.contains { tokens[$0].kind == .newline }
    let isWrapped =
      inside.first.map { tokens[$0].kind } == .openParenthesis
      && inside.last.map { tokens[$0].kind } == .closeParenthesis
    if breaks && !isWrapped { add(.openParenthesis, "(".utf8) }
    for index in inside {
      drop(upTo: index)
      copy()
    }
    if breaks && !isWrapped { add(.closeParenthesis, ")".utf8) }
    drop(upTo: end)
  }

  /// Behind the quoted text that is the next token, if nothing but comments follows in the
  /// expression and a sequence ends right before its last quote.
  private func endOfInterpolation() -> Int? {
    var depth = 0
    var index = next + 1
    while index < tokens.count {
      let kind = tokens[index].kind
      if kind == .closeQuote && depth == 0 { break }
      if kind.isBroken || kind == .end { return nil }
      depth += kind.bracketChange
      index += 1
    }
    guard index < tokens.count, tokens[index - 1].kind == .sequenceEnd,
      endsExpression(at: index + 1)
    else { return nil }
    return index + 1
  }

  /// Whether an expression that ends before an index is at its end.
  private func endsExpression(at index: Int) -> Bool {
    let end = skipTrivia(index)
    guard end < tokens.count else { return true }
    switch tokens[end].kind {
    case .newline, .lineComment, .closeBrace, .end: return true
    default: return false
    }
  }

  /// Whether there is text or another sequence outside of inner quotes.
  private func holdsTemplates(_ inside: ArraySlice<Int>) -> Bool {
    var quotes = 0
    for index in inside {
      switch tokens[index].kind {
      case .openQuote: quotes += 1
      case .closeQuote: quotes -= 1
      case .interpolation, .sequenceEnd, .quotedText: if quotes <= 0 { return true }
      default: break
      }
    }
    return false
  }

  /// Reads the type of a variable; names without element types and quoted names become types.
  mutating func readType() {
    switch kind {
    case .identifier:
      let word = text(tokens[next])
      guard ["list", "map", "set"].contains(where: { word.elementsEqual($0.utf8) }),
        endsExpression(at: next + 1)
      else { return }
      copy()
      add(.openParenthesis, "(".utf8)
      add(.identifier, "any".utf8)
      add(.closeParenthesis, ")".utf8)
    case .openQuote:
      guard next + 2 < tokens.count, tokens[next + 1].kind == .quotedText,
        tokens[next + 2].kind == .closeQuote, endsExpression(at: next + 3)
      else { return }
      let word = text(tokens[next + 1])
      let isCollection = ["list", "map"].contains { word.elementsEqual($0.utf8) }
      guard isCollection || word.elementsEqual("string".utf8) else { return }
      drop(upTo: next + 1)
      if isCollection {
        add(.identifier, word)
        add(.openParenthesis, "(".utf8)
      }
      add(.identifier, "string".utf8)
      if isCollection { add(.closeParenthesis, ")".utf8) }
      drop(upTo: next + 2)
    default: break
    }
  }
}
