import Diagnostics

/// Finds members of JSON objects without reading what stands in them.
///
/// Schemas are large and few of their types are used: only those are parsed.
public struct JSONOutline: Sendable {
  /// The text.
  public let bytes: [UInt8]

  /// Makes an outline of a text.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// Calls a visitor with each member of the object that begins at a place.
  ///
  /// It gets the key, and where the value begins. If it walks through the value itself, it returns
  /// what is behind it.
  ///
  /// What is no object has none; damaged text gives what stands before the damage.
  ///
  /// - Returns: Behind the object.
  public func walk(from start: Int, _ visit: (_ key: String, _ value: Int) -> Int?) -> Int {
    let text = bytes.span
    var place = Self.skipBlanks(text, start)
    guard place < text.count, text[place] == UInt8(ascii: "{") else {
      return Self.skipValue(text, place)
    }
    place = Self.skipBlanks(text, place + 1)
    while place < text.count, text[place] == UInt8(ascii: "\"") {
      let end = Self.skipText(text, place)
      guard end > place + 1 else { break }
      let key = String(decoding: bytes[(place + 1)..<(end - 1)], as: UTF8.self)
      place = Self.skipBlanks(text, end)
      guard place < text.count, text[place] == UInt8(ascii: ":") else { break }
      let value = Self.skipBlanks(text, place + 1)
      place = Self.skipBlanks(text, visit(key, value) ?? Self.skipValue(text, value))
      guard place < text.count, text[place] == UInt8(ascii: ",") else { break }
      place = Self.skipBlanks(text, place + 1)
    }
    return place < text.count ? place + 1 : place
  }

  /// Calls a visitor with where each element of the array at a place begins, as ``walk`` does.
  public func walkElements(from start: Int, _ visit: (_ element: Int) -> Int?) -> Int {
    let text = bytes.span
    var place = Self.skipBlanks(text, start)
    guard place < text.count, text[place] == UInt8(ascii: "[") else {
      return Self.skipValue(text, place)
    }
    place = Self.skipBlanks(text, place + 1)
    while place < text.count, text[place] != UInt8(ascii: "]") {
      let end = visit(place) ?? Self.skipValue(text, place)
      place = Self.skipBlanks(text, max(end, place))
      guard place < text.count, text[place] == UInt8(ascii: ",") else { break }
      place = Self.skipBlanks(text, place + 1)
    }
    return place < text.count ? place + 1 : place
  }

  /// Where the values of the members of an object stand, and what is behind it.
  public func members(from start: Int) -> (ranges: [String: Range<Int>], end: Int) {
    var ranges: [String: Range<Int>] = [:]
    let end = walk(from: start) { key, value in
      let end = Self.skipValue(bytes.span, value)
      if ranges[key] == nil { ranges[key] = value..<end }
      return end
    }
    return (ranges, end)
  }

  /// Behind the value that begins at a place.
  public func end(ofValueAt place: Int) -> Int { Self.skipValue(bytes.span, place) }

  // MARK: - Values

  /// Whether `true` stands at a place.
  public func isTrue(at place: Int) -> Bool {
    place < bytes.count && bytes[place] == UInt8(ascii: "t")
  }

  /// The whole number that stands at a place; nil where there is none.
  public func integer(at place: Int) -> Int? {
    Int(String(decoding: bytes[place..<end(ofValueAt: place)], as: UTF8.self))
  }

  /// The text that stands at a place; nil where there is none.
  public func text(at place: Int) -> String? {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { return nil }
    let end = end(ofValueAt: place)
    guard end > place + 1 else { return nil }
    let inner = bytes[(place + 1)..<(end - 1)]
    guard inner.contains(UInt8(ascii: "\\")) else { return String(decoding: inner, as: UTF8.self) }
    var ignored = Diagnostics()
    let file = SourceFile(name: "schema", bytes: Array(bytes[place..<end]))
    return parseJSON(file, into: &ignored)?.text
  }

  /// The texts in the array at a place.
  public func texts(at place: Int) -> [String] {
    var result: [String] = []
    _ = walkElements(from: place) { element in
      if let text = text(at: element) { result.append(text) }
      return nil
    }
    return result
  }

  private static func skipBlanks(_ text: Span<UInt8>, _ start: Int) -> Int {
    var place = start
    while place < text.count, text[place] <= 0x20 { place += 1 }
    return place
  }

  /// Behind the text that begins with the quote at a place.
  private static func skipText(_ text: Span<UInt8>, _ start: Int) -> Int {
    var place = start + 1
    while place < text.count {
      switch text[place] {
      case UInt8(ascii: "\\"): place += 2
      case UInt8(ascii: "\""): return place + 1
      default: place += 1
      }
    }
    return text.count
  }

  private static func skipValue(_ text: Span<UInt8>, _ start: Int) -> Int {
    var place = start
    var depth = 0
    while place < text.count {
      switch text[place] {
      case UInt8(ascii: "\""):
        place = skipText(text, place)
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
    return text.count
  }
}
