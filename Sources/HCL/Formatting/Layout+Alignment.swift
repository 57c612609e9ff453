extension Layout {
  /// Puts `=` of neighbouring lines at one column, behind the widest of what leads.
  mutating func alignAssignments() {
    var chain = 0
    var widest: UInt32 = 0
    for index in 0...lines.count {
      if index < lines.count, lines[index].equal > 0 {
        widest = max(widest, lines[index].lead)
        continue
      }
      for place in chain..<index {
        let blanks = widest - lines[place].lead + 1
        cells[Int(lines[place].equal)].blanks = blanks
        // From now on, the columns up to the comment.
        lines[place].lead += blanks + lines[place].assign
      }
      chain = index + 1
      widest = 0
    }
  }

  /// Puts comments behind neighbouring lines at one column.
  mutating func alignComments() {
    var chain = 0
    var widest: UInt32 = 0
    for index in 0...lines.count {
      if index < lines.count, lines[index].comment > 0 {
        widest = max(widest, lines[index].lead)
        continue
      }
      for place in chain..<index {
        cells[Int(lines[place].comment)].blanks = widest - lines[place].lead + 1
      }
      chain = index + 1
      widest = 0
    }
  }
}
