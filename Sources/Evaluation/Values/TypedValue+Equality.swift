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
    if hasUnknownType || other.hasUnknownType {
      return type.canBecome(other.type) ? nil : false
    }
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

  /// Whether not even the type of a part of it is known.
  private var hasUnknownType: Bool {
    switch content {
    case .unknown: type.containsDynamic
    case .null, .bool, .number, .string: false
    case .elements(let elements): elements.contains(where: \.hasUnknownType)
    case .attributes(let attributes): attributes.values.contains(where: \.hasUnknownType)
    }
  }
}

extension ValueType {
  /// Whether both may be the same type once all is known.
  fileprivate func canBecome(_ other: ValueType) -> Bool {
    switch (self, other) {
    case (.dynamic, _), (_, .dynamic): true
    case (.list(let a), .list(let b)), (.set(let a), .set(let b)), (.map(let a), .map(let b)):
      a.canBecome(b)
    case (.tuple(let a), .tuple(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.canBecome($1) }
    case (.object(let a, _), .object(let b, _)):
      a.count == b.count && a.allSatisfy { name, type in b[name]?.canBecome(type) ?? false }
    default: self == other
    }
  }
}
