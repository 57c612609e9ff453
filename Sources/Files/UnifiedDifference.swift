extension LineDifference {
  /// Prints the differences as a unified diff.
  ///
  /// - Parameters:
  ///   - old: What the header calls the old file; nil if there was none.
  ///   - new: What the header calls the new file; nil if there is none any more.
  ///   - context: How many common lines are shown around a change.
  ///   - prefixes: What stands before the names.
  /// - Returns: The text, which is empty if there are no differences.
  public func unified(
    from old: String?, to new: String?, context: Int = 3,
    prefixes: (old: String, new: String) = ("a/", "b/")
  ) -> String {
    guard !isEmpty else { return "" }
    var text = "--- \(old.map { prefixes.old + $0 } ?? "/dev/null")\n"
    text += "+++ \(new.map { prefixes.new + $0 } ?? "/dev/null")\n"
    var (oldLine, newLine, index) = (1, 1, 0)
    for hunk in hunks(context: context) {
      // Lines between hunks are common to both.
      oldLine += hunk.lowerBound - index
      newLine += hunk.lowerBound - index
      let shown = lines[hunk]
      let oldCount = shown.count { $0.kind != .added }
      let newCount = shown.count { $0.kind != .removed }
      text += "@@ -\(Self.span(oldLine, oldCount)) +\(Self.span(newLine, newCount)) @@\n"
      for line in shown { text += Self.text(of: line) }
      (oldLine, newLine, index) = (oldLine + oldCount, newLine + newCount, hunk.upperBound)
    }
    return text
  }

  /// The ranges of lines that are shown together.
  private func hunks(context: Int) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for (index, line) in lines.enumerated() where line.kind != .common {
      let start = max(0, index - context)
      let end = min(lines.count, index + context + 1)
      if let last = found.last, last.upperBound >= start {
        found[found.count - 1] = last.lowerBound..<end
      } else {
        found.append(start..<end)
      }
    }
    return found
  }

  /// First line and count; a count of 1 isn't written, and of no lines the one before them is said.
  private static func span(_ start: Int, _ count: Int) -> String {
    switch count {
    case 0: "\(start - 1),0"
    case 1: "\(start)"
    default: "\(start),\(count)"
    }
  }

  private static func text(of line: Line) -> String {
    let sign =
      switch line.kind {
      case .common: " "
      case .removed: "-"
      case .added: "+"
      }
    let text = sign + String(decoding: line.bytes, as: UTF8.self)
    return line.bytes.last == 0x0A ? text : text + "\n\\ No newline at end of file\n"
  }
}
