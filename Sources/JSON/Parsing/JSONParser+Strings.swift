import Diagnostics

extension JSONParser {
  /// Reads a string in double quotes, or in single ones with a report.
  mutating func parseString() -> String? {
    let start = offset
    let quote = current
    offset += 1
    var decoded: [UInt8] = []
    var copied = offset
    while offset < bytes.count, current != quote {
      switch current {
      case UInt8(ascii: "\\"):
        decoded.append(contentsOf: bytes[copied..<offset])
        parseEscape(into: &decoded)
        copied = offset
      case 0x0A, 0x0D:
        return reportUnclosedString(start)
      case 0..<0x20:
        reportControl()
        offset += 1
      default:
        offset += 1
      }
    }
    guard offset < bytes.count else { return reportUnclosedString(start) }
    let tail = copied..<offset
    offset += 1
    if quote == UInt8(ascii: "'") {
      report(
        "json.single-quotes", "The text stands in single quotes", SourceRange(start, offset),
        help: "Use double quotes.")
    }
    guard !decoded.isEmpty else { return String(decoding: bytes[tail], as: UTF8.self) }
    decoded.append(contentsOf: bytes[tail])
    return String(decoding: decoded, as: UTF8.self)
  }

  private mutating func parseEscape(into decoded: inout [UInt8]) {
    let start = offset
    offset += 2
    switch start + 1 < bytes.count ? bytes[start + 1] : 0 {
    case UInt8(ascii: "\""): decoded.append(UInt8(ascii: "\""))
    case UInt8(ascii: "\\"): decoded.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "/"): decoded.append(UInt8(ascii: "/"))
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"): parseUnicodeEscape(start, into: &decoded)
    default: reportEscape(start)
    }
  }

  /// Reads the digits behind `\u`, and a second escape where the first is half a character.
  private mutating func parseUnicodeEscape(_ start: Int, into decoded: inout [UInt8]) {
    guard let unit = parseHexDigits() else { return reportEscape(start) }
    if let scalar = Unicode.Scalar(unit) {
      decoded.append(contentsOf: String(Character(scalar)).utf8)
      return
    }
    let end = offset
    if unit < 0xDC00, current == UInt8(ascii: "\\"), next == UInt8(ascii: "u") {
      offset += 2
      if let low = parseHexDigits(), (0xDC00...0xDFFF).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
      {
        decoded.append(contentsOf: String(Character(scalar)).utf8)
        return
      }
      offset = end
    }
    report(
      "json.lone-surrogate",
      "The escape `\(file.text(SourceRange(start, end)))` is half a character",
      SourceRange(start, end),
      detail: "U+D800 to U+DFFF stand for a character only as a pair: a high one, then a low one.",
      help: "Write the character itself; the file is UTF-8.")
    decoded.append(contentsOf: "\u{FFFD}".utf8)
  }

  private mutating func parseHexDigits() -> UInt32? {
    guard offset + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[offset..<offset + 4] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value * 16 + UInt32(byte - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value * 16 + UInt32(byte - 87)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value * 16 + UInt32(byte - 55)
      default: return nil
      }
    }
    offset += 4
    return value
  }

  private mutating func reportEscape(_ start: Int) {
    // An escape before the end of the line belongs to a string that isn't closed.
    let isAtEnd = start + 1 >= bytes.count || bytes[start + 1] < 0x20
    offset = isAtEnd ? start + 1 : start + 2
    if isAtEnd { return }
    while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    let range = SourceRange(start, offset)
    report(
      "json.escape", "`\(file.text(range))` isn't an escape of JSON", range,
      detail: #"The escapes are \" \\ \/ \b \f \n \r \t and \u with four hexadecimal digits."#,
      help: #"For a backslash write `\\`."#)
  }

  private mutating func reportControl() {
    let name = current == 0x09 ? "A tab" : "A control character"
    let digits = String(current, radix: 16)
    let escape = "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    report(
      "json.control-character", "\(name) stands in a string as it is",
      SourceRange(offset, offset + 1),
      help: "Write `\(current == 0x09 ? "\\t" : escape)`.")
  }

  private mutating func reportUnclosedString(_ start: Int) -> String? {
    report(
      "json.unclosed-string", "The string isn't closed", SourceRange(start, offset),
      detail: "A string ends on the line on which it begins.",
      help: "Write a double quote behind it; a line break inside is `\\n`.")
    return nil
  }
}
