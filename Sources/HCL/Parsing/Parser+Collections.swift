internal import Diagnostics

extension Parser {
  /// The elements of a tuple or the arguments of a call, with what stands around them.
  struct Elements {
    let open: Token
    let closer: Token.Kind
    var elements: [TupleExpression.Element] = []
    var expandsLast = false
    var surroundings = Surroundings()
  }

  /// What is known about the inside of a bracket, apart from its elements.
  struct Surroundings {
    var isMultiline = false
    var closing = ClosingComments()
    /// What stands before the next element or the closer.
    var gap = Gap()
    /// Whether the line may not go on behind the last element.
    var endsLine = false
    /// The height of the highest element.
    var height = 0
  }

  mutating func parseTuple() -> Expression {
    let open = token
    let skipped = openBracket()
    defer { setSkipsNewlines(skipped) }
    if isNext("for") { return parseFor(open) }
    var elements = Elements(open: open, closer: .closeBracket)
    guard parseElements(&elements) else { return .invalid(origin(from: open.start)) }
    return elements.tuple(origin(from: open.start))
  }

  /// Goes behind an opening bracket and into the mode without newlines; whether it was in it.
  private mutating func openBracket() -> Bool {
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    return skipped
  }

  /// Reads what follows a function's first name.
  mutating func parseCall(_ first: Token) -> Expression {
    guard let name = parseFunctionName(first) else { return .invalid(origin(from: first.start)) }
    var elements = Elements(open: token, closer: .closeParenthesis)
    let skipped = openBracket()
    defer { setSkipsNewlines(skipped) }
    guard parseElements(&elements) else { return .invalid(origin(from: first.start)) }
    return elements.call(name, origin(from: first.start))
  }

  /// Reads the rest of a function's name, up to the parenthesis behind it.
  private mutating func parseFunctionName(_ first: Token) -> String? {
    var name = text(first)
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

  /// Reads up to the closer and behind it; false where the way is lost.
  private mutating func parseElements(_ elements: inout Elements) -> Bool {
    beginElements(&elements.surroundings)
    if current != elements.closer { elements.elements.reserveCapacity(2) }
    while current != elements.closer {
      let value =
        current == .end
        ? failBracket(elements.open, elements.closer.asElementEnd) : parseExpression()
      guard endElement(value, &elements) else { return false }
    }
    endElements(&elements.surroundings, isEmpty: elements.elements.isEmpty)
    if !elements.surroundings.isMultiline { elements.settleOnOneLine() }
    return true
  }

  private mutating func beginElements(_ surroundings: inout Surroundings) {
    surroundings.gap = takeGap(before: next, keepsSameLine: false)
    surroundings.isMultiline = surroundings.gap.hasNewline
  }

  private mutating func endElements(_ surroundings: inout Surroundings, isEmpty: Bool) {
    let gap = surroundings.gap
    if gap.comments.isEmpty {
      if isEmpty { surroundings.isMultiline = false }
    } else {
      surroundings.closing = gap.closing
      surroundings.isMultiline = true
    }
    advance()
    _ = grow(surroundings.height)
  }

  /// Reads what follows an element, and adds it; false where the way is lost.
  private mutating func endElement(
    _ value: consuming Expression, _ elements: inout Elements
  ) -> Bool {
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
      if recover(to: closer) == .foreign { return false }
      isLost = false
    }
    var (trivia, beginsLine) = elements.surroundings.beginning(
      isFirst: elements.elements.isEmpty)
    let trailing = endLine(closer, &elements.surroundings).trailing
    if trailing != nil { trivia.trailing = trailing }
    elements.elements.append(.init(value, trivia: trivia, beginsLine: beginsLine))
    return true
  }

  /// Reads a comma and the comments behind it.
  private mutating func endLine(
    _ closer: Token.Kind, _ surroundings: inout Surroundings
  ) -> (trailing: Comment?, endsWithComma: Bool) {
    let hasComma = current == .comma
    if hasComma, nextComment > next + 1, !tokens[next + 1].kind.isTrivia {
      skipsNewlines = true
      advance()
      surroundings.gap = Gap()
      surroundings.endsLine = false
      return (nil, current == closer)
    }
    if current == closer, next == last + 1, !hasComments(before: next) {
      skipsNewlines = true
      surroundings.gap = Gap()
      surroundings.endsLine = false
      return (nil, false)
    }
    return findLineEnd(closer, hasComma, &surroundings)
  }

  private mutating func findLineEnd(
    _ closer: Token.Kind, _ hasComma: Bool, _ surroundings: inout Surroundings
  ) -> (trailing: Comment?, endsWithComma: Bool) {
    var behind: [Comment] = []
    if hasComma {
      behind = takeComments(before: next)
      if hasNewline(last + 1..<next) { surroundings.isMultiline = true }
      skipsNewlines = true
      advance()
    } else {
      setSkipsNewlines(true)
    }
    var gap = takeGap(before: next, keepsSameLine: true)
    surroundings.isMultiline = surroundings.isMultiline || gap.hasNewline
    let isLast = gap.hasNewline || current == closer
    if isLast { behind += gap.sameLine } else { gap.comments = gap.sameLine + gap.comments }
    surroundings.gap = gap
    let trailing = Parser.joined(behind)
    surroundings.endsLine = trailing != nil
    return (trailing, hasComma && isLast)
  }

  // MARK: Objects

