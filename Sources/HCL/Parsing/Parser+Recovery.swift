internal import Diagnostics

extension Parser {
  /// Where a search for the way back ended.
  enum Landmark {
    case separator
    case closer
    /// Something that belongs to whoever stands around.
    case foreign
  }

  /// Goes on to the next comma (or newline, where `newlines` is set) or closer of a bracket.
  mutating func recover(to closer: Token.Kind, newlines: Bool = false) -> Landmark {
    if isAtItem { return .foreign }
    var open = 0
    var index = next
    defer { jump(to: index) }
    while true {
      let kind = tokens[index].kind
      switch kind {
      case .end, .brokenQuote: return .foreign
      case .comma where open == 0: return .separator
      case .newline, .lineComment:
        if !isTooDeep, startsItem(behind: index) {
          index = skipTrivia(index)
          isAtItem = true
          return .foreign
        }
        if open == 0, newlines, mayBeginObjectItem(behind: index) { return .separator }
      default:
        let change = kind.bracketChange
        if change < 0, open == 0 {
          if kind == closer { return .closer }
          guard isStray(index) else { return .foreign }
          index = closerOnLine(closer, behind: index)
          replaceKind(at: index, by: closer)
          return .closer
        }
        open += change
      }
      index += 1
    }
  }

  /// Whether a closing bracket closes nothing of the item around it, and so was meant for the
  /// bracket that is open.
  private func isStray(_ index: Int) -> Bool {
    guard let itemStart, tokens[index].kind != .sequenceEnd,
      diagnostics.items.count < Parser.errorLimit
    else {
      return false
    }
    // The brace of a block stands on a line of its own.
    if tokens[index].kind == .closeBrace { return !hasNewline(itemStart..<index) }
    var open: [Token.Kind] = []
    for place in itemStart..<index { _ = tokens[place].kind.changes(&open) }
    return !tokens[index].kind.changes(&open)
  }

  /// The closer that follows a stray one on its line; the stray one if none does.
  private func closerOnLine(_ closer: Token.Kind, behind stray: Int) -> Int {
    var open: [Token.Kind] = []
    var index = stray + 1
    while true {
      let kind = tokens[index].kind
      switch kind {
      case .newline, .lineComment, .end, .brokenQuote: return stray
      default:
        if open.isEmpty, kind == closer { return index }
        _ = kind.changes(&open)
      }
      index += 1
    }
  }

  /// Goes on to the end of the line of an item that began at a token, or to the closing brace
  /// of the body around it.
  mutating func recoverLine(from start: Int, isFile: Bool) {
    var open: [Token.Kind] = []
    for index in start..<max(start, next) { _ = tokens[index].kind.changes(&open) }
    var index = next
    loop: while !isAtItem {
      let kind = tokens[index].kind
      switch kind {
      case .end: break loop
      case .newline, .lineComment:
        if open.isEmpty && !isBraceOnNextLine(index) || !isTooDeep && startsItem(behind: index) {
          break loop
        }
        let isInString = open.allSatisfy { $0 == .interpolation || $0 == .directive }
        if isInString, startsSibling(behind: index, of: start) { break loop }
      case .sequenceEnd where !isFile && isOutside(index, of: start) && takesBrace(index):
        break loop
      default:
        // A brace that closes nothing of this item belongs to the body around it.
        if !kind.changes(&open), kind == .closeBrace, !isFile { break loop }
      }
      index += 1
    }
    skipsNewlines = false
    isAtItem = false
    jump(to: index)
    passComments(before: index)
    isLost = false
  }

  /// Whether the line behind a newline begins as far right as an item, and like one.
  private func startsSibling(behind newline: Int, of item: Int) -> Bool {
    looksLikeItem(at: newline + 1) && hasNewline(newline..<newline + 1)
      && indentation(of: tokens[newline + 1]) == indentation(of: tokens[item])
  }

  /// Whether a token begins a line further left than an item.
  private func isOutside(_ index: Int, of item: Int) -> Bool {
    hasNewline(index - 1..<index) && indentation(of: tokens[index]) < indentation(of: tokens[item])
  }

  /// Takes the end of a sequence for the brace of a block, where the string around it was never
  /// closed; whether it did.
  mutating func takesBrace(_ index: Int) -> Bool {
    guard tokens[index + 1].kind == .brokenQuote else { return false }
    replaceKind(at: index, by: .closeBrace)
    // Of the string nothing is left.
    replaceKind(at: index + 1, by: .byteOrderMark)
    if index == next { jump(to: index) }
    return true
  }

  /// Whether the line behind a newline begins at its very start with what looks like an
  /// attribute or a block: then a bracket before it was most likely left open.
  func startsItem(behind newline: Int) -> Bool {
    guard newline + 1 < tokens.count, tokens[newline + 1].kind == .identifier,
      tokens[newline + 1].start == tokens[newline].end
    else { return false }
    return looksLikeItem(at: newline + 1)
  }

  /// Whether the first thing on the lines behind a newline is `{`, which can begin no item.
  func isBraceOnNextLine(_ newline: Int) -> Bool {
    var index = newline
    while tokens[index].kind.isTrivia { index += 1 }
    return index > newline && tokens[index].kind == .openBrace
  }

  /// Whether an object's item or closer can begin behind a newline.
  private func mayBeginObjectItem(behind newline: Int) -> Bool {
    var index = newline
    while tokens[index].kind.isTrivia { index += 1 }
    switch tokens[index].kind {
    case .identifier, .number:
      return tokens[index + 1].kind == .equal || tokens[index + 1].kind == .colon
    case .openQuote, .openParenthesis, .closeBrace: return true
    default: return false
    }
  }

  /// How many bytes stand before the first thing on the line of a token.
  func indentation(of token: Token) -> Int {
    var lineStart = token.start
    while lineStart > 0, bytes[lineStart - 1] != 0x0A { lineStart -= 1 }
    var index = lineStart
    while index < token.start, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    return index - lineStart
  }

  /// Whether a name at an index is followed by what makes it an attribute or a block.
  func looksLikeItem(at index: Int) -> Bool {
    guard tokens[index].kind == .identifier else { return false }
    switch tokens[index + 1].kind {
    case .equal, .openBrace, .openQuote: return true
    default: return false
    }
  }
}

extension Token.Kind {
  /// Notes that a bracket opens or closes; false for a closer of what isn't open.
  ///
  /// What was opened inside of what closes is taken for forgotten.
  fileprivate func changes(_ open: inout [Token.Kind]) -> Bool {
    if bracketChange > 0 { open.append(self) }
    guard bracketChange < 0 else { return true }
    guard let place = open.lastIndex(where: { $0.isClosed(by: self) }) else { return false }
    open.removeLast(open.count - place)
    return true
  }

  private func isClosed(by closer: Token.Kind) -> Bool {
    switch self {
    case .openBrace: closer == .closeBrace
    case .openBracket: closer == .closeBracket
    case .openParenthesis: closer == .closeParenthesis
    default: closer == .sequenceEnd
    }
  }
}
