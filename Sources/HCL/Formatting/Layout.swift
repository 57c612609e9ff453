/// The tokens of a file on their way to the standard layout.
struct Layout {
  /// A token and the blanks before it.
  struct Cell {
    var token: Token
    var blanks: Int

    var kind: Token.Kind { token.kind }
  }

  /// A line, cut into what leads, what is assigned and the comment behind; each may be empty.
  struct Line {
    var lead: Range<Int>
    var assign: Range<Int>
    var comment: Range<Int>
    /// The blanks before the line's first token.
    var indentation = 0
  }

  let bytes: [UInt8]
  /// Everything but blanks; the last is `end`.
  var cells: [Cell] = []
  var lines: [Line] = []

  init(bytes: [UInt8], tokens: [Token]) {
    self.bytes = bytes
    cells.reserveCapacity(tokens.count)
    var blanks = 0
    for token in tokens {
      switch token.kind {
      case .spaces: blanks += token.count
      case .byteOrderMark: break
      default:
        cells.append(Cell(token: token, blanks: blanks))
        blanks = 0
      }
    }
  }

  /// Decides the blanks before every token.
  mutating func arrange() {
    splitLines()
    indent()
    space()
    align()
  }

  private mutating func splitLines() {
    var start = 0
    for index in cells.indices where endsLine(cells[index].token) {
      appendLine(start..<index + 1)
      start = index + 1
    }
    // The last cell is the end, which belongs to no line.
    if start < cells.count - 1 { appendLine(start..<cells.count - 1) }
  }

  private func endsLine(_ token: Token) -> Bool {
    token.kind == .newline || token.kind == .lineComment && bytes[token.end - 1] == 0x0A
  }

  private mutating func appendLine(_ range: Range<Int>) {
    var lead = range
    let upper = range.upperBound
    var comment = upper..<upper
    let last = cells[upper - 1].kind
    if range.count > 1, last == .lineComment || last == .blockComment {
      comment = upper - 1..<upper
      lead = range.lowerBound..<upper - 1
    }
    var assign = lead.upperBound..<lead.upperBound
    if let equal = lead.dropFirst().first(where: { cells[$0].kind == .equal }) {
      let rest = equal..<lead.upperBound
      if rest.reduce(0, { $0 + cells[$1].kind.bracketChange }) == 0 {
        assign = rest
        lead = lead.lowerBound..<equal
      }
    }
    lines.append(Line(lead: lead, assign: assign, comment: comment))
  }

  private mutating func indent() {
    // One entry a level, with the number of brackets that opened it.
    var levels: [Int] = []
    for index in lines.indices {
      let line = lines[index]
      let first = line.lead.lowerBound
      if cells[first].kind == .newline {
        cells[first].blanks = 0
        continue
      }
      let change = bracketChange(line.lead) + bracketChange(line.assign)
      if change < 0 { Layout.close(-change, in: &levels) }
      cells[first].blanks = 2 * levels.count
      lines[index].indentation = 2 * levels.count
      if change > 0 { levels.append(change) }
    }
  }

  private static func close(_ count: Int, in levels: inout [Int]) {
    var closed = count
    while closed > 0, let last = levels.last {
      if closed < last {
        levels[levels.count - 1] = last - closed
        return
      }
      closed -= last
      levels.removeLast()
    }
  }

  /// The balance of brackets up to the start of a heredoc.
  private func bracketChange(_ range: Range<Int>) -> Int {
    var change = 0
    for index in range {
      change += cells[index].kind.bracketChange
      if cells[index].kind == .openHeredoc { break }
    }
    return change
  }

  private mutating func align() {
    alignCells(\.assign, behind: { $0.columns(of: $1.lead) })
    alignCells(\.comment, behind: { $0.columns(of: $1.lead) + $0.columns(of: $1.assign) })
  }

  /// Puts a cell of neighbouring lines at one column, behind the widest of what leads.
  private mutating func alignCells(
    _ cell: KeyPath<Line, Range<Int>>, behind width: (Layout, Line) -> Int
  ) {
    var widths: [Int] = []
    for index in 0...lines.count {
      if index < lines.count, !lines[index][keyPath: cell].isEmpty {
        widths.append(width(self, lines[index]))
        continue
      }
      let widest = widths.max() ?? 0
      for (offset, width) in widths.enumerated() {
        let line = lines[index - widths.count + offset]
        cells[line[keyPath: cell].lowerBound].blanks = widest - width + 1
      }
      widths.removeAll(keepingCapacity: true)
    }
  }

  /// The width of some cells in grapheme clusters.
  private func columns(of range: Range<Int>) -> Int {
    range.reduce(0) { $0 + cells[$1].blanks + width(cells[$1].token) }
  }

  private func width(_ token: Token) -> Int {
    let text = bytes[token.start..<token.end]
    if text.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) { return text.count }
    if token.kind == .quotedText || token.kind == .heredocText {
      // The reference cuts literal text behind `$` and `%`, even before a combining mark.
      let parts = text.split(omittingEmptySubsequences: true) {
        $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "%")
      }
      let signs = text.count - parts.reduce(0) { $0 + $1.count }
      return parts.reduce(signs) { $0 + String(decoding: $1, as: UTF8.self).count }
    }
    return String(decoding: text, as: UTF8.self).count
  }
}
