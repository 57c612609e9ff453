internal import Diagnostics

extension Parser {
  mutating func readNumber() -> Expression {
    let token = token
    let number = text(token)
    if !isWhole(token), let problem = Parser.problem(of: number) { return fail(problem) }
    advance()
    if current == .identifier, tokens[next].start == token.end, !isNext(.if) {
      return fail(.joinedNumber(token, self.token, text(self.token)))
    }
    return .literal(Literal(.number(number), origin: origin(token)))
  }

  /// Whether a number is nothing but digits, as most are.
  private func isWhole(_ token: Token) -> Bool {
    var index = token.start
    while index < token.end, bytes[index].isDigit { index &+= 1 }
    return index == token.end
  }

  /// What is wrong with the points and exponents of a number.
  private static func problem(of number: String) -> Problem? {
    let points = number.utf8.count { $0 == UInt8(ascii: ".") }
    let exponents = number.utf8.count { $0 | 0x20 == UInt8(ascii: "e") }
    let mantissa = number.prefix { $0 != "e" && $0 != "E" }
    let isPointLate = points == 1 && !mantissa.contains(".")
    guard points < 2, exponents < 2, !isPointLate else { return .invalidNumber(number) }
    return exponents > 0 && !isInRange(number) ? .outOfRange(number) : nil
  }

  /// Whether Terraform can hold a number with an exponent.
  ///
  /// It takes the digits for a whole number first: the number of its bits, less the digits behind
  /// the point, plus the exponent must fit in 32 bits. Zero may have any exponent of 64 bits.
  static func isInRange(_ number: String) -> Bool {
    let parts = number.utf8.split(maxSplits: 1) { $0 | 0x20 == UInt8(ascii: "e") }
    guard parts.count == 2 else { return true }
    guard let exponent = Int64(String(Substring(parts[1]))) else { return false }
    let bits = Parser.bitCount(of: parts[0])
    if bits == 0 { return true }
    let point = parts[0].firstIndex(of: UInt8(ascii: "."))
    let decimals = point.map { parts[0].distance(from: $0, to: parts[0].endIndex) - 1 } ?? 0
    let (sum, isTooLarge) = exponent.addingReportingOverflow(Int64(bits - decimals))
    return !isTooLarge && Int32(exactly: sum) != nil
  }

  /// How many bits the whole number has that some digits make; other bytes are passed over.
  private static func bitCount(of digits: some Collection<UInt8>) -> Int {
    var value: UInt64 = 0
    var dropped = 0
    for digit in digits where digit.isDigit {
      // The highest bits are enough to count all of them.
      while value >> 60 != 0 {
        value >>= 1
        dropped += 1
      }
      value = value * 10 + (dropped == 0 ? UInt64(digit - UInt8(ascii: "0")) : 0)
    }
    return value == 0 ? 0 : dropped + 64 - value.leadingZeroBitCount
  }
}

// MARK: - Messages

extension Parser.Problem {
  fileprivate static func invalidNumber(_ number: String) -> Self {
    Self(
      id: "hcl.invalid-number", summary: "`\(number)` isn't a number",
      detail: "A number is digits, perhaps with a point and an exponent: `1.5e3`.")
  }

  static func outOfRange(_ number: String) -> Self {
    Self(
      id: "hcl.invalid-number", summary: "The exponent of `\(number)` is out of range",
      detail: "Exponents reach from about -2147483648 to 2147483647.")
  }

  fileprivate static func joinedNumber(_ number: Token, _ next: Token, _ name: String) -> Self {
    Self(
      id: "hcl.invalid-number", summary: "A number can't be followed directly by `\(name)`",
      help: "Numbers are decimal; put text in quotes.",
      range: SourceRange(next.start, next.end))
  }
}