  mutating func parseObject() -> Expression {
    let open = token
    let skipped = openBracket()
    defer { setSkipsNewlines(skipped) }
    if isNext("for") { return parseFor(open) }
    var items: [ObjectExpression.Item] = []
    var surroundings = Surroundings()
    beginElements(&surroundings)
    if current != .closeBrace { items.reserveCapacity(4) }
    while current != .closeBrace {
      skipsNewlines = false
      let key = parseKey(open)
      let keyHeight = height
      let usesColon = current == .colon
      let value = isLost ? Expression.invalid(Origin()) : parseValue()
      surroundings.height = max(surroundings.height, height, keyHeight)
      let item = ObjectExpression.Item(key, value, usesColon: usesColon)
      guard endItem(item, open, &items, &surroundings) else {
        return .invalid(origin(from: open.start))
      }
    }
    endElements(&surroundings, isEmpty: items.isEmpty)
    return surroundings.object(items, origin(from: open.start))
  }

  /// Reads a key up to the `=` or `:` behind it.
  private mutating func parseKey(_ open: Token) -> Expression {
    if current == .end || isBlockHeader() { return failBracket(open, "`}`") }
    let key = parseExpression()
    if isLost || current == .equal || current == .colon { return key }
    if current == .end { return failBracket(open, "`}`") }
    return fail(.expectedValue(found))
  }

  private mutating func parseValue() -> Expression {
    advance()
    return parseExpression()
  }

  /// Reads what follows an item, and adds it; false where the way is lost.
  private mutating func endItem(
    _ item: consuming ObjectExpression.Item, _ open: Token, _ items: inout [ObjectExpression.Item],
    _ surroundings: inout Surroundings
  ) -> Bool {
    if !isLost {
      switch current {
      case .newline, .comma, .closeBrace: break
      case .end: failBracket(open, "`}`")
      default: fail(.expectedItemEnd(found, object: location(open)))
      }
    }
    if isLost {
      if recover(to: .closeBrace, newlines: true) == .foreign { return false }
      isLost = false
    }
    (item.trivia, item.beginsLine) = surroundings.beginning(isFirst: items.isEmpty)
    (item.trivia.trailing, item.hasComma) = endLine(.closeBrace, &surroundings)
    items.append(item)
    return true
  }

  /// Whether a line begins with `type "label" {` or the like.
  private func isBlockHeader() -> Bool {
    guard current == .identifier, hasNewline(last + 1..<next) else { return false }
    switch tokens[next + 1].kind {
    case .identifier, .openQuote, .openBrace: return true
    default: return false
    }
  }
}

extension Token.Kind {
  /// What may follow an element before this closer, in words.
  fileprivate var asElementEnd: String {
    self == .closeBracket ? "a comma or `]`" : "a comma or `)`"
  }
}

extension Parser.Surroundings {
  /// What stands before an element that has been read.
  fileprivate func beginning(isFirst: Bool) -> (Trivia, beginsLine: Bool) {
    (
      Trivia(blankLines: gap.blankLines, leading: gap.comments),
      gap.hasNewline || isFirst || !gap.comments.isEmpty || endsLine
    )
  }

  fileprivate func object(
    _ items: consuming [ObjectExpression.Item], _ origin: Origin
  ) -> Expression {
    var object = ObjectExpression(
      items, isMultiline: isMultiline, origin: origin)
    object.closing = closing
    if !isMultiline { object.settleOnOneLine() }
    return .object(object)
  }
}

extension Parser.Elements {
  fileprivate consuming func tuple(_ origin: Origin) -> Expression {
    var tuple = TupleExpression(
      elements, isMultiline: surroundings.isMultiline, origin: origin)
    tuple.closing = surroundings.closing
    return .tuple(tuple)
  }

  fileprivate consuming func call(_ name: consuming String, _ origin: Origin) -> Expression {
    var call = FunctionCall(
      name, elements, expandsLast: expandsLast, isMultiline: surroundings.isMultiline,
      origin: origin)
    call.closing = surroundings.closing
    return .call(call)
  }

  /// Puts comments into the elements, as on one line there are no places of their own.
  fileprivate mutating func settleOnOneLine() {
    for index in elements.indices {
      elements[index].beginsLine = true
      guard elements[index].trivia.hasComments else { continue }
      let trivia = elements[index].trivia
      elements[index].value = Parser.wrap(
        leading: trivia.leading, elements[index].value,
        trailing: trivia.trailing.map { [$0] } ?? [])
      elements[index].trivia = Trivia()
    }
  }
}

extension ObjectExpression {
  /// Puts comments into the values, as on one line there are no places of their own.
  fileprivate mutating func settleOnOneLine() {
    for index in items.indices {
      items[index].beginsLine = true
      items[index].hasComma = false
      guard items[index].trivia.hasComments else { continue }
      let trivia = items[index].trivia
      items[index].key = Parser.wrap(leading: trivia.leading, items[index].key)
      items[index].value = Parser.wrap(
        items[index].value, trailing: trivia.trailing.map { [$0] } ?? [])
      items[index].trivia = Trivia()
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

  fileprivate static func expectedValue(_ found: String) -> Self {
    Self(
      id: "hcl.expected-value", summary: "Expected `=` and a value, found \(found)",
      detail: "An item of an object is `key = value`.",
      help: "A key other than a plain name stands in quotes, or in `( )` if it is computed.")
  }

  fileprivate static func expectedItemEnd(_ found: String, object: SourceLocation) -> Self {
    Self(
      id: "hcl.expected-separator",
      summary: "Expected a comma, a new line or `}` behind the value, found \(found)",
      notes: [.init("The object opens here.", at: object)])
  }
}
