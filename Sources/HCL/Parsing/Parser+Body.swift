internal import Diagnostics

extension Parser {
  mutating func parseFileBody() -> Body {
    var body = Body()
    while true {
      parseItems(into: &body, isFile: true)
      guard current != .end else { return body }
      // Only a closing brace ends a body before its file does.
      fail(
        Problem(
          id: "hcl.unexpected-brace", summary: "The closing brace closes nothing",
          help: "Remove it, or look for an opening brace that is missing above."))
      let start = next
      advance()
      recoverLine(from: start + 1, isFile: true)
    }
  }

  /// Reads items up to a closing brace or the end of the file.
  private mutating func parseItems(into body: inout Body, isFile: Bool) {
    var names: [String: Token] = [:]
    for case .attribute(let attribute) in body.items { names[attribute.name] = Token(.end, 0, 0) }
    while true {
      setSkipsNewlines(true)
      let gap = takeGap(before: next, keepsSameLine: false)
      skipsNewlines = false
      guard current != .end, current != .closeBrace else {
        body.closingComments = gap.comments
        if let count = gap.comments.indices.last {
          body.closingComments[count].blankLinesAfter = 0
          body.closingBlankLines = gap.blankLines
        }
        return
      }
      let start = next
      let trivia = Trivia(blankLines: gap.blankLines, leading: gap.comments)
      if let item = parseItem(trivia) {
        if case .attribute(let attribute) = item {
          if let first = names.updateValue(tokens[start], forKey: attribute.name) {
            reportDuplicate(tokens[start], first: first)
          }
        }
        body.items.append(item)
      }
      if isLost { recoverLine(from: start, isFile: isFile) }
    }
  }

  private mutating func parseItem(_ trivia: Trivia) -> BodyItem? {
    guard current == .identifier else {
      fail(
        Problem(
          id: "hcl.expected-item", summary: "Expected an attribute or a block, found \(found)",
          detail: "An attribute is `name = value`, a block is `type \"label\" { ... }`.",
          help: current == .openQuote
            ? "Names of attributes and types of blocks stand without quotes." : nil))
      return nil
    }
    let name = token
    advance()
    switch current {
    case .equal:
      return .attribute(parseAttribute(name, trivia: trivia, closer: nil))
    case .openBrace, .openQuote, .identifier: return parseBlock(name, trivia: trivia)
    default:
      let isColon = current == .colon
      fail(
        Problem(
          id: "hcl.expected-item",
          summary: "Expected `=` or a block behind `\(text(name))`, found \(found)",
          detail: "An attribute is `name = value`, a block is `type \"label\" { ... }`.",
          help: isColon ? "Write `=` instead of `:`." : nil,
          fixIts: isColon
            ? [.init("Write `=`", at: location(token), replacement: " =")] : []))
      return nil
    }
  }

  /// Reads from `=` to the line's end, or to the closer of a one-line block.
  private mutating func parseAttribute(
    _ name: Token, trivia: Trivia, closer: Token.Kind?
  ) -> Attribute {
    advance()
    var value = parseExpression()
    var trivia = trivia
    let origin = origin(from: name.start)
    if !isLost {
      if let closer {
        if current == closer { commentsBehind(&value) }
      } else {
        trivia.trailing = parseLineEnd(behind: "the value of `\(text(name))`")
      }
    }
    return Attribute(
      text(name), value, trivia: trivia, origin: origin, nameOrigin: self.origin(name))
  }

  /// Reads the comments up to a line's end, which must stand here.
  private mutating func parseLineEnd(behind what: String) -> Comment? {
    guard current == .newline || current == .end else {
      if isLost { return nil }
      fail(
        Problem(
          id: "hcl.expected-newline", summary: "Expected a new line behind \(what), found \(found)",
          help: "Begin a new line here."))
      return nil
    }
    let comments = takeComments(before: tokens[next].kind == .lineComment ? next + 1 : next)
    return Parser.joined(comments)
  }

  private mutating func reportDuplicate(_ name: Token, first: Token) {
    let notes: [Diagnostic.Note] =
      first.kind == .end ? [] : [.init("First set here.", at: location(first))]
    let wasLost = isLost
    isLost = false
    report(
      Problem(
        id: "hcl.duplicate-attribute", summary: "`\(text(name))` is set twice",
        help: "Remove one of the two.", range: SourceRange(name.start, name.end), notes: notes))
    isLost = wasLost
  }

  private mutating func parseBlock(_ type: Token, trivia: Trivia) -> BodyItem? {
    var block = Block(text(type), trivia: trivia)
    while current == .identifier || current == .openQuote {
      guard let label = parseLabel() else { return nil }
      block.labels.append(label)
    }
    block.headerOrigin = origin(from: type.start)
    guard current == .openBrace else {
      fail(
        Problem(
          id: "hcl.expected-brace", summary: "Expected `{` or a label, found \(found)",
          help: "A block is `type \"label\" { ... }`, with `{` on the line of the type."))
      return nil
    }
    guard enter() else {
      leave()
      return nil
    }
    parseBlockBody(&block)
    leave()
    block.origin = origin(from: type.start)
    if !isLost { block.trivia.trailing = parseLineEnd(behind: "the block") }
    return .block(block)
  }

  private mutating func parseBlockBody(_ block: inout Block) {
    let brace = token
    advance()
    if current == .newline {
      let index = tokens[next].kind == .lineComment ? next + 1 : next
      block.trivia.opening = Parser.joined(takeComments(before: index))
      parseItems(into: &block.body, isFile: false)
    } else {
      block.isOneLine = true
      parseOneLineBody(&block)
      if isLost { return }
    }
    guard current == .closeBrace else {
      fail(
        Problem(
          id: "hcl.unclosed-block", summary: "The block `\(block.type)` has no closing brace",
          help: "Close it with `}` on a line of its own.",
          range: SourceRange(brace.start, brace.end)))
      return
    }
    advance()
  }

  private mutating func parseOneLineBody(_ block: inout Block) {
    if current == .closeBrace { return }
    let name = token
    guard current == .identifier else {
      fail(
        Problem(
          id: "hcl.expected-item", summary: "Expected an attribute or `}`, found \(found)",
          detail: "A block on one line holds one attribute: `type { name = value }`."))
      return
    }
    advance()
    guard current == .equal else {
      fail(
        Problem(
          id: "hcl.one-line-block", summary: "Expected `=` behind `\(text(name))`, found \(found)",
          detail: "A block on one line holds one attribute and no block.",
          help: "Put what stands between the braces on lines of its own."))
      return
    }
    let attribute = parseAttribute(name, trivia: Trivia(), closer: .closeBrace)
    block.body.items.append(.attribute(attribute))
    guard !isLost, current != .closeBrace else { return }
    fail(
      Problem(
        id: "hcl.one-line-block", summary: "Expected `}`, found \(found)",
        detail: "A block on one line holds one attribute and ends on that line.",
        help: "Put what stands between the braces on lines of its own."))
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
      label += literalText(token, isQuoted: true)
      advance()
    }
    guard current == .closeQuote else {
      fail(
        current == .brokenQuote
          ? unclosedString(at: token)
          : Problem(
            id: "hcl.invalid-label", summary: "A label can't hold a template",
            detail: "Labels are known before anything is evaluated.",
            help: "For the characters `${` themselves write `$${`."))
      return nil
    }
    advance()
    return Label(label, origin: origin(from: start))
  }
}
