internal import Diagnostics

extension Parser {
  /// Reads a for-expression from its `for`; the opening bracket is behind.
  mutating func parseFor(_ open: Token) -> Expression {
    let closer: Token.Kind = open.kind == .openBrace ? .closeBrace : .closeBracket
    var result = ForExpression(valueName: "", in: .invalid(Origin()), value: .invalid(Origin()))
    result.isMultiline = hasNewline(last + 1..<next)
    advance()
    parseForClauses(&result, open)
    if !isLost, current != closer {
      failBracket(open, closer == .closeBrace ? "`if` or `}`" : "`if` or `]`")
    }
    if isLost, recoverClose(closer) != .closer { return .invalid(origin(from: open.start)) }
    isLost = false
    if result.valueName.isEmpty {
      advance()
      return .invalid(origin(from: open.start))
    }
    if result.condition != nil {
      if var condition = result.condition {
        commentsBehind(&condition)
        result.condition = condition
      }
    } else {
      commentsBehind(&result.value)
    }
    result.isMultiline = result.isMultiline || hasNewline(last + 1..<next)
    advance()
    result.origin = origin(from: open.start)
    return .forExpression(result)
  }

  private mutating func parseForClauses(_ result: inout ForExpression, _ open: Token) {
    guard let names = parseForNames() else { return }
    (result.keyName, result.valueName) = names
    var highest = 0
    result.collection = parseExpression()
    highest = max(highest, height)
    guard !isLost else { return }
    guard current == .colon else {
      fail(.invalidFor("Expected `:` behind the collection, found \(found)"))
      return
    }
    commentsBehind(&result.collection)
    result.isMultiline = result.isMultiline || hasNewline(last + 1..<next)
    advance()
    result.isMultiline = result.isMultiline || hasNewline(last + 1..<next)
    result.value = parseExpression()
    highest = max(highest, height)
    guard !isLost else { return }
    if open.kind == .openBrace {
      parseForValue(&result)
      highest = max(highest, height)
    } else if current == .arrow {
      fail(.listWithKeys)
    }
    guard !isLost else { return }
    if isNext("if") {
      commentsBehind(&result.value)
      result.isMultiline = result.isMultiline || hasNewline(last + 1..<next)
      advance()
      result.condition = parseExpression()
      highest = max(highest, height)
    }
    _ = grow(highest)
  }

  /// Reads `=> value...`; what was read as the value before is the key.
  private mutating func parseForValue(_ result: inout ForExpression) {
    guard current == .arrow else {
      fail(.missingArrow(found))
      return
    }
    commentsBehind(&result.value)
    advance()
    result.key = result.value
    result.value = parseExpression()
    guard !isLost, current == .ellipsis else { return }
    commentsBehind(&result.value)
    advance()
    result.isGrouping = true
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
    guard isNext("in") else {
      fail(.invalidForNames("Expected `in` and a collection, found \(found)"))
      return nil
    }
    advance()
    return names.count == 2 ? (names[0], names[1]) : (nil, names[0])
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

  fileprivate static var listWithKeys: Self {
    Self(
      id: "hcl.invalid-for", summary: "A list has no keys",
      help: "Write `{ for ... }` to make an object.")
  }

  fileprivate static func missingArrow(_ found: String) -> Self {
    Self(
      id: "hcl.invalid-for", summary: "Expected `=>` behind the key, found \(found)",
      detail: "It is `{ for value in collection : key => value }`.",
      help: "Write `[for ...]` to make a list.")
  }
}
