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
      text += literalText(token, isQuoted: current == .quotedText)
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

  private mutating func parseDirective(into parts: inout [TemplatePart]) {
    guard enter() else { return leave() }
    switch directiveKeyword() {
    case "if": parseIf(into: &parts)
    case "for": parseForDirective(into: &parts)
    default: failDirective()
    }
    leave()
  }

  private mutating func failDirective() {
    let skipped = skipsNewlines
    setSkipsNewlines(true)
    advance()
    fail(.unknownDirective(found))
    if recoverClose(.sequenceEnd) == .closer {
      isLost = false
      advance()
    }
    setSkipsNewlines(skipped)
  }

  /// Goes behind `%{` and the word behind it; whether newlines were skipped before.
  private mutating func beginSequence() -> Bool {
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    advance()
    return skipped
  }

  /// A directive `if` that is being read.
  private struct If {
    let open: Token
    var result = TemplateIf(.invalid(Origin()), then: [])
    var otherwise: [TemplatePart] = []
    var height = 0
  }

  @inline(never)
  private mutating func parseIf(into parts: inout [TemplatePart]) {
    var directive = If(open: token)
    let skipped = beginSequence()
    parseExpression(into: &directive.result.condition)
    endCondition(&directive, skipped)
    parseParts(isIn: .ifBranch, into: &directive.result.then)
    if hasElse(&directive) { parseParts(isIn: .elseBranch, into: &directive.otherwise) }
    endIf(&directive, &parts)
  }

  private mutating func endCondition(_ directive: inout If, _ skipped: Bool) {
    directive.height = height
    directive.result.ifStrip.left = directive.open.count == 3
    directive.result.ifStrip.right = closeSequence(directive.open, &directive.result.condition)
    setSkipsNewlines(skipped)
  }

  private mutating func hasElse(_ directive: inout If) -> Bool {
    directive.height = max(directive.height, height)
    guard !isLost, current == .directive, directiveKeyword() == "else" else { return false }
    directive.result.elseStrip = parseKeyword()
    directive.result.otherwise = []
    return true
  }

  private mutating func endIf(_ directive: inout If, _ parts: inout [TemplatePart]) {
    let highest = max(directive.height, height)
    if directive.result.otherwise != nil { directive.result.otherwise = directive.otherwise }
    guard closeDirective(directive.open, "endif", &directive.result.endStrip) else { return }
    _ = grow(highest)
    parts.append(.ifDirective(directive.result))
  }

  @inline(never)
  private mutating func parseForDirective(into parts: inout [TemplatePart]) {
    let open = token
    var result = TemplateFor(value: "_", in: .invalid(Origin()), body: [])
    let skipped = beginSequence()
    if readNames(&result) { parseExpression(into: &result.collection) }
    var highest = height
    endCollection(open, &result, skipped)
    parseParts(isIn: .forBody, into: &result.body)
    highest = max(highest, height)
    endForDirective(open, &result, highest, &parts)
  }

  private mutating func readNames(_ result: inout TemplateFor) -> Bool {
    guard let names = parseForNames() else { return false }
    (result.key, result.value) = names
    return true
  }

  private mutating func endCollection(_ open: Token, _ result: inout TemplateFor, _ skipped: Bool) {
    result.forStrip.left = open.count == 3
    result.forStrip.right = closeSequence(open, &result.collection)
    setSkipsNewlines(skipped)
  }

  private mutating func endForDirective(
    _ open: Token, _ result: inout TemplateFor, _ highest: Int, _ parts: inout [TemplatePart]
  ) {
    guard closeDirective(open, "endfor", &result.endStrip) else { return }
    _ = grow(highest)
    parts.append(.forDirective(result))
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
