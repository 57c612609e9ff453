import Diagnostics

extension Diagnostics {
  /// The findings that don't follow from what was wrong before: those with no earlier error at
  /// their place or inside of it.
  func notFollowing(from earlier: Diagnostics) -> [Diagnostic] {
    let errors = earlier.items.filter { $0.severity == .error }.compactMap(\.location?.range)
    guard !errors.isEmpty else { return items }
    return items.filter { item in
      guard let range = item.location?.range else { return true }
      return !errors.contains { $0.start >= range.start && $0.end <= range.end }
    }
  }
}
