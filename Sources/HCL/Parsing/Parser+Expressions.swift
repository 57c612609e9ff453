internal import Diagnostics

extension Parser {
  /// Goes one level down; false (and reported) where that is too deep.
  mutating func enter() -> Bool {
    depth += 1
    if depth <= nestingLimit { return true }
    failTooDeep()
    return false
  }

  mutating func leave() { depth -= 1 }

  private mutating func failTooDeep() {
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
    guard enter() else {
      leave()
      return .invalid(origin(token))
    }
    defer { leave() }
    let start = token.start
    var condition = parseBinary(1)
    guard !isLost, current == .question else { return condition }
    commentsBehind(&condition)
    return parseConditional(condition, start: start)
  }

  private mutating func parseConditional(
    _ condition: consuming Expression, start: Int
  ) -> Expression {
    let conditionHeight = height
    let question = next
    var isMultiline = hasNewline(last + 1..<next)
    advance()
    var then = parseExpression()
    let thenHeight = height
    if isLost { return .invalid(origin(from: start)) }
    guard current == .colon else {
      return fail(.expectedColon(found, behind: location(tokens[question])))
    }
    commentsBehind(&then)
    isMultiline = isMultiline || hasNewline(last + 1..<next)
    advance()
    let otherwise = parseExpression()
    if isLost { return .invalid(origin(from: start)) }
    isMultiline = isMultiline || hasNewlineBehind(question)
    guard grow(conditionHeight, thenHeight, height) else { return .invalid(origin(from: start)) }
    return .conditional(
      Conditional(
        condition, then: then, otherwise: otherwise, isMultiline: isMultiline,
        origin: origin(from: start)))
  }

  /// Whether the line ends right behind a token.
  private func hasNewlineBehind(_ index: Int) -> Bool {
    guard skipsNewlines else { return false }
    return hasNewline(index + 1..<skipTrivia(index + 1))
  }

  /// Reads operations that bind at least as tightly as a precedence.
  private mutating func parseBinary(_ precedence: Int) -> Expression {
    let start = token.start
    var left = current == .minus || current == .not ? parseUnary() : parseTerm()
    while !isLost, let operation = Parser.operation(current),
      operation.precedence >= precedence
    {
      let leftHeight = height
      commentsBehind(&left)
      let breaksBefore = hasNewline(last + 1..<next)
      let sign = next
      advance()
      let breaksAfter = hasNewlineBehind(sign)
      let right = parseBinary(operation.precedence + 1)
      if isLost || !grow(leftHeight, height) { return .invalid(origin(from: start)) }
      left = .binary(
        BinaryOperation(
          left, operation, right,
          lineBreak: breaksBefore ? .before : breaksAfter ? .after : .none,
          origin: origin(from: start)))
    }
    return left
  }

  private static func operation(_ kind: Token.Kind) -> BinaryOperation.Operator? {
    switch kind {
    case .or: .or
    case .and: .and
    case .equalEqual: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessEqual: .lessOrEqual
    case .greater: .greater
    case .greaterEqual: .greaterOrEqual
    case .plus: .add
    case .minus: .subtract
    case .star: .multiply
    case .slash: .divide
    case .percent: .remainder
    default: nil
    }
  }

  private mutating func parseUnary() -> Expression {
    var signs: [(UnaryOperation.Operator, Int, [Comment])] = []
    while current == .minus || current == .not {
      let comments = takeComments(before: next)
      signs.append((current == .not ? .not : .negate, token.start, comments))
      advance()
    }
    var operand = parseTerm()
    for (sign, start, comments) in signs.reversed() {
      if isLost || !grow(height) { return .invalid(origin(from: start)) }
      operand = .unary(UnaryOperation(sign, operand, origin: origin(from: start)))
      operand = Parser.wrap(leading: comments, operand)
    }
    return operand
  }

  /// Reads an operand with its accesses: `a.b[0]`.
  private mutating func parseTerm() -> Expression {
    if hasComments(before: next) { return parseCommentedTerm() }
    let start = token.start
    var term = parsePrimary()
    while !isLost {
      switch current {
      case .dot: term = parseDot(term, start: start)
      case .openBracket: term = parseIndex(term, start: start)
      default: return term
      }
    }
    return term
  }

  private mutating func parseCommentedTerm() -> Expression {
    let comments = takeComments(before: next)
    let term = parseTerm()
    return isLost ? term : Parser.wrap(leading: comments, term)
  }

