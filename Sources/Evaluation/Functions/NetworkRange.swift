/// A range of addresses, for example `10.0.0.0/8` or `fd00::/48`.
struct NetworkRange {
  /// The address that was given.
  var address: UInt128
  /// How many bits at its front are fixed.
  var length: Int
  /// How many it has: 32 or 128.
  var bits: Int

  init(address: UInt128, length: Int, bits: Int) {
    self.address = address
    self.length = length
    self.bits = bits
  }

  /// Reads a range; nil for a text that is none.
  init?(_ text: String) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2 else { return nil }
    bits = halves[0].contains(":") ? 128 : 32
    guard let address = bits == 32 ? Self.fourParts(halves[0]) : Self.eightParts(halves[0]),
      halves[1].utf8.count <= 3, halves[1].allSatisfy({ $0.isASCII && $0.isNumber }),
      let length = Int(halves[1]), length <= bits
    else { return nil }
    self.address = address
    self.length = length
  }

  /// The bits that are the same for all addresses.
  var mask: UInt128 { ~hostMask & all }
  /// The bits that differ.
  var hostMask: UInt128 { length >= bits ? 0 : all >> UInt128(length) }
  private var all: UInt128 { bits == 32 ? 0xFFFF_FFFF : ~0 }

  /// The range as it is written.
  var text: String { "\(addressText)/\(length)" }

  /// The address as it is written.
  var addressText: String {
    if bits == 32 {
      return [24, 16, 8, 0].map { String(address >> UInt128($0) & 255) }.joined(separator: ".")
    }
    let groups = (0..<8).map { address >> UInt128(112 - 16 * $0) & 0xFFFF }
    func text(_ part: ArraySlice<UInt128>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard let zeros = Self.longestZeros(groups) else { return text(groups[...]) }
    return text(groups[..<zeros.lowerBound]) + "::" + text(groups[zeros.upperBound...])
  }

  private static func longestZeros(_ groups: [UInt128]) -> Range<Int>? {
    var best: Range<Int>?
    var start: Int?
    for (index, group) in (groups + [1]).enumerated() {
      if group == 0, index < 8 {
        start = start ?? index
      } else if let first = start {
        if index - first > max(1, best?.count ?? 0) { best = first..<index }
        start = nil
      }
    }
    return best
  }

  /// Leading zeros count as they do for people: Terraform takes them in ranges.
  private static func fourParts(_ text: Substring) -> UInt128? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var address: UInt128 = 0
    for part in parts {
      guard !part.isEmpty, part.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(part),
        number <= 255
      else { return nil }
      address = address << 8 | UInt128(number)
    }
    return address
  }

  private static func eightParts(_ text: Substring) -> UInt128? {
    func groups(_ text: Substring) -> [UInt128]? {
      if text.isEmpty { return [] }
      var groups: [UInt128] = []
      let words = text.split(separator: ":", omittingEmptySubsequences: false)
      for (index, word) in words.enumerated() {
        if index == words.count - 1, word.contains("."), let four = fourParts(word) {
          groups += [four >> 16, four & 0xFFFF]
          continue
        }
        guard (1...4).contains(word.utf8.count), let group = UInt128(word, radix: 16),
          !word.hasPrefix("+")
        else { return nil }
        groups.append(group)
      }
      return groups
    }
    var all: [UInt128]
    if let gap = text.range(ofPair: ":") {
      guard let before = groups(text[..<gap.lowerBound]),
        let after = groups(text[gap.upperBound...]), before.count + after.count < 8
      else { return nil }
      all = before + Array(repeating: 0, count: 8 - before.count - after.count) + after
    } else {
      guard let groups = groups(text), groups.count == 8 else { return nil }
      all = groups
    }
    return all.reduce(0) { $0 << 16 | $1 }
  }
}

extension Substring {
  /// Where a character stands twice in a row.
  fileprivate func range(ofPair character: Character) -> Range<Index>? {
    for index in indices where self[index] == character {
      let next = self.index(after: index)
      if next < endIndex, self[next] == character { return index..<self.index(after: next) }
    }
    return nil
  }
}
