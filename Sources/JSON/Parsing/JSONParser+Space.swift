import Diagnostics

extension JSONParser {
  /// Goes over white space, and over comments with a report; false if a comment doesn't end.
  mutating func skipSpace() -> Bool {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x09, 0x0A, 0x0D:
        offset += 1
      case UInt8(ascii: "#"):
        skipComment(block: false)
      case UInt8(ascii: "/") where next == UInt8(ascii: "/"):
        skipComment(block: false)
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
        skipComment(block: true)
      case 0xC2 where next == 0xA0:
        report(
          "json.space", "A space that doesn't break lines (U+00A0) stands between values",
          SourceRange(offset, offset + 2), help: "Write an ordinary space.", fixIt: " ")
        offset += 2
      default:
        return true
      }
      if diagnostics.items.count >= Self.findingLimit { return false }
    }
    return true
  }

  private mutating func skipComment(block: Bool) {
    let start = offset
    offset += block ? 2 : 1
    while offset < bytes.count {
      if !block, current == 0x0A || current == 0x0D { break }
      if block, current == UInt8(ascii: "*"), next == UInt8(ascii: "/") { break }
      offset += 1
    }
    if block { offset = min(offset + 2, bytes.count) }
    report(
      "json.comment", "JSON has no comments", SourceRange(start, offset),
      help: "Remove it; a `description` is kept.")
  }

  /// Reports a byte order mark, which is then passed over, and bytes that aren't UTF-8.
  mutating func reportEncoding() {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      report(
        "json.invalid-utf8", "The file is UTF-16", SourceRange(0, 2), help: "Save it as UTF-8.")
    } else if let range = firstInvalidRange() {
      report(
        "json.invalid-utf8", "The file isn't UTF-8 here", range,
        detail: "JSON files are UTF-8; this byte begins no character of it.",
        help: "Save the file as UTF-8.")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      report(
        "json.byte-order-mark", "The file begins with a byte order mark", SourceRange(0, 3),
        help: "Save it as UTF-8 without one (\"UTF-8\", not \"UTF-8 with BOM\").", fixIt: "")
      offset = 3
    }
  }

  private func firstInvalidRange() -> SourceRange? {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        index += 1
        continue
      }
      guard let length = lengthOfCharacter(at: index) else {
        return SourceRange(index, index + 1)
      }
      index += length
    }
    return nil
  }

  /// The bytes of the character that begins at an index and isn't ASCII; nil if it is damaged.
  private func lengthOfCharacter(at index: Int) -> Int? {
    let (length, second): (Int, ClosedRange<UInt8>)
    switch bytes[index] {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
    for byte in bytes[(index + 2)..<max(index + 2, index + length)] where byte & 0xC0 != 0x80 {
      return nil
    }
    return length
  }
}
