extension Layout {
  /// The text; nil if it is that of the source.
  ///
  /// Tokens that keep their place are copied together.
  func outputIfChanged() -> [UInt8]? {
    guard let changed = firstChange() else { return nil }
    var output: [UInt8] = []
    output.reserveCapacity(outputCount())
    var run = 0
    var runEnd = changed == 0 ? 0 : Int(cells[changed - 1].end)
    for index in changed..<cells.count {
      let cell = cells[index]
      if keepsPlace(cell, behind: runEnd) {
        runEnd = Int(cell.end)
        continue
      }
      if runEnd > run { output.append(contentsOf: bytes[run..<runEnd]) }
      for _ in 0..<cell.blanks { output.append(0x20) }
      (run, runEnd) = (Int(cell.start), Int(cell.end))
      if run > bytes.count {
        output.append(contentsOf: text(of: cell))
        (run, runEnd) = (bytes.count, bytes.count)
      }
    }
    if runEnd > run { output.append(contentsOf: bytes[run..<runEnd]) }
    return output
  }

  /// The text.
  ///
  /// Tokens of heredocs that start at one of the given offsets are indented with the line on
  /// which their heredoc begins: text by one level more, the marker at its end by as much.
  func output(indenting offsets: Set<Int> = []) -> [UInt8] {
    if offsets.isEmpty { return outputIfChanged() ?? bytes }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + bytes.count / 8)
    // The indentations of the lines on which the open heredocs begin.
    var heredocs: [Int] = []
    var line = -1
    for (index, cell) in cells.enumerated() {
      if line + 1 < lines.count, Int(lines[line + 1].first) == index { line += 1 }
      let isMarker = cell.kind == .closeHeredoc
      if offsets.contains(Int(cell.start)), let indentation = heredocs.last {
        output.append(contentsOf: repeatElement(0x20, count: indentation + (isMarker ? 0 : 2)))
      }
      if cell.kind == .openHeredoc {
        heredocs.append(Int(cells[Int(lines[line].first)].blanks))
      }
      if isMarker { heredocs.removeLast() }
      for _ in 0..<cell.blanks { output.append(0x20) }
      output.append(contentsOf: text(of: cell))
    }
    return output
  }

  /// The index of the first cell that doesn't follow the one before it as in the source.
  private func firstChange() -> Int? {
    var end = 0
    for (index, cell) in cells.enumerated() {
      if !keepsPlace(cell, behind: end) { return index }
      end = Int(cell.end)
    }
    // Rewriting may have taken the last tokens away.
    return end == bytes.count ? nil : cells.count - 1
  }

  /// Whether a cell stands in the source as it stands in the output, behind another one's end.
  @inline(__always)
  private func keepsPlace(_ cell: Cell, behind end: Int) -> Bool {
    let start = Int(cell.start)
    guard start == end + Int(cell.blanks), start <= bytes.count else { return false }
    return hasOnlySpaces || bytes[end..<start].allSatisfy { $0 == 0x20 }
  }

  /// The number of bytes of the text.
  private func outputCount() -> Int {
    cells.reduce(0) { $0 + $1.count + Int($1.blanks) }
  }
}
