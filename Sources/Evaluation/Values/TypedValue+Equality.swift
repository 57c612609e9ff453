extension TypedValue {
  /// Whether Terraform's `==` holds; nil where that isn't known yet.
  func isEqual(to other: TypedValue) -> Bool? {
    switch (isKnown, other.isKnown) {
    case (false, false): return nil
    case (false, true): return other.isEqual(to: self)
    case (true, false):
      if isNull { return other.isNeverNull ? false : nil }
      if type.containsDynamic || other.type.containsDynamic { return nil }
      return type == other.type ? nil : false
    case (true, true): break
    }
    if isNull || other.isNull { return isNull && other.isNull }
    if type.containsDynamic || other.type.containsDynamic { return nil }
    guard type == other.type else { return false }
    switch (content, other.content) {
    case (.elements(let left), .elements(let right)):
      if case .set = type {
        guard isWhollyKnown, other.isWhollyKnown else { return nil }
        return Set(left.map(\.unmarked)) == Set(right.map(\.unmarked))
      }
      guard left.count == right.count else { return false }
      return Self.allEqual(zip(left, right).map { $0.isEqual(to: $1) })
    case (.attributes(let left), .attributes(let right)):
      guard Set(left.keys) == Set(right.keys) else { return false }
      return Self.allEqual(
        left.map { name, value in right[name].flatMap { value.isEqual(to: $0) } })
    default: return content == other.content
    }
  }

  private static func allEqual(_ results: [Bool?]) -> Bool? {
    if results.contains(false) { return false }
    return results.contains(nil) ? nil : true
  }
}
