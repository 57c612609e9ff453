import ProviderModel
import Testing

@Suite struct `Numbers` {
  @Test(
    arguments: [
      ("1", "1"), ("-1", "-1"), ("1.0", "1"), ("1.50", "1.5"), ("007", "7"), ("-0", "0"),
      ("0.0", "0"), ("1e3", "1000"), ("1E3", "1000"), ("1e+3", "1000"), ("2.5e-3", "0.0025"),
      ("0.00001", "0.00001"), ("1e30", "1" + String(repeating: "0", count: 30)),
      ("1.5e1", "15"), ("12.5e1", "125"), ("120e-1", "12"),
      ("0.5e1", "5"), ("1e-400", "0"),
      ("12345678901234567890", "12345678901234567890"),
      ("3.14159265358979323846", "3.14159265358979323846"),
    ])
  func `are written without exponents`(_ source: String, _ text: String) {
    #expect(Number(source)?.text == text)
  }

  @Test(
    arguments: [
      "", "-", "+1", " 1", "1 ", "0x10", "0b1", "nan", "inf", "-inf", "1e", "1e999", "1e99999999",
      ".", "-.", ".5", "1.", "1.2.3", "1_000", "--1", "1e1.5", "١",
    ])
  func `are refused`(_ source: String) { #expect(Number(source) == nil) }

  @Test(
    arguments: [
      ("1", "1.0", true), ("1e3", "1000", true), ("0", "-0", true), ("0.1", "0.10", true),
      ("12345678901234567890", "12345678901234567891", false), ("1", "-1", false),
      ("0.1", "0.10000000000000000001", false),
    ])
  func `are equal by value`(_ left: String, _ right: String, _ areEqual: Bool) {
    let (a, b) = (Number(left), Number(right))
    #expect((a == b) == areEqual)
    if areEqual { #expect(a.hashValue == b.hashValue) }
  }

  @Test func `come from other numbers`() {
    #expect(Number(1e21).text == "1000000000000000000000")
    #expect(Number(0.1 + 0.2).text == "0.30000000000000004")
    #expect(Number(-0.0).text == "0")
    #expect(Number(Double.nan).text == "0")
    #expect(Number(Int.min).text == "-9223372036854775808")
    #expect(Number(Int.min).negated.text == "9223372036854775808")
    #expect(Number(1.5).int == nil)
    #expect(Number("1e3")?.int == 1000)
    #expect(Number(2) < Number(10))
  }
}
