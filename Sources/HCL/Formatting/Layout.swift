/// The tokens of a file on their way to the standard layout.
///
/// A line is cut into what leads, what is assigned (from the first `=` on, if brackets balance
/// behind it) and the comment behind. Assigned parts and comments of neighbouring lines stand at
/// one column.
struct Layout {
  /// A token and the blanks before it.
  struct Cell {
    /// The first byte; texts that aren't in the source are found behind its end.
    var start: UInt32
    /// Behind the last byte.
    var end: UInt32
    var blanks: UInt32
    var kind: Token.Kind
  }

  /// What alignment has to know of a line.
  struct Line {
    /// The index of the line's first cell.
    var first: Int32
    /// The index of the cell with the `=` of the assigned part; 0 if there is none.
    var equal: Int32 = 0
    /// The index of the comment behind the line; 0 if there is none.
    var comment: Int32 = 0
    /// The columns of what leads.
    var lead: UInt32 = 0
    /// The columns of what is assigned, without the blanks before it.
    var assign: UInt32 = 0
  }

  let bytes: [UInt8]
  /// Texts that rewriting made.
  let additions: [UInt8]
  /// Everything but blanks; the last is `end`.
  var cells: [Cell]
  var lines: [Line] = []
  let traits: Traits
  /// Whether nothing but spaces lies between cells that are neighbours in the source.
  let hasOnlySpaces: Bool
  /// One entry a level, with the number of brackets that opened it.
  private var levels: [Int] = []

  /// Takes tokens as they are; the last has to be `end`.
  init(bytes: [UInt8], tokens: [Token]) {
    self.bytes = bytes
    additions = []
    traits = Traits(bytes)
    hasOnlySpaces = !traits.hasTabs && tokens.first?.kind != .byteOrderMark
    cells = []
    cells.reserveCapacity(tokens.count)
    for token in tokens where token.kind != .spaces && token.kind != .byteOrderMark {
      cells.append(Cell(token))
    }
    cells[cells.count - 1].blanks = blanksAtEnd(of: tokens)
  }

  /// Takes tokens, and rewrites old spellings.
  init(rewriting bytes: [UInt8], tokens: [Token]) {
    var rewriter = Rewriter(bytes: bytes, tokens: tokens)
    rewriter.run()
    self.bytes = bytes
    additions = rewriter.additions
    cells = rewriter.cells
    traits = Traits(bytes)
    hasOnlySpaces = !traits.hasTabs && !rewriter.hasRewritten
  }

  /// Decides the blanks before every token but the last, which stands behind all lines.
  mutating func arrange() {
    lines.reserveCapacity(cells.count / 6 + 1)
    let spacing = Spacing.table
    var first = 0
    while first + 1 < cells.count { first = arrangeLine(from: first, spacing) }
    alignAssignments()
    alignComments()
  }

  /// Decides the blanks within a line and before it; the index behind its last cell.
  private mutating func arrangeLine(from first: Int, _ spacing: Spacing) -> Int {
    let end = cells.count - 1
    var index = first
    var cell = cells[first]
    var before = Token.Kind.end
    // The columns before the current cell, without indentation.
    var columns: UInt32 = 0
    // The first `=` and the columns before and behind the blanks that it gets.
    var (equal, lead, assign): (Int, UInt32, UInt32) = (0, 0, 0)
    // Balances of brackets: of the line up to a heredoc, before the first `=`, and behind it.
    var (change, leadChange, restChange) = (0, 0, 0)
    var isInHeredoc = false
    while true {
      let kind = cell.kind
      let bracket = kind.bracketChange
      if bracket != 0 {
        if !isInHeredoc { change += bracket }
        restChange += bracket
      } else if kind == .equal, equal == 0, index > first {
        (equal, lead, assign) = (index, columns - cell.blanks, columns)
        (leadChange, restChange) = (change, 0)
      } else if kind == .openHeredoc {
        isInHeredoc = true
      }
      if kind == .newline || kind == .lineComment || index + 1 == end { break }
      let isIn = kind == .identifier && isWordIn(cell)
      columns += width(cell)
      index += 1
      cell = cells[index]
      cell.blanks = spacing.blanks(between: kind, cell.kind, before: before, isIn: isIn)
      cells[index].blanks = cell.blanks
      columns += cell.blanks
      before = kind
    }
    var line = Line(first: Int32(truncatingIfNeeded: first))
    if index > first, cell.kind == .lineComment || cell.kind == .blockComment {
      line.comment = Int32(truncatingIfNeeded: index)
      columns -= cell.blanks
    }
    if equal > 0, restChange == 0 {
      line.equal = Int32(truncatingIfNeeded: equal)
      line.assign = columns - assign
      columns = lead
      change = leadChange
    }
    let indentation = cells[first].kind == .newline ? 0 : indent(by: change)
    cells[first].blanks = indentation
    line.lead = columns + indentation
    lines.append(line)
    return index + 1
  }

  /// The blanks before a line whose balance of brackets is given; opens or closes levels.
  private mutating func indent(by change: Int) -> UInt32 {
    var closed = -change
    while closed > 0, let last = levels.last {
      if closed < last {
        levels[levels.count - 1] = last - closed
        break
      }
      closed -= last
      levels.removeLast()
    }
    let indentation = UInt32(truncatingIfNeeded: 2 * levels.count)
    if change > 0 { levels.append(change) }
    return indentation
  }

  private func isWordIn(_ cell: Cell) -> Bool {
    guard cell.end &- cell.start == 2, Int(cell.end) <= bytes.count else { return false }
    return bytes[Int(cell.start)] == UInt8(ascii: "i")
      && bytes[Int(cell.start) + 1] == UInt8(ascii: "n")
  }
}

extension Layout.Cell {
  /// A token; the blanks are decided later.
  init(_ token: Token, blanks: UInt32 = 0) {
    start = UInt32(truncatingIfNeeded: token.start)
    end = UInt32(truncatingIfNeeded: token.end)
    kind = token.kind
    self.blanks = blanks
  }

  /// The number of bytes.
  var count: Int { Int(end &- start) }
}

/// The bytes between the last token that isn't blank and the end, which stay as blanks.
///
/// The reference takes a byte order mark for blanks where nothing else stands in the file.
func blanksAtEnd(of tokens: [Token]) -> UInt32 {
  let last = tokens.dropLast().last { $0.kind != .spaces && $0.kind != .byteOrderMark }
  return UInt32(truncatingIfNeeded: (tokens.last?.start ?? 0) - (last?.end ?? 0))
}
