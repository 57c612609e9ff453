internal import Diagnostics

extension Parser {
  /// The elements of a tuple or the arguments of a call, with what stands around them.
  struct Elements {
    var open: Token
    /// Where the whole begins.
    let start: Int
    let closer: Token.Kind
    /// Whether newlines were skipped around it.
    var skipped = false
    /// Whether the way back led out of it.
    var isForeign = false
    var elements: [TupleExpression.Element] = []
    var expandsLast = false
    var surroundings = Surroundings()
  }

  /// What is known about the inside of a bracket, apart from its elements.
  struct Surroundings {
    var isMultiline = false
    /// What stands before the next element or the closer.
    var trivia = Trivia()
    /// Whether the next element begins a line.
    var beginsLine = true
    /// The height of the highest element.
    var height = 0
  }

  mutating func parseTuple(into result: inout Expression) {
    var elements = Elements(open: token, start: token.start, closer: .closeBracket)
    openBracket(&elements)
    if isNext(.for) {
      parseFor(elements.open, into: &result)
      return setSkipsNewlines(elements.skipped)
    }
    while continues(&elements) {
      parseExpression(into: &result)
      endElement(&result, &elements)
    }
    endTuple(&result, consume elements)
  }

  @inline(never)
  private mutating func endTuple(_ result: inout Expression, _ elements: consuming Elements) {
    let closing = endElements(&elements)
    let origin = origin(from: elements.start)
    setSkipsNewlines(elements.skipped)
    if elements.isForeign {
      result = .invalid(origin)
    } else {
      result = .tuple(
        TupleExpression(
          elements.elements, isMultiline: elements.surroundings.isMultiline, closing: closing,
          origin: origin))
    }
  }

  /// Goes behind an opening bracket and into the mode without newlines.
  @inline(never)
  private mutating func openBracket(_ elements: inout Elements) {
    elements.open = token
    elements.skipped = skipsNewlines
    skipsNewlines = true
    advance()
    if !isNext(.for) { beginElements(&elements.surroundings) }
  }

  /// Reads a function's name and arguments.
  mutating func parseCall(into result: inout Expression) {
    var elements = Elements(open: token, start: token.start, closer: .closeParenthesis)
    guard let name = parseFunctionName() else {
      result = .invalid(origin(from: elements.start))
      return
    }
    openBracket(&elements)
    while continues(&elements) {
      parseExpression(into: &result)
      endElement(&result, &elements)
    }
    endCall(&result, consume name, consume elements)
  }

  @inline(never)
  private mutating func endCall(
    _ result: inout Expression, _ name: consuming String, _ elements: consuming Elements
  ) {
    let closing = endElements(&elements)
    let origin = origin(from: elements.start)
    setSkipsNewlines(elements.skipped)
    if elements.isForeign {
      result = .invalid(origin)
    } else {
      result = .call(
        FunctionCall(
          name, elements.elements, expandsLast: elements.expandsLast,
          isMultiline: elements.surroundings.isMultiline, closing: closing, origin: origin))
    }
  }

  /// Reads the rest of a function's name, up to the parenthesis behind it.
  @inline(never)
  private mutating func parseFunctionName() -> String? {
    var name = text(token)
    advance()
    while current == .doubleColon {
      advance()
      guard current == .identifier else {
        fail(.expectedFunctionName(found))
        return nil
      }
      name += "::" + text(token)
      advance()
    }
    if current == .openParenthesis { return name }
    fail(.expectedArguments(of: name, found))
    return nil
  }

  /// Whether another element begins here.
  private mutating func continues(_ elements: inout Elements) -> Bool {
    if elements.isForeign || current == elements.closer { return false }
    if elements.elements.isEmpty { elements.elements.reserveCapacity(2) }
    guard current == .end else { return true }
    var value = failBracket(elements.open, elements.closer.asElementEnd)
    endElement(&value, &elements)
    return continues(&elements)
  }

  /// Goes behind the closer; the comments before it.
  private mutating func endElements(_ elements: inout Elements) -> ClosingComments {
    if elements.isForeign { return ClosingComments() }
    let closing = endElements(&elements.surroundings, isEmpty: elements.elements.isEmpty)
    if !elements.surroundings.isMultiline { elements.settleOnOneLine() }
    return closing
  }

  mutating func beginElements(_ surroundings: inout Surroundings) {
    let gap = takeGap(before: next, keepsSameLine: false)
    surroundings.trivia = Trivia(blankLines: gap.blankLines, leading: gap.comments)
    surroundings.isMultiline = gap.hasNewline
  }