  private mutating func parsePrimary() -> Expression {
    height = 1
    switch current {
    case .number: return parseNumber()
    case .identifier: return parseName()
    case .openQuote: return parseQuoted()
    case .openHeredoc: return parseHeredoc()
    case .openBracket: return parseTuple()
    case .openBrace: return parseObject()
    case .openParenthesis: return parseParentheses()
    default: return failExpression()
    }
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
    case .equal: problem.help = "To compare, write `==`."
    default: break
    }
    return fail(problem)
  }

  private mutating func parseNumber() -> Expression {
    let token = token
    let number = text(token)
    let points = number.utf8.filter { $0 == UInt8(ascii: ".") }.count
    let exponents = number.utf8.filter { $0 | 0x20 == UInt8(ascii: "e") }.count
    let mantissa = number.prefix { $0 != "e" && $0 != "E" }
    let isPointLate = points == 1 && !mantissa.contains(".")
    guard points < 2, exponents < 2, !isPointLate else {
      return fail(.invalidNumber(number))
    }
    advance()
    if current == .identifier, tokens[next].start == token.end, !isNext("if") {
      return fail(.joinedNumber(token, self.token, text(self.token)))
    }
    return .literal(Literal(.number(number), origin: origin(token)))
  }

  private mutating func parseName() -> Expression {
    let token = token
    advance()
    if current == .openParenthesis || current == .doubleColon { return parseCall(token) }
    return nameOrWord(token)
  }

  private func nameOrWord(_ token: Token) -> Expression {
    if token.count == 4 || token.count == 5 {
      if isWord(token, "true") { return .literal(Literal(.bool(true), origin: origin(token))) }
      if isWord(token, "null") { return .literal(Literal(.null, origin: origin(token))) }
      if isWord(token, "false") { return .literal(Literal(.bool(false), origin: origin(token))) }
    }
    return .variable(Variable(text(token), origin: origin(token)))
  }

  private mutating func parseParentheses() -> Expression {
    let open = token
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    defer { setSkipsNewlines(skipped) }
    var isMultiline = hasNewline(last + 1..<next)
    var expression = parseExpression()
    if !isLost, current != .closeParenthesis { failBracket(open, "`)`") }
    if isLost, recoverClose(.closeParenthesis) != .closer {
      return .invalid(origin(from: open.start))
    }
    isLost = false
    commentsBehind(&expression)
    isMultiline = isMultiline || hasNewline(last + 1..<next)
    advance()
    return .parentheses(
      Parentheses(expression, isMultiline: isMultiline, origin: origin(from: open.start)))
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
  mutating func failBracket(_ open: Token, _ expected: String) -> Expression {
    let opener = SourceRange(open.start, open.end)
    guard isLeftOpen() else {
      return fail(
        Problem(
          id: current.bracketChange < 0 ? "hcl.mismatched-bracket" : "hcl.expected-separator",
          summary: "Expected \(expected), found \(found)",
          notes: [.init("The bracket opens here.", at: location(open))]))
    }
    isAtItem = isAtItem || !isLost && current != .end
    return fail(
      Problem(
        id: "hcl.unclosed-bracket", summary: "`\(text(open))` is never closed",
        help: "Expected \(expected) before \(found).", range: opener))
  }

  /// Whether the file ends or an item begins here, so that a bracket must have been left open.
  ///
  /// Goes back to the item's name if that has been taken for a value.
  private mutating func isLeftOpen() -> Bool {
    switch current {
    case .end: return true
    case .identifier: return hasNewline(last + 1..<next) && looksLikeItem(at: next)
    case .equal:
      guard last > 0, tokens[last].kind == .identifier, beginsLine(last) else { return false }
      stepBack()
      return true
    default: return false
    }
  }

  private func beginsLine(_ index: Int) -> Bool {
    hasNewline(index - 1..<index)
  }
}

// MARK: - Messages

extension Parser.Problem {
  fileprivate static func expectedColon(_ found: String, behind place: SourceLocation) -> Self {
    Self(
      id: "hcl.expected-colon", summary: "Expected `:` and a value, found \(found)",
      detail: "A conditional is `condition ? value : other`.",
      notes: [.init("The condition ends here.", at: place)])
  }

  fileprivate static func invalidNumber(_ number: String) -> Self {
    Self(
      id: "hcl.invalid-number", summary: "`\(number)` isn't a number",
      detail: "A number is digits, perhaps with a point and an exponent: `1.5e3`.")
  }

  fileprivate static func joinedNumber(_ number: Token, _ next: Token, _ name: String) -> Self {
    Self(
      id: "hcl.invalid-number", summary: "A number can't be followed directly by `\(name)`",
      help: "Numbers are decimal; put text in quotes.",
      range: SourceRange(number.start, next.end))
  }
}
