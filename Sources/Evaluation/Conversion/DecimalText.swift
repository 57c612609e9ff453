import ProviderModel

/// A number as a text holds it, as Terraform reads it.
enum DecimalText {
  /// A number.
  case number(Number)
  /// A number that has more digits, or a larger exponent, than are kept here.
  case tooLarge
  /// No number.
  case none

  /// Reads `+1`, `-1.5`, `.5`, `5.`, `1e-7`; no spaces, no other base.
  init(_ text: String) {
    // Most numbers are short and whole.
    if text.utf8.count < 16, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let int = Int(text)
    {
      self = .number(Number(int))
      return
    }
    var rest = Substring(text)
    var sign = ""
    if let first = rest.first, first == "-" || first == "+" {
      sign = first == "-" ? "-" : ""
      rest = rest.dropFirst()
    }
    func digits() -> String {
      let found = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(found.count)
      return String(found)
    }
    let whole = digits()
    var fraction = ""
    if rest.first == "." {
      rest = rest.dropFirst()
      fraction = digits()
    }
    guard !(whole + fraction).isEmpty else {
      self = .none
      return
    }
    var exponent = ""
    if let first = rest.first, first == "e" || first == "E" {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == "-" || sign == "+" {
        exponent = sign == "-" ? "-" : ""
        rest = rest.dropFirst()
      }
      let power = digits()
      guard !power.isEmpty else {
        self = .none
        return
      }
      exponent = "e" + exponent + power
    }
    guard rest.isEmpty else {
      self = .none
      return
    }
    let plain = sign + (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : "." + fraction)
    self = Number(plain + exponent).map(DecimalText.number) ?? .tooLarge
  }
}
