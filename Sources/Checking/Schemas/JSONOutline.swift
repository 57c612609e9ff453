/// Finds members of JSON objects without reading what stands in them.
///
/// Schemas are large and few of their types are used: only those are parsed.
struct JSONOutline: Sendable {
  let bytes: [UInt8]

  /// The members of the object that begins in a range: keys, and where their values stand.
  ///
  /// What is no object has none; damaged text gives what stands before the damage.
  func members(_ range: Range<Int>) -> [(key: String, value: Range<Int>)] {
    var result: [(String, Range<Int>)] = []
    var place = skipBlanks(range.lowerBound)
    guard place < range.upperBound, bytes[place] == UInt8(ascii: "{") else { return [] }
    place = skipBlanks(place + 1)
    while place < range.upperBound, bytes[place] == UInt8(ascii: "\"") {
      let end = skipText(place)
      guard end > place + 1, end <= range.upperBound else { break }
      let key = String(decoding: bytes[(place + 1)..<(end - 1)], as: UTF8.self)
      place = skipBlanks(end)
      guard place < range.upperBound, bytes[place] == UInt8(ascii: ":") else { break }
      let start = skipBlanks(place + 1)
      place = skipValue(start)
      result.append((key, start..<min(place, range.upperBound)))
      place = skipBlanks(place)
      guard place < range.upperBound, bytes[place] == UInt8(ascii: ",") else { break }
      place = skipBlanks(place + 1)
    }
    return result
  }

  /// The value of a key of the object that begins in a range.
  func member(_ key: String, _ range: Range<Int>) -> Range<Int>? {
    members(range).first { $0.key == key }?.value
  }

  private func skipBlanks(_ start: Int) -> Int {
    var place = start
    while place < bytes.count, bytes[place] <= 0x20 { place += 1 }
    return place
  }

  /// Behind the text that begins with the quote at a place.
  private func skipText(_ start: Int) -> Int {
    var place = start + 1
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\\"): place += 2
      case UInt8(ascii: "\""): return place + 1
      default: place += 1
      }
    }
    return bytes.count
  }

  private func skipValue(_ start: Int) -> Int {
    var place = start
    var depth = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        place = skipText(place)
        if depth == 0 { return place }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth <= 1 { return depth == 0 ? place : place + 1 }
        depth -= 1
      case UInt8(ascii: ","): if depth == 0 { return place }
      default: break
      }
      place += 1
    }
    return bytes.count
  }
}
