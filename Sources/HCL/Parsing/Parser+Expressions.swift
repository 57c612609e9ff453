internal import Diagnostics

// A stack of 512 KB without optimization shall hold some hundred levels. So what calls itself by
// way of others writes its result into a place, as each value that a function returns or hands on
// gets a slot in its frame; and it leaves all else to functions that come back.

extension Parser {
  /// Goes one level down; false (and reported) where that is too deep.
  mutating func enter() -> Bool {
    depth += 1
    if depth <= nestingLimit { return true }
    failTooDeep()
    return false
  }

  mutating func leave() { depth -= 1 }

  mutating func failTooDeep() {
    // One report is enough: what is left of the nest would cause many.
    defer { (isLost, isTooDeep) = (true, true) }
    if isTooDeep { return }
    report(
      Problem(
        id: "hcl.too-deep", summary: "Nested too deeply",
        detail: "At most \(nestingLimit) levels of brackets are read, and as many operators in a"
          + " chain.",
        help: "Name parts of it in `locals`, and refer to them."))
  }

  /// Sets the height of a node above children; false (and reported) where that is too high.
  mutating func grow(_ first: Int, _ second: Int = 0, _ third: Int = 0) -> Bool {
    height = max(first, second, third) + 1
    if height <= nestingLimit { return true }
    failTooDeep()
    return false
  }

  /// Reads an expression: a conditional, or what binds tighter.
  mutating func parseExpression() -> Expression {
    var result = Expression.invalid(Origin())
    parseExpression(into: &result)
    return result
  }

  /// Reads an expression into a place.
  ///
  /// Operators, signs and conditionals wait in `pending`, not on the stack.
  mutating func parseExpression(into result: inout Expression) {
    guard enter() else { return failEntering(&result) }
    let mark = pending.count
    var start: Int
    repeat {
      beginOperand()
      start = token.start
      parsePrimary(into: &result)
      while !isLost, current == .dot || current == .openBracket {
        if current == .dot {
          parseDot(&result, start: start)
        } else {
          parseIndex(&result, start: start)
        }
      }
    } while endOperand(&result, mark, start: start)
    leave()
  }

  @inline(never)
  private mutating func failEntering(_ result: inout Expression) {
    leave()
    result = .invalid(origin(token))
  }

  private mutating func parsePrimary(into result: inout Expression) {
    height = 1
    switch current {
    case .openBracket: parseTuple(into: &result)
    case .openBrace: parseObject(into: &result)
    case .openParenthesis: parseParentheses(into: &result)
    case .openQuote: parseQuoted(into: &result)
    case .openHeredoc: parseHeredoc(into: &result)
    case .identifier:
      if isCall() { parseCall(into: &result) } else { parseName(into: &result) }
    default: parseNumber(into: &result)
    }
  }

  private func isCall() -> Bool {
    switch tokens[next + 1].kind {
    case .openParenthesis, .doubleColon: true
    case let kind where kind.isTrivia: isCallBehindTrivia()
    default: false
    }
  }

  private func isCallBehindTrivia() -> Bool {
    let kind = kindAfterNext()
    return kind == .openParenthesis || kind == .doubleColon
  }

  @discardableResult
  mutating func failExpression() -> Expression {
    var problem = Problem(
      id: "hcl.expected-expression", summary: "Expected an expression, found \(found)")
    switch current {
    case .newline:
      problem.help = "Put the value on this line; lines break only inside of brackets."
    case .less where kindAfterNext() == .less:
      problem.id = "hcl.invalid-heredoc"
      problem.summary = "The heredoc has no marker with a line's end behind it"
      problem.help = "Begin it with `<<-EOT`, without quotes or blanks behind the marker."
      return failHeredoc(problem)
    case .equal: problem.help = "To compare, write `==`."
    default: break
    }
    return fail(problem)
  }

  /// Reports a heredoc that doesn't begin as one, and goes behind its text if that can be told.
  private mutating func failHeredoc(_ problem: Problem) -> Expression {
    let result = fail(problem)
    var index = next + 2
    while tokens[index].kind == .minus || tokens[index].kind == .openQuote { index += 1 }
    let marker = tokens[index]
    guard marker.kind == .identifier || marker.kind == .quotedText else { return result }
    while tokens[index].kind != .end {
      index += 1
      guard isSame(tokens[index], marker), hasNewline(index - 1..<index) else { continue }
      jump(to: index)
      break
    }
    return result
  }

