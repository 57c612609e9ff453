internal import Diagnostics

extension Parser {
  /// The text that literal source stands for: escapes decoded, `$${` and `%%{` shortened.
  mutating func literalText(_ token: Token, isQuoted: Bool) -> String {
    if token.isPlain { return text(token) }
    var text: [UInt8] = []
    text.reserveCapacity(token.count)
    var index = token.start
    while index < token.end {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\\") where isQuoted:
        let (length, decoded) = escape(at: index, end: token.end)
        text.append(contentsOf: decoded)
        index += length
        continue
      case UInt8(ascii: "$"), UInt8(ascii: "%"):
        let isEscape =
          index + 2 < token.end && bytes[index + 1] == byte
          && bytes[index + 2] == UInt8(ascii: "{")
        text.append(byte)
        index += isEscape ? 2 : 1
        continue
      default: text.append(byte)
      }
      index += 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The length of an escape, and what it stands for.
  private mutating func escape(at index: Int, end: Int) -> (Int, [UInt8]) {
    let kind = index + 1 < end ? bytes[index + 1] : 0
    switch kind {
    case UInt8(ascii: "n"): return (2, [0x0A])
    case UInt8(ascii: "r"): return (2, [0x0D])
    case UInt8(ascii: "t"): return (2, [0x09])
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return (2, [kind])
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let digits = kind == UInt8(ascii: "u") ? 4 : 8
      let number = bytes[min(index + 2, end)..<min(index + 2 + digits, end)]
      let text = String(decoding: number, as: UTF8.self)
      if number.count == digits, number.allSatisfy(\.isHexadecimalDigit),
        let value = UInt32(text, radix: 16)
      {
        if let scalar = Unicode.Scalar(value) {
          return (2 + digits, Array(String(Character(scalar)).utf8))
        }
        let range = SourceRange(index, index + 2 + digits)
        reportEscape("`\(file.text(range))` is no character", range)
        return (2 + digits, [])
      }
      reportEscape(
        "`\\\(Character(Unicode.Scalar(kind)))` needs \(digits) hexadecimal digits",
        SourceRange(index, min(index + 2 + digits, end)))
      return (2, [])
    default:
      var length = 1
      if index + 1 < end, let (_, count) = decodeScalar(bytes.span, at: index + 1, end: end) {
        length += count
      }
      let range = SourceRange(index, index + length)
      reportEscape("`\(file.text(range))` isn't an escape", range)
      return (length, Array(bytes[index..<index + length]))
    }
  }

  private mutating func reportEscape(_ summary: String, _ range: SourceRange) {
    report(
      Problem(
        id: "hcl.invalid-escape", summary: summary,
        detail: "Escapes are `\\n`, `\\r`, `\\t`, `\\\"`, `\\\\`, `\\uXXXX` and `\\UXXXXXXXX`.",
        help: "For a backslash itself write `\\\\`; `${` itself is `$${`.", range: range))
  }
}

extension UInt8 {
  fileprivate var isHexadecimalDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
}
