internal import Diagnostics

extension Parser {
  /// A for-expression that is being read.
  struct Comprehension {
    let open: Token
    let isObject: Bool
    var keyName: String?
    var valueName: String
    var collection = Expression.invalid(Origin())
    var key: Expression?
    var isGrouping = false
    var value = Expression.invalid(Origin())
    var isMultiline: Bool
    var hasCondition = false
    /// The height of its highest part.
    var height = 0
  }

  /// Reads a for-expression from its `for` and behind its closer; the opening bracket is behind.
  @inline(never)
  mutating func parseFor(_ open: Token, into result: inout Expression) {
    guard var parts = beginFor(open) else { return endDamagedFor(open, &result) }
    parseExpression(into: &parts.collection)
    if endCollection(&parts) {
      parseExpression(into: &result)
      if endKey(&parts, &result) { parseExpression(into: &result) }
      parts.height = max(parts.height, height)
      if endValue(&parts, &result) { parseExpression(into: &result) }
    }
    endFor(consume parts, &result)
  }

  private mutating func beginFor(_ open: Token) -> Comprehension? {
    let isMultiline = hasNewline(last + 1..<next)
    advance()
    guard let names = parseForNames() else { return nil }
    return Comprehension(
      open: open, isObject: open.kind == .openBrace, keyName: names.key, valueName: names.value,
      isMultiline: isMultiline)
  }

  private mutating func endDamagedFor(_ open: Token, _ result: inout Expression) {
    if recoverClose(open.kind == .openBrace ? .closeBrace : .closeBracket) == .closer {
      isLost = false
      advance()
    }
    result = .invalid(origin(from: open.start))
  }

  private mutating func endCollection(_ parts: inout Comprehension) -> Bool {
    parts.height = height
    if isLost { return false }
    guard current == .colon else {
      fail(.invalidFor("Expected `:` behind the collection, found \(found)"))
      return false
    }
    commentsBehind(&parts.collection)
    noteNewline(&parts, behind: parts.collection)
    advance()
    noteNewline(&parts)
    return true
  }

  private mutating func noteNewline(
    _ parts: inout Comprehension, behind expression: Expression? = nil
  ) {
    if expression?.endsLine ?? false || hasNewline(last + 1..<next) { parts.isMultiline = true }
  }

  /// Takes what was read for the key where `=>` follows; whether a value follows then.
  private mutating func endKey(_ parts: inout Comprehension, _ read: inout Expression) -> Bool {
    parts.height = max(parts.height, height)
    if isLost { return false }
    if !parts.isObject {
      if current == .arrow { fail(.listWithKeys(read.origin.range)) }
      return false
    }
    guard current == .arrow else {
      fail(.missingArrow(found, current == .closeBrace ? read.origin.range : nil))
      return false
    }
    commentsBehind(&read)
    advance()
    parts.key = read.take()
    return true
  }

  /// Reads what follows the value; whether a condition follows then.
  private mutating func endValue(_ parts: inout Comprehension, _ read: inout Expression) -> Bool {
    if isLost { return false }
    if parts.isObject, current == .ellipsis {
      commentsBehind(&read)
      advance()
      parts.isGrouping = true
    }
    commentsBehind(&read)
    guard isNext(.if) else { return false }
    noteNewline(&parts, behind: read)
    parts.value = read.take()
    advance()
    parts.hasCondition = true
    return true
  }

  private mutating func endFor(_ parts: consuming Comprehension, _ read: inout Expression) {
    let closer: Token.Kind = parts.isObject ? .closeBrace : .closeBracket
    if !isLost { _ = grow(parts.height, height) }
    if !isLost, current != closer {
      failBracket(parts.open, parts.isObject ? "`if` or `}`" : "`if` or `]`")
    }
    if isLost { return endDamagedFor(parts.open, &read) }
    commentsBehind(&read)
    noteNewline(&parts, behind: read)
    advance()
    let origin = origin(from: parts.open.start)
    read = (consume parts).expression(read.take(), origin)
  }

  /// Reads `value in` or `key, value in`; nil (and reported) where that isn't there.
  mutating func parseForNames() -> (key: String?, value: String)? {
    var names: [String] = []
    while true {
      guard current == .identifier else {
        fail(.invalidForNames("Expected a name behind `for`, found \(found)"))
        return nil
      }
      names.append(text(token))
      advance()
      guard current == .comma, names.count == 1 else { break }
      advance()
    }
    guard isNext(.in) else {
      fail(.invalidForNames("Expected `in` and a collection, found \(found)"))
      return nil
    }
    advance()
    return names.count == 2 ? (names[0], names[1]) : (nil, names[0])
  }
}

extension Parser.Comprehension {
  /// The finished expression; what was read last is its condition or its value.
  fileprivate consuming func expression(_ read: consuming Expression, _ origin: Origin)
    -> Expression
  {
    .forExpression(
      ForExpression(
        keyName: keyName, valueName: valueName, in: collection, key: key,
        value: hasCondition ? value : read, isGrouping: isGrouping,
        condition: hasCondition ? read : nil, isMultiline: isMultiline, origin: origin))
  }
}

// MARK: - Messages

extension Parser.Problem {
  fileprivate static func invalidFor(_ summary: String) -> Self {
    Self(
      id: "hcl.invalid-for", summary: summary,
      detail: "It is `[for value in collection : result]`.")
  }

  fileprivate static func invalidForNames(_ summary: String) -> Self {
    Self(
      id: "hcl.invalid-for", summary: summary,
      detail: "It is `for value in collection`, or `for key, value in collection`.")
  }

  fileprivate static func listWithKeys(_ key: SourceRange?) -> Self {
    Self(
      id: "hcl.invalid-for", summary: "A list has no keys",
      help: "Write `{ for ... }` to make an object.", range: key)
  }

  fileprivate static func missingArrow(_ found: String, _ key: SourceRange?) -> Self {
    Self(
      id: "hcl.invalid-for", summary: "Expected `=>` behind the key, found \(found)",
      detail: "It is `{ for value in collection : key => value }`.",
      help: "Write `[for ...]` to make a list.", range: key)
  }
}
