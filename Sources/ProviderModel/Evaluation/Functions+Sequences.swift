extension Functions {
  /// Functions over the elements of a list or set.
  ///
  /// Where they compare elements, one that isn't known makes the result unknown.
  static func sequence(_ name: String, _ arguments: [Value]) -> Value? {
    if name == "range" { return range(arguments) }
    if name == "setunion" {
      guard case .list(let all) = call("concat", arguments) else { return .unknown }
      return set(all)
    }
    guard case .list(let elements)? = arguments.first else { return nil }
    switch name {
    case "tolist": return arguments[0]
    case "toset": return set(elements)
    case "distinct": return distinct(elements)
    case "reverse": return .list(elements.reversed())
    case "sort": return sorted(elements)
    case "compact":
      if elements.contains(where: \.containsUnknown) { return .unknown }
      return .list(elements.filter { !$0.isNull && $0 != .string("") })
    case "one":
      return elements.isEmpty ? .null : elements.count == 1 ? elements[0] : .unknown
    case "contains" where arguments.count == 2:
      let results = elements.map { $0.isEqual(to: arguments[1]) }
      return results.contains(true) ? .bool(true) : results.contains(nil) ? .unknown : .bool(false)
    case "element" where arguments.count == 2:
      guard case .number(let number) = arguments[1], let index = number.int, index >= 0,
        !elements.isEmpty
      else { return .unknown }
      return elements[index % elements.count]
    case "slice" where arguments.count == 3:
      guard case .number(let from) = arguments[1], case .number(let to) = arguments[2],
        let start = from.int, let end = to.int, 0 <= start, start <= end, end <= elements.count
      else { return .unknown }
      return .list(Array(elements[start..<end]))
    case "sum":
      var total = Number(0)
      for element in elements {
        guard case .number(let number) = element else { return .unknown }
        total = total.adding(number)
      }
      return elements.isEmpty ? .unknown : .number(total)
    default: return nil
    }
  }

  private static func distinct(_ elements: [Value]) -> Value {
    if elements.contains(where: \.containsUnknown) { return .unknown }
    var seen: Set<Value> = []
    return .list(elements.filter { seen.insert($0).inserted })
  }

  /// Each element once; texts in order, as Terraform walks sets.
  private static func set(_ elements: [Value]) -> Value {
    guard case .list(let once) = distinct(elements) else { return .unknown }
    let texts = once.compactMap(\.stringValue)
    return .list(texts.count == once.count ? texts.sorted().map(Value.string) : once)
  }

  private static func sorted(_ elements: [Value]) -> Value {
    let texts = elements.compactMap(\.scalarText)
    return texts.count == elements.count ? .list(texts.sorted().map(Value.string)) : .unknown
  }

  private static func range(_ arguments: [Value]) -> Value {
    let numbers = arguments.compactMap { argument -> Int? in
      if case .number(let number) = argument { number.int } else { nil }
    }
    guard numbers.count == arguments.count, (1...3).contains(numbers.count) else {
      return .unknown
    }
    let start = numbers.count == 1 ? 0 : numbers[0]
    let end = numbers.count == 1 ? numbers[0] : numbers[1]
    let step = numbers.count == 3 ? numbers[2] : end < start ? -1 : 1
    // Terraform makes no more than that many either.
    guard step != 0, (step > 0) == (end >= start) || start == end,
      abs((Double(end) - Double(start)) / Double(step)) <= 1024
    else { return .unknown }
    return .list(stride(from: start, to: end, by: step).map { .number(Number($0)) })
  }
}
