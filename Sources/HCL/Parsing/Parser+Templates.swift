internal import Diagnostics

extension Parser {
  /// Reads `"..."`.
  mutating func parseQuoted(into result: inout Expression) {
    let start = token
    advance()
    if current == .quotedText, tokens[next + 1].kind == .closeQuote {
      return readText(start, &result)
    }
    var parts: [TemplatePart] = []
    parseParts(isIn: nil, into: &parts)
    endQuoted(start, parts, &result)
  }

  private mutating func readText(_ start: Token, _ result: inout Expression) {
    let text = literalText(token, isQuoted: true)
    advance()
    advance()
    result = .template(Template(text: text, origin: origin(from: start.start)))
  }

  @inline(never)
  private mutating func endQuoted(
    _ start: Token, _ parts: [TemplatePart], _ result: inout Expression
  ) {
    result = .invalid(origin(from: start.start))
    if isLost { return }
    guard current == .closeQuote else {
      fail(unclosedString(at: Token(.brokenQuote, start.start, token.end)))
      return
    }
    advance()
    result = .template(Template(parts, origin: origin(from: start.start)))
  }

  /// Reads `<<EOT ... EOT` or `<<-EOT ... EOT`.
  @inline(never)
  mutating func parseHeredoc(into result: inout Expression) {
    let start = token
    advance()
    var parts: [TemplatePart] = []
    parseParts(isIn: nil, into: &parts)
    result = .invalid(origin(from: start.start))
    if !isLost { endHeredoc(start, &parts, &result) }
  }

  @inline(never)
  private mutating func endHeredoc(
    _ start: Token, _ parts: inout [TemplatePart], _ result: inout Expression
  ) {
    let isIndented = bytes[start.start + 2] == UInt8(ascii: "-")
    let introducer = bytes[start.start + (isIndented ? 3 : 2)..<start.end]
    let marker = String(
      decoding: introducer.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    guard current == .closeHeredoc else {
      fail(.unclosedHeredoc(marker, start))
      return
    }
    let behind = tokens[next + 1].kind
    advance()
    if behind == .end { report(.openHeredocEnd(marker)) }
    if isIndented { parts = HeredocLines(parts).withoutIndentation() }
    result = .heredoc(
      Heredoc(marker: marker, isIndented: isIndented, parts, origin: origin(from: start.start)))
  }

  /// The directives that can end the parts of another.
  enum Directive {
    case ifBranch
    case elseBranch
    case forBody
  }

  /// Reads parts up to the end of the template, or to the directive that ends the one around.
  mutating func parseParts(isIn directive: Directive?, into parts: inout [TemplatePart]) {
    var highest = 0
    while continuesParts(directive, &parts) {
      if current == .interpolation {
        parseInterpolation(into: &parts)
      } else {
        parseDirective(into: &parts)
      }
      highest = max(highest, height)
    }
    if !isLost { _ = grow(highest) }
  }

  /// Reads text; whether a sequence follows that belongs to the parts.
  private mutating func continuesParts(
    _ directive: Directive?, _ parts: inout [TemplatePart]
  ) -> Bool {
    while !isLost {
      switch current {
      case .quotedText, .heredocText: readText(into: &parts)
      case .interpolation: return true
      case .directive: return !isEnd(of: directive) && !isLost
      case .badUTF8, .invalid: failExpression()
      default: return false
      }
    }
    return false
  }

  /// Reads neighbouring literal tokens as one text.
  private mutating func readText(into parts: inout [TemplatePart]) {
    var text = ""
    while current == .quotedText || current == .heredocText {
      let next = literalText(token, isQuoted: current == .quotedText)
      if text.isEmpty { text = next } else { text += next }
      advance()
    }
    if !text.isEmpty { parts.append(.literal(text)) }
  }

  /// Whether a directive ends the parts; one that has no place here is reported.
  private mutating func isEnd(of directive: Directive?) -> Bool {
    guard let keyword = directiveKeyword(), ["else", "endif", "endfor"].contains(keyword) else {
      return false
    }
    if directive.allows(keyword) { return true }
    failDirective(keyword, isIn: directive)
    return false
  }

  private mutating func parseInterpolation(into parts: inout [TemplatePart]) {
    let open = token
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    var expression = Expression.invalid(Origin())
    parseExpression(into: &expression)
    endInterpolation(open, &expression, &parts)
    setSkipsNewlines(skipped)
  }

  @inline(never)
  private mutating func endInterpolation(
    _ open: Token, _ expression: inout Expression, _ parts: inout [TemplatePart]
  ) {
    var strip = StripMarkers(left: open.count == 3)
    strip.right = closeSequence(open, &expression)
    parts.append(.interpolation(Interpolation(expression.take(), strip: strip)))
  }

  /// Reads `}` or `~}`; whether it is the latter.
  mutating func closeSequence(_ open: Token, _ expression: inout Expression) -> Bool {
    if !isLost, current != .sequenceEnd {
      if current == .end || current == .openQuote || current == .brokenQuote {
        fail(.unclosedSequence(open, text(open)))
      } else {
        failBracket(open, "`}`")
      }
    }
    if isLost {
      guard recoverClose(.sequenceEnd) == .closer else { return false }
      isLost = false
    }
    commentsBehind(&expression)
    let strips = token.count == 2
    advance()
    return strips
  }

  /// The word behind `%{`, if there is one.
  func directiveKeyword() -> String? {
    var index = next + 1
    while tokens[index].kind.isTrivia { index += 1 }
    return tokens[index].kind == .identifier ? text(tokens[index]) : nil
  }
}

// MARK: - Messages

extension Parser.Problem {
  fileprivate static func unclosedHeredoc(_ marker: String, _ start: Token) -> Self {
    Self(
      id: "hcl.unclosed-heredoc", summary: "The heredoc has no line `\(marker)` to end it",
      help: "Put `\(marker)` on a line of its own behind the text.",
      range: SourceRange(start.start, start.start + marker.utf8.count + 2))
  }

  fileprivate static func openHeredocEnd(_ marker: String) -> Self {
    Self(
      id: "hcl.expected-newline", summary: "Expected a new line behind `\(marker)`",
      help: "End the file with a new line.")
  }

  fileprivate static func unclosedSequence(_ open: Token, _ opener: String) -> Self {
    Self(
      id: "hcl.unclosed-interpolation", summary: "`\(opener)` is never closed",
      help: "Close it with `}`; for the characters themselves write "
        + "`\(opener.prefix(1))\(opener.prefix(2))`.",
      range: SourceRange(open.start, open.end))
  }
}
