internal import Diagnostics

extension Parser {
  mutating func parseDirective(into parts: inout [TemplatePart]) {
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

  mutating func failDirective(_ keyword: String, isIn directive: Directive?) {
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
  func allows(_ keyword: String) -> Bool {
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
