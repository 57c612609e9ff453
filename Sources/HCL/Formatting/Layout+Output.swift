extension Layout {
  /// The text.
  ///
  /// Tokens of heredocs that start at one of the given offsets are indented with the line on
  /// which their heredoc begins: text by one level more, the marker at its end by as much.
  func output(indenting offsets: Set<Int> = []) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 8)
    // The indentations of the lines on which the open heredocs begin.
    var heredocs: [Int] = []
    var line = -1
    for (index, cell) in cells.enumerated() {
      if line + 1 < lines.count, lines[line + 1].lead.lowerBound == index { line += 1 }
      if !offsets.isEmpty {
        let isMarker = cell.kind == .closeHeredoc
        if offsets.contains(cell.token.start), let indentation = heredocs.last {
          output.append(
            contentsOf: repeatElement(0x20, count: indentation + (isMarker ? 0 : 2)))
        }
        if cell.kind == .openHeredoc { heredocs.append(lines[line].indentation) }
        if isMarker { heredocs.removeLast() }
      }
      for _ in 0..<cell.blanks { output.append(0x20) }
      output.append(contentsOf: bytes[cell.token.start..<cell.token.end])
    }
    return output
  }
}
