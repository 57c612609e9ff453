extension Lexer {
  /// One token between quotes.
  mutating func lexQuotes(_ bytes: Span<UInt8>) {
    switch bytes[position] {
    case UInt8(ascii: "\""):
      leaveFrame()
      return emit(.closeQuote, length: 1)
    case 0x0A, 0x0D:
      leaveFrame()
      return emit(.brokenQuote, length: 0)
    default: break
    }
    if lexSequenceStart(bytes) { return }
    var index = position
    var isPlain = true
    scan: while index < bytes.count {
      if bytes[index].isCommonText {
        index &+= 1
        continue
      }
      switch bytes[index] {
      case UInt8(ascii: "\""), 0x0A, 0x0D: break scan
      case UInt8(ascii: "\\"):
        // A backslash hides the next character whatever it is.
        let hides = index + 1 < end && bytes[index + 1] != 0x0A && bytes[index + 1] < 0x80
        isPlain = false
        index += hides ? 2 : 1
      case UInt8(ascii: "$"), UInt8(ascii: "%"):
        if startsSequence(at: index, bytes) { break scan }
        isPlain = false
        index += literalSignLength(at: index, bytes)
      case 0x80...:
        guard let length = scalarLength(bytes, at: index, end: end) else { break scan }
        index += length
      default: index &+= 1
      }
    }
    if index == position { return emit(.badUTF8, length: 1) }
    emitText(.quotedText, until: index, isPlain: isPlain)
  }

  /// One token of a heredoc.
  mutating func lexHeredoc(_ bytes: Span<UInt8>) {
    if lexSequenceStart(bytes) { return }
    let isLineStart = frame.isLineStart
    var index = position
    var isPlain = true
    scan: while index < bytes.count {
      if bytes[index].isCommonText {
        index &+= 1
        continue
      }
      switch bytes[index] {
      case 0x0A: break scan
      case 0x0D where index + 1 == end || bytes[index + 1] != 0x0A: break scan
      case UInt8(ascii: "$"), UInt8(ascii: "%"):
        if startsSequence(at: index, bytes) { break scan }
        isPlain = false
        index += literalSignLength(at: index, bytes)
      case 0x80...:
        guard let length = scalarLength(bytes, at: index, end: end) else { break scan }
        index += length
      default: index &+= 1
      }
    }
    if index == position, bytes[index] == 0x0D { return emit(.invalid, length: 1) }
    let isLineEnd = index == end || bytes[index] == 0x0A
    if isLineStart, isLineEnd, isMarker(lineEnd: index, bytes) {
      leaveFrame()
      let hasReturn = index < end && bytes[index - 1] == 0x0D
      return emit(.closeHeredoc, length: index - position - (hasReturn ? 1 : 0))
    }
    if index < end, bytes[index] == 0x0A { index += 1 }
    if index == position { return emit(.badUTF8, length: 1) }
    frame.isLineStart = bytes[index - 1] == 0x0A
    emitText(.heredocText, until: index, isPlain: isPlain)
  }

  private mutating func emitText(_ kind: Token.Kind, until index: Int, isPlain: Bool) {
    emit(kind, length: index - position)
    tokens[tokens.count - 1].isPlain = isPlain
  }

  /// `<<EOT` or `<<-EOT` with the line's end, or else two `<`.
  mutating func lexHeredocStart(_ bytes: Span<UInt8>) {
    var start = position + 2
    if start < end, bytes[start] == UInt8(ascii: "-") { start += 1 }
    let markerEnd = identifierEnd(from: start, bytes)
    var index = markerEnd
    if index < end, bytes[index] == 0x0D { index += 1 }
    guard markerEnd > start, index < end, bytes[index] == 0x0A else {
      emit(.less, length: 1)
      return emit(.less, length: 1)
    }
    emit(.openHeredoc, length: index + 1 - position)
    enter(
      Frame(mode: .heredoc, markerStart: start, markerEnd: markerEnd, isLineStart: true))
  }

  /// Whether the line from the current place to an offset is the marker between blanks.
  private func isMarker(lineEnd: Int, _ bytes: Span<UInt8>) -> Bool {
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
    let count = frame.markerEnd - frame.markerStart
    guard upper - lower == count else { return false }
    for offset in 0..<count where bytes[lower + offset] != bytes[frame.markerStart + offset] {
      return false
    }
    return true
  }

  /// Emits `${`, `${~`, `%{` or `%{~` if one stands here.
  private mutating func lexSequenceStart(_ bytes: Span<UInt8>) -> Bool {
    guard startsSequence(at: position, bytes) else { return false }
    frame.isLineStart = false
    let kind: Token.Kind = bytes[position] == UInt8(ascii: "$") ? .interpolation : .directive
    emit(kind, length: byte(2, bytes) == UInt8(ascii: "~") ? 3 : 2)
    enter(Frame(mode: .code))
    return true
  }

  private func startsSequence(at index: Int, _ bytes: Span<UInt8>) -> Bool {
    (bytes[index] == UInt8(ascii: "$") || bytes[index] == UInt8(ascii: "%"))
      && index + 1 < end && bytes[index + 1] == UInt8(ascii: "{")
  }

  /// 3 for `$${` and `%%{`, which are text; else 1.
  private func literalSignLength(at index: Int, _ bytes: Span<UInt8>) -> Int {
    index + 2 < end && bytes[index + 1] == bytes[index] && bytes[index + 2] == UInt8(ascii: "{")
      ? 3 : 1
  }
}
