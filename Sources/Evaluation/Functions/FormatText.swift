import ProviderModel

/// The first argument of `format`, taken apart.
struct FormatText {
  /// A piece of a format.
  enum Part {
    /// Text as it is.
    case text(String)
    /// A place for a value.
    case verb(FormatVerb)
  }

  /// The pieces in order.
  private(set) var parts: [Part] = []

  init(_ text: String) throws(FunctionFailure) {
    var rest = Array(text.unicodeScalars)[...]
    var literal = String.UnicodeScalarView()
    var next = 0
    while let scalar = rest.popFirst() {
      guard scalar == "%" else {
        literal.append(scalar)
        continue
      }
      if rest.first == "%" {
        rest.removeFirst()
        literal.append("%")
        continue
      }
      parts.append(.text(String(literal)))
      literal = String.UnicodeScalarView()
      parts.append(.verb(try FormatVerb(&rest, next: &next)))
    }
    parts.append(.text(String(literal)))
  }
}

/// A place for a value in a format, for example `%-10s` or `%[2]d`.
struct FormatVerb {
  /// As it is written.
  private(set) var text: String
  /// Which argument it takes, from 0.
  private(set) var argument: Int
  private var letter: Unicode.Scalar
  private var isPlain: Bool

  init(_ rest: inout ArraySlice<Unicode.Scalar>, next: inout Int) throws(FunctionFailure) {
    let start = rest
    func takeDigits() -> String {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      rest = rest.dropFirst(digits.count)
      return String(String.UnicodeScalarView(digits))
    }
    while let flag = rest.first, "+-# 0".unicodeScalars.contains(flag) { rest.removeFirst() }
    _ = takeDigits()
    if rest.first == "." {
      rest.removeFirst()
      _ = takeDigits()
    }
    isPlain = start.count == rest.count
    argument = next
    if rest.first == "[" {
      rest.removeFirst()
      guard let position = Int(takeDigits()), position > 0, rest.popFirst() == "]" else {
        throw FunctionFailure("the format has a [ that isn't followed by a number and ]", at: 0)
      }
      argument = position - 1
    }
    guard let letter = rest.popFirst() else {
      throw FunctionFailure("the format ends in the middle of a verb", at: 0)
    }
    self.letter = letter
    text = "%" + String(String.UnicodeScalarView(start.prefix(start.count - rest.count)))
    guard "vtbdoxXeEfgGsq".unicodeScalars.contains(letter) else {
      throw FunctionFailure("the format has the verb \(text), which there isn't", at: 0)
    }
    next = argument + 1
  }

  /// The value in the form of the verb; nil where that isn't worked out, though it is right.
  func formatted(_ value: TypedValue, at index: Int) throws(FunctionFailure) -> String? {
    if value.isNull, letter != "v" { throw FunctionFailure("\(text) can't take null", at: index) }
    guard value.isKnown, !value.isNull else { return nil }
    switch letter {
    case "v":
      guard isPlain, value.type.isPrimitive else { return nil }
      return try converted(value, .string, index).stringValue
    case "s":
      let text = try converted(value, .string, index).stringValue
      return isPlain ? text : nil
    case "q":
      _ = try converted(value, .string, index)
      return nil
    case "t":
      let truth = try converted(value, .bool, index).boolValue
      return isPlain ? truth.map { $0 ? "true" : "false" } : nil
    case "d":
      let number = try whole(value, index)
      return isPlain ? number?.text : nil
    case "b", "o", "x", "X":
      _ = try whole(value, index)
      return nil
    default:
      _ = try converted(value, .number, index)
      return nil
    }
  }

  private func converted(
    _ value: TypedValue, _ type: ValueType, _ index: Int
  ) throws(FunctionFailure) -> TypedValue {
    switch convert(value, to: type) {
    case .value(let result): return result
    case .problem(let problem):
      throw FunctionFailure("\(text) can't take this: \(problem.text)", at: index)
    }
  }

  private func whole(_ value: TypedValue, _ index: Int) throws(FunctionFailure) -> Number? {
    guard let number = try converted(value, .number, index).numberValue else { return nil }
    guard number.isWhole else {
      throw FunctionFailure("\(text) can't take this: a whole number is required", at: index)
    }
    return number
  }
}
