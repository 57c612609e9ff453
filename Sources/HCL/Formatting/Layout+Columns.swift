extension Layout {
  /// What the bytes of a file have in common.
  struct Traits {
    /// Whether every token is as many columns wide as it has bytes.
    let isPlain: Bool
    /// Whether there are tabs.
    let hasTabs: Bool

    init(_ bytes: [UInt8]) {
      var highest: UInt8 = 0
      var (returns, tabs): (UInt8, UInt8) = (0, 0)
      for byte in bytes {
        highest |= byte
        returns |= byte == 0x0D ? 1 : 0
        tabs |= byte == 0x09 ? 1 : 0
      }
      isPlain = highest < 0x80 && returns == 0
      hasTabs = tabs != 0
    }
  }

  /// The columns of a token.
  @inline(__always)
  func width(_ cell: Cell) -> UInt32 {
    traits.isPlain && Int(cell.end) <= bytes.count ? cell.end &- cell.start : measuredWidth(cell)
  }

  /// The columns of a token in grapheme clusters.
  private func measuredWidth(_ cell: Cell) -> UInt32 {
    let text = text(of: cell)
    if text.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) { return cell.end &- cell.start }
    guard cell.kind == .quotedText || cell.kind == .heredocText else {
      return UInt32(truncatingIfNeeded: GraphemeClusters.count(in: text))
    }
    // The reference cuts literal text around `$`, `%`, `$${` and `%%{`, even before a mark that
    // combines with them.
    var count = 0
    var start = text.startIndex
    var index = start
    while index < text.endIndex {
      let byte = text[index]
      guard byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%") else {
        index += 1
        continue
      }
      count += GraphemeClusters.count(in: text[start..<index])
      let isEscape =
        index + 2 < text.endIndex && text[index + 1] == byte && text[index + 2] == UInt8(ascii: "{")
      start = index + (isEscape ? 3 : 1)
      count += start - index
      index = start
    }
    count += GraphemeClusters.count(in: text[start...])
    return UInt32(truncatingIfNeeded: count)
  }

  /// The bytes of a token.
  func text(of cell: Cell) -> ArraySlice<UInt8> {
    let (start, end) = (Int(cell.start), Int(cell.end))
    return start < bytes.count
      ? bytes[start..<end] : additions[start - bytes.count..<end - bytes.count]
  }
}
