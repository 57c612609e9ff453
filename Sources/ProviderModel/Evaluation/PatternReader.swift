/// A part of a plain regular expression.
indirect enum PatternNode {
  case letter(LetterSet)
  case start, end
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// As often as it may stand; without a limit where there is none.
  case repeated(PatternNode, least: Int, most: Int?)
}

/// Reads plain regular expressions; whatever might mean something else anywhere isn't read.
struct PatternReader {
  let bytes: [UInt8]
  private var place = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  private static let specials = Set("\\^$.|?*+()[]{}".utf8)

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skip(_ character: Character) -> Bool {
    guard next == character.asciiValue else { return false }
    place += 1
    return true
  }

  /// The whole pattern; nil for what isn't plain.
  mutating func read() -> PatternNode? {
    guard let node = alternatives(), place == bytes.count else { return nil }
    return node
  }

  private mutating func alternatives() -> PatternNode? {
    var nodes: [PatternNode] = []
    repeat {
      guard let node = sequence() else { return nil }
      nodes.append(node)
    } while skip("|")
    return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
  }

  private mutating func sequence() -> PatternNode? {
    var nodes: [PatternNode] = []
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      guard let node = repeated() else { return nil }
      nodes.append(node)
    }
    return .sequence(nodes)
  }

  private mutating func repeated() -> PatternNode? {
    guard let node = atom() else { return nil }
    let range: (Int, Int?)
    if skip("?") {
      range = (0, 1)
    } else if skip("*") {
      range = (0, nil)
    } else if skip("+") {
      range = (1, nil)
    } else if next == UInt8(ascii: "{") {
      guard let counts = counts() else { return nil }
      range = counts
    } else {
      return node
    }
    // Ends can't be repeated; and what follows may make the repetition one of another kind.
    switch node {
    case .start, .end: return nil
    default: break
    }
    if let byte = next, Set("?*+{".utf8).contains(byte) { return nil }
    return .repeated(node, least: range.0, most: range.1)
  }

  /// `{3}`, `{3,}` and `{3,5}`.
  private mutating func counts() -> (Int, Int?)? {
    guard skip("{"), let least = number() else { return nil }
    var most: Int? = least
    if skip(",") {
      most = nil
      if next != UInt8(ascii: "}") {
        guard let number = number(), number >= least else { return nil }
        most = number
      }
    }
    return skip("}") ? (least, most) : nil
  }

  private mutating func number() -> Int? {
    let start = place
    while let byte = next, (0x30...0x39).contains(byte), place - start < 4 { place += 1 }
    return Int(String(decoding: bytes[start..<place], as: UTF8.self))
  }

  private mutating func atom() -> PatternNode? {
    guard let byte = next else { return nil }
    if skip("^") { return .start }
    if skip("$") { return .end }
    if skip("(") { return group() }
    if byte == UInt8(ascii: "[") { return letters() }
    guard let letter = letter() else { return nil }
    var set = LetterSet()
    set.insert(letter...letter)
    return .letter(set)
  }

  private mutating func group() -> PatternNode? {
    if skip("?") {
      guard skip(":") else { return nil }
    }
    guard let node = alternatives(), skip(")") else { return nil }
    return node
  }

  /// A letter that stands for itself, or a sign behind `\`.
  private mutating func letter() -> UInt8? {
    guard let byte = next else { return nil }
    if byte == UInt8(ascii: "\\") {
      guard place + 1 < bytes.count, Self.isSign(bytes[place + 1]) else { return nil }
      place += 2
      return bytes[place - 1]
    }
    guard byte >= 0x20, byte < 0x7F, !Self.specials.contains(byte) else { return nil }
    place += 1
    return byte
  }

  /// Whether a byte is neither a letter nor a digit, so that `\` takes its meaning from it.
  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  // MARK: - Classes

  private mutating func letters() -> PatternNode? {
    guard skip("[") else { return nil }
    let isInverted = skip("^")
    var set = LetterSet()
    var isEmpty = true
    while !skip("]") {
      guard let first = member() else { return nil }
      var last = first
      if next == UInt8(ascii: "-"), place + 1 < bytes.count,
        bytes[place + 1] != UInt8(ascii: "]")
      {
        place += 1
        guard let end = member(), end >= first, first != UInt8(ascii: "-"),
          end != UInt8(ascii: "-")
        else { return nil }
        last = end
      }
      set.insert(first...last)
      isEmpty = false
    }
    guard !isEmpty else { return nil }
    if isInverted { set.invert() }
    return .letter(set)
  }

  /// A letter of a class; nil where two signs may work on classes.
  private mutating func member() -> UInt8? {
    guard let byte = next else { return nil }
    if byte == UInt8(ascii: "\\") { return letter() }
    guard byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "["), byte != UInt8(ascii: "]") else {
      return nil
    }
    if Set("&-~".utf8).contains(byte), place + 1 < bytes.count, bytes[place + 1] == byte {
      return nil
    }
    place += 1
    return byte
  }
}
