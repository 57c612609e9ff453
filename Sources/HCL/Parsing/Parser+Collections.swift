internal import Diagnostics

extension Parser {
  /// The elements of a tuple or the arguments of a call, with what stands around them.
  struct Elements {
    var elements: [TupleExpression.Element] = []
    var isMultiline = false
    var closingComments: [Comment] = []
    var closingBlankLines = 0
    var expandsLast = false

    /// Whether the line may not go on behind the last element.
    fileprivate var endsLine = false
  }

  mutating func parseTuple() -> Expression {
    let open = token
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    defer { setSkipsNewlines(skipped) }
    if isNext("for") { return parseFor(open) }
    guard let elements = parseElements(open, .closeBracket) else {
      return .invalid(origin(from: open.start))
    }
    var tuple = TupleExpression(
      elements.elements, isMultiline: elements.isMultiline,
      closingComments: elements.closingComments, origin: origin(from: open.start))
    tuple.closingBlankLines = elements.closingBlankLines
    return .tuple(tuple)
  }

  /// Reads what follows a function's first name.
  mutating func parseCall(_ first: Token) -> Expression {
    var name = text(first)
    while current == .doubleColon {
      advance()
      guard current == .identifier else {
        return fail(
          Problem(
            id: "hcl.expected-name", summary: "Expected a name behind `::`, found \(found)"))
      }
      name += "::" + text(token)
      advance()
    }
    guard current == .openParenthesis else {
      return fail(
        Problem(
          id: "hcl.expected-arguments", summary: "Expected `(` behind `\(name)`, found \(found)",
          help: "Names with `::` are functions of providers."))
    }
    let open = token
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    defer { setSkipsNewlines(skipped) }
    guard let elements = parseElements(open, .closeParenthesis) else {
      return .invalid(origin(from: first.start))
    }
    var call = FunctionCall(
      name, elements.elements, expandsLast: elements.expandsLast,
      isMultiline: elements.isMultiline, closingComments: elements.closingComments,
      origin: origin(from: first.start))
    call.closingBlankLines = elements.closingBlankLines
    return .call(call)
  }

  /// Reads up to the closer and behind it; nil where the way is lost.
  private mutating func parseElements(_ open: Token, _ closer: Token.Kind) -> Elements? {
    var result = Elements()
    var highest = 0
    var gap = takeGap(before: next, keepsSameLine: false)
    result.isMultiline = gap.hasNewline
    while current != closer {
      var trivia = Trivia(blankLines: gap.blankLines, leading: gap.comments)
      let beginsLine =
        gap.hasNewline || result.elements.isEmpty || !gap.comments.isEmpty || result.endsLine
      let value = parseExpression()
      highest = max(highest, height)
      if !isLost, current == .ellipsis, closer == .closeParenthesis {
        advance()
        result.expandsLast = true
      }
      if !isLost, current != closer, current != .comma || result.expandsLast {
        failBracket(open, result.expandsLast ? "`)`" : closer.asElementEnd)
      }
      if isLost {
        switch recover(to: closer) {
        case .foreign: return nil
        case .separator, .closer: isLost = false
        }
      }
      var behind = current == .comma ? takeComments(before: next) : []
      if current == .comma {
        result.isMultiline = result.isMultiline || hasNewline(last + 1..<next)
        advance()
      }
      gap = takeGap(before: next, keepsSameLine: true)
      result.isMultiline = result.isMultiline || gap.hasNewline
      if gap.hasNewline || current == closer {
        behind += gap.sameLine
      } else {
        gap.comments = gap.sameLine + gap.comments
      }
      trivia.trailing = Parser.joined(behind)
      result.endsLine = trivia.trailing != nil
      result.elements.append(.init(value, trivia: trivia, beginsLine: beginsLine))
    }
    if !gap.comments.isEmpty {
      result.closingComments = gap.comments
      result.closingComments[gap.comments.count - 1].blankLinesAfter = 0
      result.closingBlankLines = gap.blankLines
      result.isMultiline = true
    }
    if result.elements.isEmpty, result.closingComments.isEmpty { result.isMultiline = false }
    advance()
    height = highest
    _ = grow(highest)
    if !result.isMultiline { result.settleOnOneLine() }
    return result
  }

