internal import Diagnostics

extension Parser {
  /// Reads `.name`, `.0` or `.*` behind what stands in a place.
  mutating func parseDot(_ base: inout Expression, start: Int) {
    advance()
    let token = token
    switch current {
    case .identifier:
      advance()
      let text = text(token)
      separate(&base, before: .attribute(text))
      guard grow(height) else { return }
      base = .attribute(AttributeAccess(base, text, origin: origin(from: start)))
    case .number:
      guard let index = parseLegacyIndex() else { return }
      separate(&base, before: .legacyIndex(index))
      guard grow(height) else { return }
      base = .legacyIndex(LegacyIndexAccess(base, index, origin: origin(from: start)))
    case .star:
      advance()
      parseAttributeSplat(&base, start: start)
    default: fail(.expectedName(found, current))
    }
  }

  /// Puts a number in parentheses where a blank alone keeps a step apart from it, as in `1. 5`:
  /// in the standard layout no blank stands there.
  private mutating func separate(
    _ base: inout Expression, before step: @autoclosure () -> Splat.Step
  ) {
    switch base {
    case .literal, .legacyIndex:
      guard base.wouldSwallow(step()), grow(height) else { return }
      let origin = base.origin
      base = .parentheses(Parentheses(base.take(), origin: origin))
    default: break
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
    guard Parser.isInRange(index) else {
      fail(.outOfRange(index))
      return nil
    }
    advance()
    return index
  }

  @inline(never)
  private mutating func parseAttributeSplat(_ base: inout Expression, start: Int) {
    var steps: [Splat.Step] = []
    while current == .dot {
      advance()
      let token = token
      switch current {
      case .identifier:
        advance()
        steps.append(.attribute(text(token)))
      case .number:
        guard let index = parseLegacyIndex() else { return }
        steps.append(.legacyIndex(index))
      default:
        fail(.expectedName(found, current))
        return
      }
    }
    guard grow(height, steps.count) else { return }
    base = .splat(Splat(base, isFull: false, steps: steps, origin: origin(from: start)))
  }

  /// Reads `[key]` or `[*]` with all that follows it, behind what stands in a place.
  mutating func parseIndex(_ base: inout Expression, start: Int) {
    if kindAfterOpenBracket() == .star { return parseFullSplat(&base, start: start) }
    let baseHeight = height
    var key = Expression.invalid(Origin())
    if parseKey(into: &key) { endIndex(&base, key, baseHeight, start: start) }
  }

  @inline(never)
  private mutating func endIndex(
    _ base: inout Expression, _ key: consuming Expression, _ baseHeight: Int, start: Int
  ) {
    guard grow(baseHeight, height) else { return }
    base = .index(IndexAccess(base, key, origin: origin(from: start)))
  }

  private func kindAfterOpenBracket() -> Token.Kind {
    var index = next + 1
    while tokens[index].kind.isTrivia { index += 1 }
    return tokens[index].kind
  }

  /// Reads `[key]`; false where the way is lost.
  private mutating func parseKey(into key: inout Expression) -> Bool {
    let open = token
    let skipped = skipsNewlines
    skipsNewlines = true
    advance()
    parseExpression(into: &key)
    return endKey(&key, open, skipped)
  }

  private mutating func endKey(_ key: inout Expression, _ open: Token, _ skipped: Bool) -> Bool {
    defer { setSkipsNewlines(skipped) }
    if !isLost, current != .closeBracket { failBracket(open, "`]`") }
    if isLost, recoverClose(.closeBracket) != .closer { return false }
    isLost = false
    commentsBehind(&key)
    advance()
    return true
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

  @inline(never)
  private mutating func parseFullSplat(_ base: inout Expression, start: Int) {
    var heights = height
    guard parseStar() else { return }
    var steps: [Splat.Step] = []
    while !isLost, current == .dot || current == .openBracket {
      if current == .dot {
        parseStepBehindDot(&steps)
      } else if kindAfterOpenBracket() == .star {
        guard parseStar() else { return }
        steps.append(.splat(isFull: true))
      } else {
        var key = Expression.invalid(Origin())
        guard parseKey(into: &key) else { return }
        heights = max(heights, height)
        steps.append(.index(key))
      }
    }
    endSplat(&base, &steps, heights, start: start)
  }

  private mutating func endSplat(
    _ base: inout Expression, _ steps: inout [Splat.Step], _ heights: Int, start: Int
  ) {
    guard !isLost, grow(heights, steps.count) else { return }
    base = .splat(Splat(base, steps: steps, origin: origin(from: start)))
  }

  private mutating func parseStepBehindDot(_ steps: inout [Splat.Step]) {
    advance()
    let token = token
    switch current {
    case .identifier:
      advance()
      append(.attribute(text(token)), to: &steps)
    case .star where !isInAttributeSplat(steps):
      advance()
      steps.append(.splat(isFull: false))
    case .number:
      if let index = parseLegacyIndex() { append(.legacyIndex(index), to: &steps) }
    default: fail(.expectedName(found, current))
    }
  }

  /// Appends a step; a number before it that would swallow it becomes a key in brackets.
  private func append(_ step: Splat.Step, to steps: inout [Splat.Step]) {
    if step.continuesNumber, case .legacyIndex(let number)? = steps.last {
      steps[steps.count - 1] = .index(.literal(Literal(.number(number))))
    }
    steps.append(step)
  }

  /// Whether a `.*` stands behind the last bracket: no other may then follow.
  private func isInAttributeSplat(_ steps: [Splat.Step]) -> Bool {
    for step in steps.reversed() {
      switch step {
      case .splat(let isFull): return !isFull
      case .index: return false
      case .attribute, .legacyIndex: break
      }
    }
    return false
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
