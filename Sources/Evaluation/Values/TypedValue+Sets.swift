extension TypedValue {
  /// A set of values of one type: each once, in the order in which Terraform walks them.
  ///
  /// Marks of elements are marks of the set, since it can't be told which element they belong to.
  public static func set(_ elements: [TypedValue], of type: ValueType) -> TypedValue {
    let marks = elements.reduce(Marks()) { $0.union($1.allMarks) }
    var seen: Set<TypedValue> = []
    let unique = elements.map(\.unmarked).filter { seen.insert($0).inserted }
    let value = TypedValue(
      type: .set(type), content: .elements(unique.sorted(by: isBefore)), marks: marks)
    return value
  }

  /// Whether a set holds the left before the right; only for what has a natural order.
  private static func isBefore(_ left: TypedValue, _ right: TypedValue) -> Bool {
    switch (left.content, right.content) {
    case (.null, _): false
    case (_, .null): true
    case (.string(let a), .string(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    case (.number(let a), .number(let b)): a < b
    case (.bool(let a), .bool(let b)): !a && b
    default: false
    }
  }
}