  /// Goes behind the closer; the comments before it.
  mutating func endElements(
    _ surroundings: inout Surroundings, isEmpty: Bool
  ) -> ClosingComments {
    advance()
    _ = grow(surroundings.height)
    guard surroundings.trivia.hasComments else {
      if isEmpty { surroundings.isMultiline = false }
      return ClosingComments()
    }
    surroundings.isMultiline = true
    return surroundings.trivia.asClosing
  }

  /// Reads what follows an element, and adds it.
  @inline(never)
  private mutating func endElement(_ value: inout Expression, _ elements: inout Elements) {
    let closer = elements.closer
    elements.surroundings.height = max(elements.surroundings.height, height)
    if !isLost, current == .ellipsis, closer == .closeParenthesis {
      advance()
      elements.expandsLast = true
    }
    if !isLost, current != closer, current != .comma || elements.expandsLast {
      failBracket(elements.open, elements.expandsLast ? "`)`" : closer.asElementEnd)
    }
    if isLost {
      elements.isForeign = recover(to: closer) == .foreign
      if elements.isForeign { return }
      isLost = false
    }
    var trivia = elements.surroundings.trivia
    let beginsLine = elements.surroundings.beginsLine
    _ = endLine(closer, &trivia, &elements.surroundings)
    elements.elements.append(.init(value.take(), trivia: trivia, beginsLine: beginsLine))
  }

  /// Reads a comma and the comments behind it; whether a comma ends the line.
  mutating func endLine(
    _ closer: Token.Kind, _ trivia: inout Trivia, _ surroundings: inout Surroundings
  ) -> Bool {
    let hasComma = current == .comma
    let isPlain =
      hasComma
      ? nextComment > next + 1 && !tokens[next + 1].kind.isTrivia
      : current == closer && next == last + 1 && !hasComments(before: next)
    guard isPlain else { return findLineEnd(closer, &trivia, &surroundings) }
    skipsNewlines = true
    if hasComma {
      // Without the comma, the end of a heredoc ends the list's last line.
      if hasNewline(last + 1..<next), kindAfterNext() == closer { surroundings.isMultiline = true }
      advance()
    }
    surroundings.trivia = Trivia()
    surroundings.beginsLine = false
    return hasComma && current == closer
  }

  private mutating func findLineEnd(
    _ closer: Token.Kind, _ trivia: inout Trivia, _ surroundings: inout Surroundings
  ) -> Bool {
    let hasComma = current == .comma
    var behind: [Comment] = []
    if hasComma {
      behind = takeComments(before: next)
      let endsLine = behind.contains { !$0.isBlock }
      if endsLine || hasNewline(last + 1..<next) { surroundings.isMultiline = true }
      skipsNewlines = true
      advance()
    } else {
      setSkipsNewlines(true)
    }
    var gap = takeGap(before: next, keepsSameLine: true)
    // A comment that stood inside of the element may end the line where none ends.
    if gap.hasNewline || gap.sameLine.contains(where: { !$0.isBlock }) {
      surroundings.isMultiline = true
    }
    let isLast = gap.hasNewline || current == closer
    if isLast { behind += gap.sameLine } else { gap.comments = gap.sameLine + gap.comments }
    surroundings.trivia = Trivia(blankLines: gap.blankLines, leading: gap.comments)
    surroundings.beginsLine = gap.hasNewline || !gap.comments.isEmpty || !behind.isEmpty
    if !behind.isEmpty { trivia.trailing = Parser.joined(behind) }
    return hasComma && isLast
  }
}

extension Token.Kind {
  /// What may follow an element before this closer, in words.
  fileprivate var asElementEnd: String {
    self == .closeBracket ? "a comma or `]`" : "a comma or `)`"
  }
}

extension Parser.Elements {
  /// Puts comments into the elements, as on one line there are no places of their own.
  fileprivate mutating func settleOnOneLine() {
    for index in elements.indices {
      if !elements[index].beginsLine { elements[index].beginsLine = true }
      guard elements[index].trivia.hasComments else { continue }
      let trivia = elements[index].trivia
      elements[index].value = Parser.wrap(
        leading: trivia.leading, elements[index].value,
        trailing: trivia.trailing.map { [$0] } ?? [])
      elements[index].trivia = Trivia()
    }
  }
}

// MARK: - Messages

extension Parser.Problem {
  fileprivate static func expectedFunctionName(_ found: String) -> Self {
    Self(id: "hcl.expected-name", summary: "Expected a name behind `::`, found \(found)")
  }

  fileprivate static func expectedArguments(of name: String, _ found: String) -> Self {
    Self(
      id: "hcl.expected-arguments", summary: "Expected `(` behind `\(name)`, found \(found)",
      help: "Names with `::` are functions of providers.")
  }
}
