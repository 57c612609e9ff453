internal import Diagnostics

extension Parser {
  /// The items of an object, with what stands around them.
  struct Items {
    let open: Token
    var skipped = false
    var isForeign = false
    var items: [ObjectExpression.Item] = []
    var surroundings = Surroundings()
    /// The item that is being read.
    var key = Expression.invalid(Origin())
    var keyHeight = 0
    var usesColon = false
  }

  mutating func parseObject(into result: inout Expression) {
    var items = Items(open: token)
    openObject(&items)
    if isNext(.for) {
      parseFor(items.open, into: &result)
      return setSkipsNewlines(items.skipped)
    }
    while continues(&items) {
      if beginsKey(&items) { parseExpression(into: &items.key) }
      if endKey(&items) { parseExpression(into: &result) }
      endItem(&result, &items)
    }
    endObject(&result, consume items)
  }

  @inline(never)
  private mutating func openObject(_ items: inout Items) {
    items.skipped = skipsNewlines
    skipsNewlines = true
    advance()
    if isNext(.for) { return }
    beginElements(&items.surroundings)
    if current != .closeBrace { items.items.reserveCapacity(4) }
  }

  /// Whether another item begins here.
  private mutating func continues(_ items: inout Items) -> Bool {
    if items.isForeign || current == .closeBrace { return false }
    skipsNewlines = false
    return true
  }

  /// Whether a key can begin here; reports that the object isn't closed if not.
  private mutating func beginsKey(_ items: inout Items) -> Bool {
    guard current == .end || isBlockHeader(outside: items.open) else { return true }
    items.key = failBracket(items.open, "`}`")
    return false
  }

  /// Goes behind the `=` or `:` behind a key; false where it isn't there.
  @inline(never)
  private mutating func endKey(_ items: inout Items) -> Bool {
    items.keyHeight = height
    items.usesColon = current == .colon
    if !isLost, current != .equal, current != .colon {
      if current == .end { failBracket(items.open, "`}`") } else { fail(.expectedValue(found)) }
    }
    if isLost { return false }
    advance()
    return true
  }

  /// Reads what follows an item, and adds it.
  @inline(never)
  private mutating func endItem(_ value: inout Expression, _ items: inout Items) {
    items.surroundings.height = max(items.surroundings.height, height, items.keyHeight)
    if isLost {
      value = .invalid(Origin())
    } else {
      switch current {
      case .newline, .comma, .closeBrace: break
      case .end: failBracket(items.open, "`}`")
      default: fail(.expectedItemEnd(found, object: location(items.open)))
      }
    }
    if isLost {
      if isAtOwnItem(items.open) {
        isAtItem = false
      } else {
        items.isForeign = recover(to: .closeBrace, newlines: true) == .foreign
        if items.isForeign { return }
      }
      isLost = false
    }
    var trivia = items.surroundings.trivia
    var beginsLine = items.surroundings.beginsLine
    let hasComma = endLine(.closeBrace, &trivia, &items.surroundings)
    if trivia.hasComments, value.endsWithHeredoc, trivia.moveTrailing() { beginsLine = true }
    items.items.append(
      ObjectExpression.Item(
        items.key.take(), value.take(), usesColon: items.usesColon, hasComma: hasComma,
        trivia: trivia, beginsLine: beginsLine))
  }

  @inline(never)
  private mutating func endObject(_ result: inout Expression, _ items: consuming Items) {
    var closing = ClosingComments()
    if !items.isForeign {
      closing = endElements(&items.surroundings, isEmpty: items.items.isEmpty)
    }
    let origin = origin(from: items.open.start)
    setSkipsNewlines(items.skipped)
    if items.isForeign {
      result = .invalid(origin)
    } else {
      var object = ObjectExpression(
        items.items, isMultiline: items.surroundings.isMultiline, origin: origin)
      object.closing = closing
      if !object.isMultiline { object.settleOnOneLine() }
      result = .object(object)
    }
  }

  /// Whether a line begins with `type "label" {` or the like, no deeper than the line on which
  /// an object opens.
  private func isBlockHeader(outside open: Token) -> Bool {
    guard current == .identifier, hasNewline(last + 1..<next) else { return false }
    switch tokens[next + 1].kind {
    case .identifier, .openQuote, .openBrace:
      return indentation(of: token) <= indentation(of: open)
    default: return false
    }
  }

  /// Whether a bracket inside of an object was left open, and the next item is the object's.
  private func isAtOwnItem(_ open: Token) -> Bool {
    var index = next
    while tokens[index].kind.isTrivia { index += 1 }
    return isAtItem && tokens[index + 1].kind == .equal
      && indentation(of: tokens[index]) > indentation(of: open)
  }
}

extension ObjectExpression {
  /// Puts comments into the values, as on one line there are no places of their own.
  fileprivate mutating func settleOnOneLine() {
    for index in items.indices {
      if !items[index].beginsLine { items[index].beginsLine = true }
      if items[index].hasComma { items[index].hasComma = false }
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
