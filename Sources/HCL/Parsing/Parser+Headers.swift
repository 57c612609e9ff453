internal import Diagnostics

extension Parser {
  /// Reads labels up to the opening brace; false where the way is lost.
  mutating func parseHeader(_ type: Token, _ block: inout Block) -> Bool {
    if current != .openBrace { block.labels.reserveCapacity(2) }
    while current == .identifier || current == .openQuote {
      guard let label = parseLabel() else { return false }
      block.labels.append(label)
    }
    block.headerOrigin = origin(from: type.start)
    if current == .openBrace { return true }
    fail(.expectedBrace(found))
    return false
  }

  private mutating func parseLabel() -> Label? {
    if current == .identifier {
      defer { advance() }
      return Label(text(token), isQuoted: false, origin: origin(token))
    }
    let start = token.start
    advance()
    var label = ""
    while current == .quotedText {
      let text = literalText(token, isQuoted: true)
      if label.isEmpty { label = text } else { label += text }
      advance()
    }
    guard current == .closeQuote else {
      fail(
        current == .brokenQuote
          ? unclosedString(at: Token(.brokenQuote, start, token.end)) : .labelTemplate)
      return nil
    }
    advance()
    return Label(label, origin: origin(from: start))
  }

  // MARK: Damaged headers

  /// Reads the body of a block whose header is damaged, for the errors in it; it doesn't come into
  /// the tree.
  mutating func parseBodyBehindHeader(_ type: Token) {
    guard let brace = braceBehindHeader() else { return }
    if enter() {
      jump(to: brace)
      isLost = false
      var block = Block(text(type))
      parseBlockBody(&block)
      if !isLost { endLine(of: &block.trivia, behind: .block, type) }
    }
    leave()
  }

  /// The brace with which the body begins whose header the parser got lost in: the last thing on
  /// the line, or the first on a later one.
  private mutating func braceBehindHeader() -> Int? {
    guard !isTooDeep, !isAtItem, diagnostics.items.count < Parser.errorLimit else { return nil }
    var (index, depth) = (next, 0)
    while true {
      let kind = tokens[index].kind
      switch kind {
      case .newline where isBraceOnNextLine(index), .lineComment where isBraceOnNextLine(index):
        while tokens[index].kind != .openBrace { index += 1 }
        return index
      case .end: return nil
      case .brokenQuote:
        // A label that isn't closed took the brace in.
        guard endsWithBrace(tokens[index - 1]) else { return nil }
        replaceKind(at: index, by: .openBrace)
        return index
      case .openBrace where depth == 0:
        let behind = tokens[skipBlockComments(index + 1)].kind
        return behind == .newline || behind == .lineComment ? index : nil
      case .interpolation, .directive, .sequenceEnd: depth += kind.bracketChange
      case .identifier, .number, .openQuote, .closeQuote, .quotedText, .dot, .minus, .comma,
        .invalid, .blockComment:
        break
      default: if depth == 0 { return nil }
      }
      index += 1
    }
  }

  /// Whether the last of some text is an opening brace.
  private func endsWithBrace(_ text: Token) -> Bool {
    guard text.kind == .quotedText else { return false }
    let last = bytes[text.start..<text.end].last { $0 != 0x20 && $0 != 0x09 }
    return last == UInt8(ascii: "{")
  }

  private func skipBlockComments(_ index: Int) -> Int {
    var index = index
    while tokens[index].kind == .blockComment { index += 1 }
    return index
  }
}

// MARK: - Messages

extension Parser.Problem {
  fileprivate static func expectedBrace(_ found: String) -> Self {
    Self(
      id: "hcl.expected-brace", summary: "Expected `{` or a label, found \(found)",
      help: "A block is `type \"label\" { ... }`, with `{` on the line of the type.")
  }

  fileprivate static var labelTemplate: Self {
    Self(
      id: "hcl.invalid-label", summary: "A label can't hold a template",
      detail: "Labels are known before anything is evaluated.",
      help: "For the characters `${` themselves write `$${`.")
  }
}
