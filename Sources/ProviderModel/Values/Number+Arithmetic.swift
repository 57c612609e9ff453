extension Number {
  /// The sum, exact where its digits fit.
  public func adding(_ other: Number) -> Number {
    aligned(other, +) { $0.addingReportingOverflow($1) }
  }

  /// The difference, exact where its digits fit.
  public func subtracting(_ other: Number) -> Number { adding(other.negated) }

  /// The product, exact where its digits fit.
  public func multiplied(by other: Number) -> Number {
    guard let left = scaled, let right = other.scaled else { return Number(double * other.double) }
    let (product, overflows) = left.units.multipliedReportingOverflow(by: right.units)
    return overflows
      ? Number(double * other.double) : Number(units: product, scale: left.scale + right.scale)
  }

  /// The quotient; nil for zero.
  public func divided(by other: Number) -> Number? {
    guard other.double != 0 else { return nil }
    if let left = int, let right = other.int, right != -1, left % right == 0 {
      return Number(left / right)
    }
    return Number(double / other.double)
  }

  /// What is left of a division that gives a whole number; nil for zero.
  public func remainder(by other: Number) -> Number? {
    guard other.double != 0 else { return nil }
    if let left = int, let right = other.int, right != -1 { return Number(left % right) }
    return Number(double.truncatingRemainder(dividingBy: other.double))
  }

  /// The number as units of a power of ten; nil for one of too many digits.
  private var scaled: (units: Int128, scale: Int)? {
    guard let point = text.firstIndex(of: ".") else { return Int128(text).map { ($0, 0) } }
    let fraction = text[text.index(after: point)...]
    return Int128(text[..<point] + fraction).map { ($0, fraction.count) }
  }

  private init(units: Int128, scale: Int) {
    self = Number("\(units)e-\(scale)") ?? Number(Double(units))
  }

  private func aligned(
    _ other: Number, _ inexact: (Double, Double) -> Double,
    _ exact: (Int128, Int128) -> (partialValue: Int128, overflow: Bool)
  ) -> Number {
    let fallback = Number(inexact(double, other.double))
    guard var left = scaled, var right = other.scaled else { return fallback }
    let scale = max(left.scale, right.scale)
    guard Self.shift(&left, to: scale), Self.shift(&right, to: scale) else { return fallback }
    let (result, overflows) = exact(left.units, right.units)
    return overflows ? fallback : Number(units: result, scale: scale)
  }

  private static func shift(_ number: inout (units: Int128, scale: Int), to scale: Int) -> Bool {
    while number.scale < scale {
      let (units, overflows) = number.units.multipliedReportingOverflow(by: 10)
      if overflows { return false }
      number = (units, number.scale + 1)
    }
    return true
  }
}
