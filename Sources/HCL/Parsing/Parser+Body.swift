internal import Diagnostics

extension Parser {
  mutating func parseFileBody() -> Body {
    var body = Body()
    // The names of a file stay, as a stray brace doesn't end its body.
    var names = Names(first: 0)
    while true {
      parseItems(&names, into: &body, isFile: true)
      guard current != .end else { return body }
      // Only a closing brace ends a body before its file does.
      fail(.unexpectedBrace)
      let start = next
      advance()
      recoverLine(from: start + 1, isFile: true)
    }
  }

  /// Reads items up to a closing brace or the end of the file.
  private mutating func parseItems(
    _ names: inout Names, into body: inout Body, isFile: Bool
  ) {
    while let trivia = beginItem(&body) {
      let start = next
      itemStart = start
      if current == .sequenceEnd {
        // It belongs to a string without an end, which has been reported.
        if !isFile, takesBrace(start) { break }
        isLost = true
      } else {
        parseItem(trivia, &names, into: &body)
      }
      if isLost { recoverLine(from: start, isFile: isFile) }
    }
  }

  /// What stands before the next item; nil (and what stands there is kept) where there is none.
  private mutating func beginItem(_ body: inout Body) -> Trivia? {
    setSkipsNewlines(true)
    if !hasComments(before: next), current != .closeBrace, current != .end {
      skipsNewlines = false
      return Trivia(blankLines: max(0, passNewlines(before: next) - 1))
    }
    let gap = takeGap(before: next, keepsSameLine: false)
    skipsNewlines = false
    if current != .end, current != .closeBrace {
      return Trivia(blankLines: gap.blankLines, leading: gap.comments)
    }
    body.closing = Trivia(blankLines: gap.blankLines, leading: gap.comments).asClosing
    return nil
  }

  private mutating func parseItem(
    _ trivia: consuming Trivia, _ names: inout Names, into body: inout Body
  ) {
    let name = token
    guard current == .identifier else {
      fail(.expectedItem(found, isString: current == .openQuote))
      if current != .openBrace { parseBodyBehindHeader(name) }
      return
    }
    advance()
    switch current {
    case .equal:
      note(name, &names)
      parseAttribute(name, trivia, into: &body)
    case .openBrace, .openQuote, .identifier: parseBlock(name, trivia, into: &body)
    default:
      failItem(name)
      parseBodyBehindHeader(name)
    }
  }

  private mutating func parseAttribute(
    _ name: Token, _ trivia: consuming Trivia, into body: inout Body
  ) {
    let attribute = parseAttribute(name, trivia: trivia, closer: nil)
    body.items.append(.attribute(attribute))
  }

  private mutating func failItem(_ name: Token) {
    let isColon = current == .colon
    fail(
      Problem(
        id: "hcl.expected-item",
        summary: "Expected `=` or a block behind `\(text(name))`, found \(found)",
        detail: "An attribute is `name = value`, a block is `type \"label\" { ... }`.",
        help: isColon
          ? "Write `=` instead of `:`."
          : isBraceOnNextLine(next) ? "Put `{` on the line of `\(text(name))`." : nil,
        range: token.kind.isBroken ? nil : SourceRange(name.start, name.end),
        fixIts: isColon ? [.init("Write `=`", at: location(token), replacement: " =")] : []))
  }

  /// Reads from `=` to the line's end, or to the closer of a one-line block.
  private mutating func parseAttribute(
    _ name: Token, trivia: consuming Trivia, closer: Token.Kind?
  ) -> Attribute {
    advance()
    var value = parseExpression()
    let origin = origin(from: name.start)
    if !isLost {
      if let closer {
        if current == closer { commentsBehind(&value) }
      } else {
        endLine(of: &trivia, behind: .value, name)
        if trivia.hasComments, value.endsWithHeredoc { _ = trivia.moveTrailing() }
      }
    }
    let text = text(name)
    return Attribute(
      text, value, trivia: trivia, origin: origin, nameOrigin: self.origin(name))
  }

  /// What must end with its line.
  enum LineContent {
    case value
    case block
  }