  private mutating func parseNumber(into result: inout Expression) {
    result = current == .number ? readNumber() : failExpression()
  }

  private mutating func parseName(into result: inout Expression) {
    let token = token
    advance()
    result = nameOrWord(token)
  }

  private func nameOrWord(_ token: Token) -> Expression {
    switch word(token) {
    case .true: return .literal(Literal(.bool(true), origin: origin(token)))
    case .false: return .literal(Literal(.bool(false), origin: origin(token)))
    case .null: return .literal(Literal(.null, origin: origin(token)))
    default: break
    }
    return .variable(Variable(text(token), origin: origin(token)))
  }

  @inline(never)
  private mutating func parseParentheses(into result: inout Expression) {
    let open = token
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    let isMultiline = hasNewline(last + 1..<next)
    parseExpression(into: &result)
    closeParentheses(open, &result, isMultiline: isMultiline)
    setSkipsNewlines(skipped)
  }

  @inline(never)
  private mutating func closeParentheses(
    _ open: Token, _ result: inout Expression, isMultiline: Bool
  ) {
    if !isLost, current != .closeParenthesis { failBracket(open, "`)`") }
    if isLost, recoverClose(.closeParenthesis) != .closer {
      result = .invalid(origin(from: open.start))
      return
    }
    isLost = false
    commentsBehind(&result)
    let isMultiline = isMultiline || result.endsLine || hasNewline(last + 1..<next)
    advance()
    let origin = origin(from: open.start)
    result =
      grow(height)
      ? .parentheses(Parentheses(result.take(), isMultiline: isMultiline, origin: origin))
      : .invalid(origin)
  }

  /// Goes on to a bracket's closer, past separators.
  mutating func recoverClose(_ closer: Token.Kind) -> Landmark {
    while true {
      let landmark = recover(to: closer)
      guard landmark == .separator else { return landmark }
      advance()
    }
  }

  /// Reports that a bracket isn't closed, or what stands in it instead.
  @discardableResult
  @inline(never)
  mutating func failBracket(_ open: Token, _ expected: String) -> Expression {
    let opener = SourceRange(open.start, open.end)
    guard isLeftOpen(open) else {
      return fail(
        Problem(
          id: current.bracketChange < 0 ? "hcl.mismatched-bracket" : "hcl.expected-separator",
          summary: "Expected \(expected), found \(found)",
          notes: [.init("The bracket opens here.", at: location(open))]))
    }
    isAtItem = isAtItem || !isLost && current != .end && current != .closeBrace
    return fail(
      Problem(
        id: "hcl.unclosed-bracket", summary: "`\(text(open))` is never closed",
        help: "Expected \(expected) before \(found).", range: opener))
  }

  /// Whether the file or a body ends or an item begins here, so that a bracket must have been left open.
  ///
  /// Goes back to the item's name if that has been taken for a value.
  private mutating func isLeftOpen(_ open: Token) -> Bool {
    switch current {
    case .end: return true
    case .identifier:
      guard hasNewline(last + 1..<next) else { return false }
      // An attribute with a colon for `=` is one only where the bracket's item could stand.
      return looksLikeItem(at: next)
        || tokens[next + 1].kind == .colon && indentation(of: token) <= indentation(of: open)
    case .equal, .openBrace, .openQuote:
      guard last > 0, tokens[last].kind == .identifier, beginsLine(last),
        current == .equal || indentation(of: tokens[last]) <= indentation(of: open)
      else { return false }
      stepBack()
      return true
    case .closeBrace: return open.kind != .openBrace && beginsLine(next)
    default: return false
    }
  }

  private func beginsLine(_ index: Int) -> Bool {
    hasNewline(index - 1..<index)
  }
}

extension Expression {
  /// Takes the expression out of its place, so that it is handed on and not copied.
  @inline(__always)
  mutating func take() -> Expression {
    let taken = consume self
    self = .invalid(Origin())
    return taken
  }
}
