internal import Diagnostics

extension Parser {
  /// Reads `.name`, `.0` or `.*`.
  mutating func parseDot(_ base: consuming Expression, start: Int) -> Expression {
    let baseHeight = height
    advance()
    let token = token
    switch current {
    case .identifier:
      advance()
      guard grow(baseHeight) else { return .invalid(origin(from: start)) }
      return .attribute(AttributeAccess(base, text(token), origin: origin(from: start)))
    case .number:
      guard let index = parseLegacyIndex(), grow(baseHeight) else {
        return .invalid(origin(from: start))
      }
      return .legacyIndex(LegacyIndexAccess(base, index, origin: origin(from: start)))
    case .star:
      advance()
      return parseAttributeSplat(base, height: baseHeight, start: start)
    default:
      return fail(.expectedName(found, current))
    }
  }

  private mutating func parseLegacyIndex() -> String? {
    let index = text(token)
    // Terraform reads exponents here too.
    let isWhole =
      !index.utf8.contains(UInt8(ascii: "."))
      && index.utf8.filter { $0 | 0x20 == UInt8(ascii: "e") }.count < 2
    guard isWhole else {
      fail(.legacyIndex(index))
      return nil
    }
    advance()
    return index
  }

  private mutating func parseAttributeSplat(
    _ base: consuming Expression, height baseHeight: Int, start: Int
  ) -> Expression {
    var steps: [Splat.Step] = []
    while current == .dot {
      advance()
      let token = token
      switch current {
      case .identifier:
        advance()
        steps.append(.attribute(text(token)))
      case .number:
        guard let index = parseLegacyIndex() else { return .invalid(origin(from: start)) }
        steps.append(.legacyIndex(index))
      default:
        return fail(.expectedName(found, current))
      }
    }
    guard grow(baseHeight, steps.count) else { return .invalid(origin(from: start)) }
    return .splat(Splat(base, isFull: false, steps: steps, origin: origin(from: start)))
  }

  /// Reads `[key]` or `[*]` with all that follows it.
  mutating func parseIndex(_ base: consuming Expression, start: Int) -> Expression {
    let baseHeight = height
    if kindAfterOpenBracket() == .star { return parseFullSplat(base, start: start) }
    guard let key = parseKey(), grow(baseHeight, height) else {
      return .invalid(origin(from: start))
    }
    return .index(IndexAccess(base, key, origin: origin(from: start)))
  }

  private func kindAfterOpenBracket() -> Token.Kind {
    var index = next + 1
    while tokens[index].kind.isTrivia { index += 1 }
    return tokens[index].kind
  }

  /// Reads `[key]`; nil where the way is lost.
  private mutating func parseKey() -> Expression? {
    let open = token
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    defer { setSkipsNewlines(skipped) }
    var key = parseExpression()
    if !isLost, current != .closeBracket { failBracket(open, "`]`") }
    if isLost, recoverClose(.closeBracket) != .closer { return nil }
    isLost = false
    commentsBehind(&key)
    advance()
    return key
  }

  /// Reads `[*]`; false where the way is lost.
  private mutating func parseStar() -> Bool {
    let open = token
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    defer { setSkipsNewlines(skipped) }
    advance()
    if current != .closeBracket { failBracket(open, "`]` behind `[*`") }
    if isLost, recoverClose(.closeBracket) != .closer { return false }
    isLost = false
    advance()
    return true
  }

  private mutating func parseFullSplat(_ base: consuming Expression, start: Int) -> Expression {
    var heights = height
    guard parseStar() else { return .invalid(origin(from: start)) }
    var steps: [Splat.Step] = []
    // Between `.*` and the next bracket no other `.*` may stand.
    var isInAttributeSplat = false
    while !isLost {
      let token: Token
      switch current {
      case .openBracket where kindAfterOpenBracket() == .star:
        guard parseStar() else { return .invalid(origin(from: start)) }
        steps.append(.splat(isFull: true))
        isInAttributeSplat = false
        continue
      case .openBracket:
        guard let key = parseKey() else { return .invalid(origin(from: start)) }
        heights = max(heights, height)
        steps.append(.index(key))
        isInAttributeSplat = false
        continue
      case .dot:
        advance()
        token = self.token
      default:
        guard grow(heights, steps.count) else { return .invalid(origin(from: start)) }
        return .splat(Splat(base, steps: steps, origin: origin(from: start)))
      }
      switch current {
      case .identifier:
        advance()
        steps.append(.attribute(text(token)))
      case .star where !isInAttributeSplat:
        advance()
        steps.append(.splat(isFull: false))
        isInAttributeSplat = true
      case .number:
        guard let index = parseLegacyIndex() else { return .invalid(origin(from: start)) }
        steps.append(.legacyIndex(index))
      default:
        fail(.expectedName(found, current))
      }
    }
    return .invalid(origin(from: start))
  }
}

// MARK: - Messages

extension Parser.Problem {
  fileprivate static func expectedName(_ found: String, _ kind: Token.Kind) -> Self {
    let help: String?
    switch kind {
    case .openQuote: help = "Write `[\"...\"]` for a name in quotes."
    case .star: help = "For a splat in a splat write `[*]` twice."
    default: help = nil
    }
    return Self(
      id: "hcl.expected-name", summary: "Expected a name behind `.`, found \(found)", help: help)
  }

  fileprivate static func legacyIndex(_ index: String) -> Self {
    let parts = index.split(separator: ".").map { "[\($0)]" }
    return Self(
      id: "hcl.legacy-index", summary: "`.\(index)` isn't an index",
      help: "Write `\(parts.joined())`.")
  }
}
