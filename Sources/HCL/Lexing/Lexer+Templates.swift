extension Lexer {
  /// One token between quotes.
  mutating func lexQuotes() {
    switch bytes[position] {
    case UInt8(ascii: "\""):
      modes.removeLast()
      return emit(.closeQuote, length: 1)
    case 0x0A, 0x0D:
      modes.removeLast()
      return emit(.brokenQuote, length: 0)
    default: break
    }
    if lexSequenceStart() { return }
    var index = position
    scan: while index < end {
      switch bytes[index] {
      case UInt8(ascii: "\""), 0x0A, 0x0D: break scan
      case UInt8(ascii: "\\") where index + 1 < end && bytes[index + 1] != 0x0A:
        // A backslash hides the next character whatever it is.
        index += bytes[index + 1] < 0x80 ? 2 : 1
      case UInt8(ascii: "$"), UInt8(ascii: "%"):
        if startsSequence(at: index) { break scan }
        index += literalSignLength(at: index)
      case 0x80...:
        guard let (_, length) = decodeScalar(bytes, at: index, end: end) else { break scan }
        index += length
      default: index += 1
      }
    }
    if index == position { return emit(.badUTF8, length: 1) }
    emit(.quotedText, length: index - position)
  }

  /// One token of a heredoc.
  mutating func lexHeredoc(marker: Range<Int>, isLineStart: Bool) {
    let place = modes.count - 1
    if lexSequenceStart() {
      modes[place] = .heredoc(marker: marker, isLineStart: false)
      return
    }
    var index = position
    scan: while index < end {
      switch bytes[index] {
      case 0x0A: break scan
      case 0x0D where index + 1 == end || bytes[index + 1] != 0x0A: break scan
      case UInt8(ascii: "$"), UInt8(ascii: "%"):
        if startsSequence(at: index) { break scan }
        index += literalSignLength(at: index)
      case 0x80...:
        guard let (_, length) = decodeScalar(bytes, at: index, end: end) else { break scan }
        index += length
      default: index += 1
      }
    }
    if index == position, bytes[index] == 0x0D { return emit(.invalid, length: 1) }
    let isLineEnd = index == end || bytes[index] == 0x0A
    if isLineStart, isLineEnd, isMarker(marker, lineEnd: index) {
      modes.removeLast()
      let hasReturn = index < end && bytes[index - 1] == 0x0D
      return emit(.closeHeredoc, length: index - position - (hasReturn ? 1 : 0))
    }
    if index < end, bytes[index] == 0x0A { index += 1 }
    if index == position { return emit(.badUTF8, length: 1) }
    modes[place] = .heredoc(marker: marker, isLineStart: bytes[index - 1] == 0x0A)
    emit(.heredocText, length: index - position)
  }

  /// `<<EOT` or `<<-EOT` with the line's end, or else two `<`.
  mutating func lexHeredocStart() {
    var start = position + 2
    if start < end, bytes[start] == UInt8(ascii: "-") { start += 1 }
    let markerEnd = identifierEnd(from: start)
    var index = markerEnd
    if index < end, bytes[index] == 0x0D { index += 1 }
    guard markerEnd > start, index < end, bytes[index] == 0x0A else {
      emit(.less, length: 1)
      return emit(.less, length: 1)
    }
    emit(.openHeredoc, length: index + 1 - position)
    modes.append(.heredoc(marker: start..<markerEnd, isLineStart: true))
  }

  /// Whether the line from the current place to an offset is the marker between blanks.
  private func isMarker(_ marker: Range<Int>, lineEnd: Int) -> Bool {
    var lower = position
    var upper = lineEnd
    while lower < upper, let (scalar, length) = decodeScalar(bytes, at: lower, end: upper),
      scalar.properties.isWhitespace
    {
      lower += length
    }
    while lower < upper {
      var first = upper - 1
      while first > lower, bytes[first] & 0xC0 == 0x80 { first -= 1 }
      guard let (scalar, _) = decodeScalar(bytes, at: first, end: upper),
        scalar.properties.isWhitespace
      else { break }
      upper = first
    }
    return upper - lower == marker.count && bytes[lower..<upper] == bytes[marker]
  }

  /// Emits `${`, `${~`, `%{` or `%{~` if one stands here.
  private mutating func lexSequenceStart() -> Bool {
    guard startsSequence(at: position) else { return false }
    let kind: Token.Kind = bytes[position] == UInt8(ascii: "$") ? .interpolation : .directive
    emit(kind, length: byte(2) == UInt8(ascii: "~") ? 3 : 2)
    modes.append(.sequence(openBraces: 0))
    return true
  }

  private func startsSequence(at index: Int) -> Bool {
    (bytes[index] == UInt8(ascii: "$") || bytes[index] == UInt8(ascii: "%"))
      && index + 1 < end && bytes[index + 1] == UInt8(ascii: "{")
  }

  /// 3 for `$${` and `%%{`, which are text; else 1.
  private func literalSignLength(at index: Int) -> Int {
    index + 2 < end && bytes[index + 1] == bytes[index] && bytes[index + 2] == UInt8(ascii: "{")
      ? 3 : 1
  }
}
