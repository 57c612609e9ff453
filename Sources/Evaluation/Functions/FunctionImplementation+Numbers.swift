import ProviderModel

extension FunctionImplementation {
  /// Functions over numbers.
  static let numbers: [String: FunctionImplementation] = [
    "abs": .value { .number($0.number(0) < Number(0) ? $0.number(0).negated : $0.number(0)) },
    "signum": .value { arguments throws(FunctionFailure) in
      .number(try arguments.int(0).signum())
    },
    "ceil": .value { rounded($0.number(0), .up) },
    "floor": .value { rounded($0.number(0), .down) },
    "log": .value { arguments throws(FunctionFailure) in
      let (number, base) = (arguments.number(0).double, arguments.number(1).double)
      if number < 0 || base < 0 { throw FunctionFailure("a negative number has no logarithm") }
      if number == base, number == 0 || number == 1 {
        throw FunctionFailure("\(number) has no logarithm of this base")
      }
      return nil
    },
    "pow": .value { power($0.number(0), $0.number(1)) },
    "max": .value { arguments throws(FunctionFailure) in
      try extreme(arguments) { $0 < $1 }
    },
    "min": .value { arguments throws(FunctionFailure) in
      try extreme(arguments) { $1 < $0 }
    },
    "sum": .init(value: sumValue),
    "parseint": .init(type: parseType, value: parseValue),
  ]

  /// A number as a value, unknown where it may have more digits than are kept here.
  static func exact(_ number: Number) -> TypedValue {
    number.text.utf8.count <= 15 ? .number(number) : .unknown(.number, isNeverNull: true)
  }

  private static func rounded(
    _ number: Number, _ rule: FloatingPointRoundingRule
  ) -> TypedValue? {
    if number.isWhole { return .number(number) }
    guard number.text.utf8.count <= 15 else { return nil }
    return .number(Number(number.double.rounded(rule)))
  }

  private static func power(_ base: Number, _ exponent: Number) -> TypedValue? {
    guard let count = exponent.int, (0...30).contains(count), base.isWhole else { return nil }
    var result = Number(1)
    for _ in 0..<count {
      result = result.multiplied(by: base)
      guard result.text.utf8.count <= 15 else { return nil }
    }
    return .number(result)
  }

  private static func extreme(
    _ arguments: FunctionArguments, _ isBefore: (Number, Number) -> Bool
  ) throws(FunctionFailure) -> TypedValue? {
    guard let result = arguments.values.compactMap(\.numberValue).max(by: isBefore) else {
      throw FunctionFailure("at least one number is required")
    }
    return .number(result)
  }

  private static let sumValue: ValueRule = { arguments throws(FunctionFailure) in
    let list = arguments[0]
    guard list.type.isSequence else {
      throw FunctionFailure(
        "a list, a set or a tuple is required, this is \(list.type.nameWithArticle)", at: 0)
    }
    let elements = arguments.elements(0)
    if elements.isEmpty { throw FunctionFailure("an empty list has no sum", at: 0) }
    var sum: Number? = Number(0)
    // What isn't known may still not be a number.
    for (index, element) in elements.enumerated() {
      switch convert(element, to: .number) {
      case .value(let value) where value.isNull:
        if list.isWhollyKnown { throw FunctionFailure("element [\(index)] is null", at: 0) }
        return nil
      case .value(let value):
        sum = value.numberValue.flatMap { number in sum.map { $0.adding(number) } }
      case .problem(let problem):
        if list.isWhollyKnown {
          throw FunctionFailure("element [\(index)]: \(problem.text)", at: 0)
        }
        return nil
      }
    }
    return sum.map { exact($0) }
  }

  private static let parseType: TypeRule = { arguments throws(FunctionFailure) in
    guard arguments[0].type == .string else {
      throw FunctionFailure(
        "a string is required, this is \(arguments[0].type.nameWithArticle)", at: 0)
    }
    return .number
  }

  private static let parseValue: ValueRule = { arguments throws(FunctionFailure) in
    guard let base = arguments.number(1).int, (2...62).contains(base) else {
      throw FunctionFailure("the base must be a whole number from 2 to 62", at: 1)
    }
    var digits = Substring(arguments.text(0))
    let isNegative = digits.hasPrefix("-")
    if isNegative || digits.hasPrefix("+") { digits = digits.dropFirst() }
    var result: Int128? = 0
    for character in digits {
      guard let digit = digit(character, base), digit < base else {
        throw FunctionFailure(
          "\"\(arguments.text(0))\" is no whole number of base \(base)", at: 0)
      }
      result = result.flatMap { value in
        let (product, isLarge) = value.multipliedReportingOverflow(by: Int128(base))
        let (sum, isLarger) = product.addingReportingOverflow(Int128(digit))
        return isLarge || isLarger ? nil : sum
      }
    }
    if digits.isEmpty {
      throw FunctionFailure("\"\(arguments.text(0))\" is no whole number of base \(base)", at: 0)
    }
    return result.flatMap { Number("\(isNegative ? -$0 : $0)") }.map { .number($0) }
  }

  /// Up to base 36 the case of letters doesn't matter; beyond it capitals come last.
  private static func digit(_ character: Character, _ base: Int) -> Int? {
    guard let ascii = character.asciiValue else { return nil }
    switch ascii {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return Int(ascii - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): return Int(ascii - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "Z"):
      return Int(ascii - UInt8(ascii: "A")) + (base <= 36 ? 10 : 36)
    default: return nil
    }
  }

  static let rangeValue: ValueRule = { arguments throws(FunctionFailure) in
    guard (1...3).contains(arguments.count) else {
      throw FunctionFailure("one, two or three numbers are required, these are \(arguments.count)")
    }
    let zero = Number(0)
    let start = arguments.count == 1 ? zero : arguments.number(0)
    let end = arguments.number(arguments.count == 1 ? 0 : 1)
    let step =
      arguments.count == 3 ? arguments.number(2) : end < start ? Number(-1) : Number(1)
    let isDown = step < zero
    if arguments.count == 3, start < end, isDown {
      throw FunctionFailure("a step below zero needs an end before the start", at: 1)
    }
    if arguments.count == 3, end < start, !isDown {
      throw FunctionFailure("a step above zero needs an end behind the start", at: 1)
    }
    var numbers: [TypedValue] = []
    var next = start
    while isDown ? end < next : next < end {
      guard numbers.count < 1024 else {
        throw FunctionFailure("this gives more than 1024 numbers")
      }
      numbers.append(.number(next))
      next = next.adding(step)
    }
    return .list(numbers, of: .number)
  }
}
