import Diagnostics

extension JSONParser {
  /// Reads a value that isn't a container.
  mutating func parseScalar() -> JSONNode? {
    let start = offset
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard let text = parseString() else { return nil }
      return JSONNode(.string(text), range: SourceRange(start, offset))
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."):
      return parseNumber()
    default:
      return parseWord()
    }
  }

  /// Whether a byte may stand in a bare word: a letter, a digit, `_`, `-`, `$` or not ASCII.
  func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "$"), 0x80...0xFF:
      true
    default: false
    }
  }

  /// The word, or the one character, at the offset.
  func rangeOfToken() -> SourceRange {
    var end = offset
    while end < bytes.count, isWord(bytes[end]) { end += 1 }
    return SourceRange(offset, max(end, min(offset + 1, bytes.count)))
  }

  private mutating func parseWord() -> JSONNode? {
    let range = rangeOfToken()
    let word = file.text(range)
    guard isWord(current) else {
      report(
        "json.unexpected",
        offset < bytes.count ? "A value is expected here" : "The file ends early",
        range,
        detail: "A value is a string, a number, an object, an array, `true`, `false` or `null`.")
      return nil
    }
    offset = range.end
    switch word {
    case "true": return JSONNode(.bool(true), range: range)
    case "false": return JSONNode(.bool(false), range: range)
    case "null": return JSONNode(.null, range: range)
    default: return reportWord(word, range)
    }
  }

  /// Reports a bare word and returns what it probably means.
  private mutating func reportWord(_ word: String, _ range: SourceRange) -> JSONNode {
    let meant: (JSONNode.Content, String)? =
      switch word.lowercased() {
      case "true", "yes", "on": (.bool(true), "true")
      case "false", "no", "off": (.bool(false), "false")
      case "null", "nil", "none", "undefined", "nan", "infinity": (.null, "null")
      default: nil
      }
    let mended = meant?.1 ?? "\"\(word)\""
    report(
      "json.word", "`\(word)` isn't a JSON value", range,
      detail: "The only words are `true`, `false` and `null`, in lower case; text has quotes.",
      help: "Write `\(mended)`.", fixIt: meant == nil ? nil : mended)
    return JSONNode(meant?.0 ?? .string(word), range: range)
  }

  private mutating func parseNumber() -> JSONNode {
    let start = offset
    let fault = scanNumber()
    var end = offset
    while end < bytes.count, isWord(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
    let isJoined = end > offset
    offset = end
    let range = SourceRange(start, end)
    if let fault = fault ?? (isJoined ? "a number ends where its digits end" : nil) {
      report(
        "json.number", "`\(file.text(range))` isn't a JSON number", range,
        detail: "In JSON \(fault).", help: "If it is meant as text, write it in quotes.")
    }
    return JSONNode(.number(file.text(range)), range: range)
  }

  /// Goes over the longest number; returns what is wrong with it.
  private mutating func scanNumber() -> String? {
    if current == UInt8(ascii: "+") {
      offset += 1
      return "a number has no plus sign before it"
    }
    if current == UInt8(ascii: "-") { offset += 1 }
    let whole = scanDigits()
    if whole == 0 { return "a digit stands before anything else of a number" }
    if whole > 1, bytes[offset - whole] == UInt8(ascii: "0") {
      return "a number doesn't begin with a zero that more digits follow"
    }
    if current == UInt8(ascii: ".") {
      offset += 1
      if scanDigits() == 0 { return "digits stand behind the decimal point" }
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      offset += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { offset += 1 }
      if scanDigits() == 0 { return "an exponent has digits" }
    }
    return nil
  }

  private mutating func scanDigits() -> Int {
    let start = offset
    while current >= UInt8(ascii: "0"), current <= UInt8(ascii: "9") { offset += 1 }
    return offset - start
  }
}
