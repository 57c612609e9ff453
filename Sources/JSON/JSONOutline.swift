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
    walkMembers(from: start) { key, value in visit(key.text, value) }
  }

  /// A member's name, of which no text is made unless somebody asks for it.
  public struct Key {
    fileprivate let bytes: [UInt8]
    fileprivate let range: Range<Int>

    /// The name as it is written.
    public var text: String { String(decoding: bytes[range], as: UTF8.self) }

    /// Whether it is a word.
    public static func ~= (word: String, key: Key) -> Bool {
      holds(word, key.bytes.span, at: key.range.lowerBound, count: key.range.count)
    }
  }

  /// Does what ``walk`` does with names of which only some are looked at.
  public func walkMembers(from start: Int, _ visit: (_ key: Key, _ value: Int) -> Int?) -> Int {
    let text = bytes.span
    var place = Self.skipBlanks(text, start)
    guard place < text.count, text[place] == UInt8(ascii: "{") else {
      return Self.skipValue(text, place)
    }
    place = Self.skipBlanks(text, place + 1)
    while place < text.count, text[place] == UInt8(ascii: "\"") {
      let end = Self.skipText(text, place)
      guard end > place + 1 else { break }
      let key = Key(bytes: bytes, range: (place + 1)..<(end - 1))
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

  /// Whether a text stands at a place and is a word, which needs no escapes.
  public func isText(_ word: String, at place: Int) -> Bool {
    let text = bytes.span
    let count = word.utf8.count
    guard place < text.count, text[place] == UInt8(ascii: "\""), text.count - place > count + 1,
      text[place + count + 1] == UInt8(ascii: "\"")
    else { return false }
    return holds(word, text, at: place + 1, count: count)
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
    while place < text.count, text[place] <= 0x20 { place &+= 1 }
    return place
  }

  /// Behind the text that begins with the quote at a place.
  private static func skipText(_ text: Span<UInt8>, _ start: Int) -> Int {
    var place = start &+ 1
    while place < text.count {
      let byte = text[place]
      place &+= 1
      if byte == UInt8(ascii: "\"") { return place }
      if byte == UInt8(ascii: "\\") { place &+= 1 }
    }
    return text.count
  }

  private static func skipValue(_ text: Span<UInt8>, _ start: Int) -> Int {
    var place = start
    var depth = 0
    while place < text.count {
      let byte = text[place]
      // Brackets differ from braces in one bit.
      switch byte | 0x20 {
      case UInt8(ascii: "\"") where byte == UInt8(ascii: "\""):
        place = skipText(text, place)
        if depth == 0 { return place }
        continue
      case UInt8(ascii: "{"): depth &+= 1
      case UInt8(ascii: "}"):
        if depth <= 1 { return depth == 0 ? place : place &+ 1 }
        depth &-= 1
      case UInt8(ascii: ","): if depth == 0, byte == UInt8(ascii: ",") { return place }
      default: break
      }
      place &+= 1
    }
    return text.count
  }
}

/// Whether a word stands at a place of a text, where something of a length stands.
private func holds(_ word: String, _ text: Span<UInt8>, at start: Int, count: Int) -> Bool {
  guard word.utf8.count == count else { return false }
  let wanted = word.utf8.span
  for offset in wanted.indices where wanted[offset] != text[start &+ offset] { return false }
  return true
}
