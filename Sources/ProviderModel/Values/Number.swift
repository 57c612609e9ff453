/// A decimal number, exact as it is written.
///
/// Numbers are equal where their texts are, so `1`, `1.0` and `1e0` are one.
public struct Number: Hashable, Sendable, Comparable {
  /// The shortest decimal form, never with an exponent.
  public let text: String
  /// The nearest floating-point number.
  public let double: Double

  /// Reads a number; nil for a text that is none.
  ///
  /// It goes by what JSON allows, but for leading zeros, which Terraform takes.
  public init?(_ text: String) {
    if let whole = Self.plainWhole(text) {
      double = Double(whole)
      self.text = text
      return
    }
    guard let decimal = Decimal(text), let double = Double(text), double.isFinite else {
      return nil
    }
    self.double = double
    self.text = double == 0 ? "0" : decimal.text
  }

  /// What nearly all numbers are: up to 15 digits, without a zero before others.
  private static func plainWhole(_ text: String) -> Int? {
    let digits = text.utf8
    guard (1...15).contains(digits.count), digits.count == 1 || digits.first != UInt8(ascii: "0")
    else { return nil }
    var value = 0
    for digit in digits {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }

  /// Makes a number of a floating-point one; what isn't finite becomes zero.
  public init(_ double: Double) {
    let double = double.isFinite ? double : 0
    self.double = double
    text = Decimal("\(double)")?.text ?? "0"
  }

  /// Makes a whole number.
  public init(_ int: Int) {
    double = Double(int)
    text = String(int)
  }

  /// The whole number, where it is one.
  public var int: Int? { Int(text) }

  /// Whether nothing stands behind the point, however large it is.
  public var isWhole: Bool { !text.utf8.contains(UInt8(ascii: ".")) }

  /// Equal by value.
  public static func == (left: Number, right: Number) -> Bool { left.text == right.text }

  /// Hashes the value.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// Orders by value.
  public static func < (left: Number, right: Number) -> Bool { left.double < right.double }

  /// The number with the other sign.
  public var negated: Number {
    Number(text.hasPrefix("-") ? String(text.dropFirst()) : "-" + text) ?? self
  }
}

/// The digits of a number and where its point stands.
private struct Decimal {
  var isNegative = false
  /// Digits without leading and trailing zeros; empty is zero.
  var digits: [UInt8] = []
  /// How many of the digits, or zeros behind them, stand before the point.
  var point = 0

  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    if rest.first == UInt8(ascii: "-") {
      isNegative = true
      rest.removeFirst()
    }
    let mantissa = rest.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }
    let exponent = rest.dropFirst(mantissa.count + 1)
    let parts = mantissa.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isDigit) }) else {
      return nil
    }
    if mantissa.count < rest.count {
      // Doubles end long before four digits of an exponent.
      guard let shift = Int(String(decoding: exponent, as: UTF8.self)), abs(shift) < 1000 else {
        return nil
      }
      point = shift
    }
    point += parts[0].count
    let all = parts.joined()
    let leading = all.prefix { $0 == UInt8(ascii: "0") }.count
    digits = Array(all.dropFirst(leading))
    point -= leading
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  var text: String {
    if digits.isEmpty { return "0" }
    func zeros(_ count: Int) -> String { String(repeating: "0", count: max(0, count)) }
    let whole = String(decoding: digits.prefix(max(0, point)), as: UTF8.self)
    let fraction = String(decoding: digits.dropFirst(max(0, point)), as: UTF8.self)
    return (isNegative ? "-" : "")
      + (whole.isEmpty ? "0" : whole + zeros(point - digits.count))
      + (fraction.isEmpty ? "" : "." + zeros(-point) + fraction)
  }
}
