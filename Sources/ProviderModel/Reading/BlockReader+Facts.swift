import Diagnostics

extension BlockReader {
  /// The facts that a variable, field or argument block writes down.
  mutating func facts(into diagnostics: inout Diagnostics) -> ArgumentFacts {
    var facts = ArgumentFacts()
    if isRead { return facts }
    facts.oneOf = list("one_of", into: &diagnostics)
    if let limits = limits("range", into: &diagnostics) { facts.range = limits }
    facts.isWhole = flag("whole", into: &diagnostics) ?? false
    if let limits = limits("length", into: &diagnostics) {
      let low = Int(min(max(limits.lowerBound, 0), 1e9))
      facts.length = low...max(low, Int(min(limits.upperBound, 1e9)))
    }
    facts.pattern = text("pattern", into: &diagnostics)
    facts.format = text("format", into: &diagnostics)
    facts.unique = text("unique", into: &diagnostics)
    facts.ignoresCase = flag("ignore_case", into: &diagnostics) ?? false
    facts.isFrozen = flag("frozen", into: &diagnostics) ?? false
    return facts
  }

  private mutating func limits(
    _ name: String, into diagnostics: inout Diagnostics
  ) -> ClosedRange<Double>? {
    value(name, "two numbers, the smaller first, or null", into: &diagnostics) { value in
      let ends = [-Double.infinity, .infinity]
      let numbers = zip(value.elements ?? [], ends).compactMap { element, end -> Double? in
        if case .number(let number) = element { number.double } else { element.isNull ? end : nil }
      }
      guard numbers.count == 2, value.elements?.count == 2, numbers[0] <= numbers[1] else {
        return nil
      }
      return numbers[0]...numbers[1]
    }
  }
}
