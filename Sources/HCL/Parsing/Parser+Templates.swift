internal import Diagnostics

extension Parser {
  /// Reads `"..."`.
  mutating func parseQuoted() -> Expression {
    let start = token
    advance()
    if current == .quotedText, tokens[next + 1].kind == .closeQuote {
      let text = literalText(token, isQuoted: true)
      advance()
      advance()
      return .template(Template(text: text, origin: origin(from: start.start)))
    }
    let parts = parseParts(isIn: nil)
    if isLost { return .invalid(origin(from: start.start)) }
    guard current == .closeQuote else {
      return fail(unclosedString(at: Token(.brokenQuote, start.start, token.end)))
    }
    advance()
    return .template(Template(parts, origin: origin(from: start.start)))
  }

  /// Reads `<<EOT ... EOT` or `<<-EOT ... EOT`.
  mutating func parseHeredoc() -> Expression {
    let start = token
    let isIndented = bytes[start.start + 2] == UInt8(ascii: "-")
    let introducer = bytes[start.start + (isIndented ? 3 : 2)..<start.end]
    let marker = String(
      decoding: introducer.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    advance()
    var parts = parseParts(isIn: nil)
    if isLost { return .invalid(origin(from: start.start)) }
    guard current == .closeHeredoc else {
      return fail(.unclosedHeredoc(marker, start))
    }
    let behind = tokens[next + 1].kind
    advance()
    if behind == .end {
      report(.openHeredocEnd(marker))
    }
    if isIndented { parts = HeredocLines(parts).withoutIndentation() }
    return .heredoc(
      Heredoc(
        marker: marker, isIndented: isIndented, parts, origin: origin(from: start.start)))
  }

  /// The directives that can end the parts of another.
  enum Directive {
    case ifBranch
    case elseBranch
    case forBody
  }

  /// Reads parts up to the end of the template, or to the directive that ends the one around.
  mutating func parseParts(isIn directive: Directive?) -> [TemplatePart] {
    var parts = PartList()
    while !isLost {
      switch current {
      case .quotedText, .heredocText:
        parts.text += literalText(token, isQuoted: current == .quotedText)
        advance()
      case .interpolation:
        parts.flush()
        parts.parts.append(parseInterpolation())
        parts.height = max(parts.height, height)
      case .directive where !isEnd(of: directive):
        if isLost { return parts.parts }
        parts.flush()
        if let part = parseDirective() { parts.parts.append(part) }
        parts.height = max(parts.height, height)
      case .badUTF8, .invalid: failExpression()
      default:
        parts.flush()
        _ = grow(parts.height)
        return parts.parts
      }
    }
    parts.flush()
    return parts.parts
  }

  /// Parts that are being read; literal text grows until something else follows.
  private struct PartList {
    var parts: [TemplatePart] = []
    var text = ""
    var height = 0

    mutating func flush() {
      if !text.isEmpty { parts.append(.literal(text)) }
      text = ""
    }
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

  private mutating func parseInterpolation() -> TemplatePart {
    let open = token
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    defer { setSkipsNewlines(skipped) }
    var strip = StripMarkers(left: open.count == 3)
    var expression = parseExpression()
    strip.right = closeSequence(open, &expression)
    return .interpolation(Interpolation(expression, strip: strip))
  }

  /// Reads `}` or `~}`; whether it is the latter.
  private mutating func closeSequence(_ open: Token, _ expression: inout Expression) -> Bool {
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
  private func directiveKeyword() -> String? {
    var index = next + 1
    while tokens[index].kind.isTrivia { index += 1 }
    return tokens[index].kind == .identifier ? text(tokens[index]) : nil
  }

  private mutating func parseDirective() -> TemplatePart? {
    guard enter() else {
      leave()
      return nil
    }
    defer { leave() }
    let open = token
    switch directiveKeyword() {
    case "if": return parseIf(open)
    case "for": return parseForDirective(open)
    default:
      let skipped = skipsNewlines
      setSkipsNewlines(true)
      advance()
      fail(.unknownDirective(found))
      if recoverClose(.sequenceEnd) == .closer {
        isLost = false
        advance()
      }
      setSkipsNewlines(skipped)
      return nil
    }
  }

  private mutating func parseIf(_ open: Token) -> TemplatePart? {
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    advance()
    var result = TemplateIf(.invalid(Origin()), then: [])
    result.ifStrip.left = open.count == 3
    result.condition = parseExpression()
    var highest = height
    result.ifStrip.right = closeSequence(open, &result.condition)
    setSkipsNewlines(skipped)
    result.then = parseParts(isIn: .ifBranch)
    highest = max(highest, height)
    if !isLost, current == .directive, directiveKeyword() == "else" {
      result.elseStrip = parseKeyword()
      result.otherwise = parseParts(isIn: .elseBranch)
      highest = max(highest, height)
    }
    guard closeDirective(open, "endif", &result.endStrip) else { return nil }
    _ = grow(highest)
    return .ifDirective(result)
  }

  private mutating func parseForDirective(_ open: Token) -> TemplatePart? {
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    advance()
    var result = TemplateFor(value: "_", in: .invalid(Origin()), body: [])
    result.forStrip.left = open.count == 3
    if let names = parseForNames() {
      (result.key, result.value) = names
      result.collection = parseExpression()
    }
    var highest = height
    result.forStrip.right = closeSequence(open, &result.collection)
    setSkipsNewlines(skipped)
    result.body = parseParts(isIn: .forBody)
    highest = max(highest, height)
    guard closeDirective(open, "endfor", &result.endStrip) else { return nil }
    _ = grow(highest)
    return .forDirective(result)
  }

  private mutating func closeDirective(
    _ open: Token, _ keyword: String, _ strip: inout StripMarkers
  ) -> Bool {
    guard !isLost else { return false }
    guard current == .directive, directiveKeyword() == keyword else {
      fail(.unclosedDirective(open, keyword))
      return false
    }
    strip = parseKeyword()
    return !isLost
  }

  /// Reads `%{ else }` and the like.
  private mutating func parseKeyword() -> StripMarkers {
    let open = token
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    defer { setSkipsNewlines(skipped) }
    advance()
    var strip = StripMarkers(left: open.count == 3)
    // Comments in here have no place in the tree; the next expression takes them.
    if current != .sequenceEnd { failBracket(open, "`}`") }
    if isLost {
      guard recoverClose(.sequenceEnd) == .closer else { return strip }
      isLost = false
    }
    strip.right = token.count == 2
    advance()
    return strip
  }

  private mutating func failDirective(_ keyword: String, isIn directive: Directive?) {
    let expected: String
    switch directive {
    case .ifBranch: expected = "The directive around it is `if`: expected `else` or `endif`."
    case .elseBranch: expected = "Behind `else` only `endif` can follow."
    case .forBody: expected = "The directive around it is `for`: expected `endfor`."
    case nil: expected = "There is no directive around it."
    }
    fail(
      Problem(
        id: "hcl.invalid-directive", summary: "`\(keyword)` has no place here",
        detail: expected))
  }
}

extension Parser.Directive? {
  /// Whether a word ends the parts inside of the directive.
  fileprivate func allows(_ keyword: String) -> Bool {
    switch self {
    case nil: false
    case .ifBranch: keyword == "else" || keyword == "endif"
    case .elseBranch: keyword == "endif"
    case .forBody: keyword == "endfor"
    }
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

  fileprivate static func unknownDirective(_ found: String) -> Self {
    Self(
      id: "hcl.invalid-directive", summary: "Expected `if` or `for` behind `%{`, found \(found)",
      help: "For the characters `%{` themselves write `%%{`.")
  }

  fileprivate static func unclosedDirective(_ open: Token, _ keyword: String) -> Self {
    Self(
      id: "hcl.unclosed-directive", summary: "The directive has no `%{ \(keyword) }`",
      help: "Put `%{ \(keyword) }` behind its text.", range: SourceRange(open.start, open.end))
  }
}