  /// Reads the comments up to a line's end, which must stand here.
  mutating func endLine(
    of trivia: inout Trivia, behind content: LineContent, _ name: Token
  ) {
    guard current == .newline || current == .end else {
      let what = content == .block ? "the block" : "the value of `\(text(name))`"
      fail(.expectedNewline(behind: what, found))
      return
    }
    let behind = tokens[next].kind == .lineComment ? next + 1 : next
    guard hasComments(before: behind) else { return }
    trivia.trailing = Parser.joined(takeComments(before: behind))
  }

  private mutating func parseBlock(_ type: Token, _ trivia: consuming Trivia, into body: inout Body)
  {
    var block = Block(text(type), trivia: trivia)
    guard parseHeader(type, &block) else { return parseBodyBehindHeader(type) }
    if enter() {
      parseBlockBody(&block)
      block.origin = origin(from: type.start)
      if !isLost { endLine(of: &block.trivia, behind: .block, type) }
      body.items.append(.block(block))
    }
    leave()
  }

  mutating func parseBlockBody(_ block: inout Block) {
    let brace = token
    advance()
    block.body.items.reserveCapacity(4)
    if current == .newline {
      let index = tokens[next].kind == .lineComment ? next + 1 : next
      if hasComments(before: index) {
        block.trivia.opening = Parser.joined(takeComments(before: index))
      }
      var names = Names(first: attributeNames.count)
      parseItems(&names, into: &block.body, isFile: false)
      attributeNames.removeLast(attributeNames.count - names.first)
    } else {
      block.isOneLine = true
      parseOneLineBody(&block)
      if isLost { return }
    }
    if current == .closeBrace { return advance() }
    // The blocks around it aren't closed either; one report is enough.
    if !isTooDeep, !isUnclosed { fail(.unclosedBlock(block.type, brace)) }
    isUnclosed = true
  }

  private mutating func parseOneLineBody(_ block: inout Block) {
    if current == .closeBrace { return }
    itemStart = nil
    let name = token
    guard current == .identifier else {
      fail(.expectedOneLineItem(found))
      return
    }
    advance()
    guard current == .equal else {
      fail(.expectedOneLineValue(name, text(name), found))
      return
    }
    let attribute = parseAttribute(name, trivia: Trivia(), closer: .closeBrace)
    block.body.items.append(.attribute(attribute))
    guard !isLost, current != .closeBrace else { return }
    fail(.expectedOneLineEnd(found))
  }
}

// MARK: - Messages

extension Parser.Problem {
  fileprivate static var unexpectedBrace: Self {
    Self(
      id: "hcl.unexpected-brace", summary: "The closing brace closes nothing",
      help: "Remove it, or look for an opening brace that is missing above.")
  }

  fileprivate static func expectedItem(_ found: String, isString: Bool) -> Self {
    Self(
      id: "hcl.expected-item", summary: "Expected an attribute or a block, found \(found)",
      detail: "An attribute is `name = value`, a block is `type \"label\" { ... }`.",
      help: isString ? "Names of attributes and types of blocks stand without quotes." : nil)
  }

  fileprivate static func expectedNewline(behind what: String, _ found: String) -> Self {
    Self(
      id: "hcl.expected-newline", summary: "Expected a new line behind \(what), found \(found)",
      help: "Begin a new line here.")
  }

  fileprivate static func unclosedBlock(_ type: String, _ brace: Token) -> Self {
    Self(
      id: "hcl.unclosed-block", summary: "The block `\(type)` has no closing brace",
      help: "Close it with `}` on a line of its own.", range: SourceRange(brace.start, brace.end))
  }

  fileprivate static func expectedOneLineItem(_ found: String) -> Self {
    Self(
      id: "hcl.expected-item", summary: "Expected an attribute or `}`, found \(found)",
      detail: "A block on one line holds one attribute: `type { name = value }`.")
  }

  fileprivate static func expectedOneLineValue(
    _ token: Token, _ name: String, _ found: String
  ) -> Self {
    Self(
      id: "hcl.one-line-block", summary: "Expected `=` behind `\(name)`, found \(found)",
      detail: "A block on one line holds one attribute and no block.",
      help: "Put what stands between the braces on lines of its own.",
      range: SourceRange(token.start, token.end))
  }

  fileprivate static func expectedOneLineEnd(_ found: String) -> Self {
    Self(
      id: "hcl.one-line-block", summary: "Expected `}`, found \(found)",
      detail: "A block on one line holds one attribute and ends on that line.",
      help: "Put what stands between the braces on lines of its own.")
  }
}