  mutating func parseObject() -> Expression {
    let open = token
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    defer { setSkipsNewlines(skipped) }
    if isNext("for") { return parseFor(open) }
    var object = ObjectExpression([], isMultiline: false)
    var endsLine = false
    var highest = 0
    var gap = takeGap(before: next, keepsSameLine: false)
    object.isMultiline = gap.hasNewline
    while current != .closeBrace {
      let trivia = Trivia(blankLines: gap.blankLines, leading: gap.comments)
      let beginsLine =
        gap.hasNewline || object.items.isEmpty || !gap.comments.isEmpty || endsLine
      skipsNewlines = false
      var item = parseItem(open)
      highest = max(highest, height)
      if isLost {
        switch recover(to: .closeBrace, newlines: true) {
        case .foreign: return .invalid(origin(from: open.start))
        case .separator, .closer: isLost = false
        }
      }
      item.trivia = trivia
      item.beginsLine = beginsLine
      let hasComma = current == .comma
      var behind = hasComma ? takeComments(before: next) : []
      if hasComma {
        skipsNewlines = true
        advance()
      } else {
        setSkipsNewlines(true)
      }
      gap = takeGap(before: next, keepsSameLine: true)
      object.isMultiline = object.isMultiline || gap.hasNewline
      if gap.hasNewline || current == .closeBrace {
        behind += gap.sameLine
        item.hasComma = hasComma
      } else {
        gap.comments = gap.sameLine + gap.comments
      }
      item.trivia.trailing = Parser.joined(behind)
      endsLine = item.trivia.trailing != nil
      object.items.append(item)
    }
    if !gap.comments.isEmpty {
      object.closingComments = gap.comments
      object.closingComments[gap.comments.count - 1].blankLinesAfter = 0
      object.closingBlankLines = gap.blankLines
      object.isMultiline = true
    }
    if object.items.isEmpty, object.closingComments.isEmpty { object.isMultiline = false }
    advance()
    height = highest
    _ = grow(highest)
    if !object.isMultiline { object.settleOnOneLine() }
    object.origin = origin(from: open.start)
    return .object(object)
  }

  /// Reads `key = value` and leaves what follows.
  private mutating func parseItem(_ open: Token) -> ObjectExpression.Item {
    if hasNewline(last + 1..<next), isBlockHeader() {
      failBracket(open, "`}`")
      return ObjectExpression.Item(.invalid(origin(token)), .invalid(origin(token)))
    }
    let key = parseExpression()
    let keyHeight = height
    guard !isLost else { return ObjectExpression.Item(key, .invalid(Origin())) }
    guard current == .equal || current == .colon else {
      if current == .end {
        failBracket(open, "`}`")
      } else {
        fail(
          Problem(
            id: "hcl.expected-value", summary: "Expected `=` and a value, found \(found)",
            detail: "An item of an object is `key = value`.",
            help: "A key other than a plain name stands in quotes, or in `( )` if it is computed."))
      }
      return ObjectExpression.Item(key, .invalid(origin(token)))
    }
    let usesColon = current == .colon
    advance()
    let value = parseExpression()
    height = max(height, keyHeight)
    if !isLost {
      switch current {
      case .newline, .comma, .closeBrace: break
      case .end: failBracket(open, "`}`")
      default:
        fail(
          Problem(
            id: "hcl.expected-separator",
            summary: "Expected a comma, a new line or `}` behind the value, found \(found)",
            notes: [.init("The object opens here.", at: location(open))]))
      }
    }
    return ObjectExpression.Item(key, value, usesColon: usesColon)
  }

  /// Whether a line begins with `type "label" {` or the like.
  private func isBlockHeader() -> Bool {
    guard current == .identifier else { return false }
    var index = next + 1
    while tokens[index].kind == .spaces { index += 1 }
    switch tokens[index].kind {
    case .identifier, .openQuote: return true
    case .openBrace: return true
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

extension Parser.Elements {
  /// Puts comments into the elements, as on one line there are no places of their own.
  fileprivate mutating func settleOnOneLine() {
    for index in elements.indices {
      let trivia = elements[index].trivia
      elements[index].value = Parser.wrap(
        leading: trivia.leading, elements[index].value,
        trailing: trivia.trailing.map { [$0] } ?? [])
      elements[index].trivia = Trivia()
      elements[index].beginsLine = true
    }
  }
}

extension ObjectExpression {
  /// Puts comments into the values, as on one line there are no places of their own.
  fileprivate mutating func settleOnOneLine() {
    for index in items.indices {
      let trivia = items[index].trivia
      items[index].key = Parser.wrap(leading: trivia.leading, items[index].key)
      items[index].value = Parser.wrap(
        items[index].value, trailing: trivia.trailing.map { [$0] } ?? [])
      items[index].trivia = Trivia()
      items[index].beginsLine = true
      items[index].hasComma = false
    }
  }
}
