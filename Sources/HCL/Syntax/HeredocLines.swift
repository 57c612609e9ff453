/// The text of a heredoc cut the way in which `<<-` looks at it: lines, and what stands between
/// template sequences on them.
///
/// `<<-` takes the smallest indentation away from all lines that count. A line with nothing but
/// blanks doesn't count, nor does one whose line's end before it is eaten by a `~`.
struct HeredocLines {
  /// A line, or the part of a line before, between or behind sequences; or a sequence.
  enum Piece {
    case text(String)
    case sequence(StripMarkers)
  }

  private let parts: [TemplatePart]
  private(set) var pieces: [Piece] = []
  /// For each piece that begins a line that counts: how many blanks it begins with.
  private(set) var indentations: [Int: Int] = [:]

  init(_ parts: [TemplatePart]) {
    self.parts = parts
    append(parts)
    measure()
  }

  /// What `<<-` takes away; nil where no line counts.
  var common: Int? { indentations.values.min() }

  /// Whether a `~` eats the blanks of a line that counts, so that nothing can be taken away.
  var isAnchored: Bool {
    indentations.keys.contains { index in
      switch pieces[index] {
      case .sequence(let strip): strip.left
      case .text(let text):
        if index + 1 < pieces.count, case .sequence(let strip) = pieces[index + 1], strip.left {
          text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
        } else {
          false
        }
      }
    }
  }

  /// A marker that is no line of the text, if possible the given one.
  func marker(like wish: String) -> String {
    // Bytes, as texts of other scalars may be equal.
    var words: Set<[UInt8]> = []
    var beginsLine = true
    for piece in pieces {
      guard case .text(let text) = piece else {
        beginsLine = false
        continue
      }
      let endsLine = text.utf8.last == 0x0A
      defer { beginsLine = endsLine }
      guard beginsLine, endsLine else { continue }
      words.insert(Array(String(Substring(text).unicodeScalars.trimmedAtStart.trimmedAtEnd).utf8))
    }
    var marker = wish
    var number = 2
    while words.contains(Array(marker.utf8)) {
      marker = "\(wish)\(number)"
      number += 1
    }
    return marker
  }

  private mutating func append(_ parts: [TemplatePart]) {
    for part in parts {
      switch part {
      case .literal(let text):
        for line in HeredocLines.lines(text) { pieces.append(.text(String(line))) }
      case .interpolation(let value): pieces.append(.sequence(value.strip))
      case .ifDirective(let value):
        pieces.append(.sequence(value.ifStrip))
        append(value.then)
        if let otherwise = value.otherwise {
          pieces.append(.sequence(value.elseStrip))
          append(otherwise)
        }
        pieces.append(.sequence(value.endStrip))
      case .forDirective(let value):
        pieces.append(.sequence(value.forStrip))
        append(value.body)
        pieces.append(.sequence(value.endStrip))
      }
    }
  }

  /// Lines with their ends.
  static func lines(_ text: String) -> [Substring.UnicodeScalarView] {
    var lines: [Substring.UnicodeScalarView] = []
    let scalars = text.unicodeScalars
    var start = scalars.startIndex
    while start < scalars.endIndex {
      let newline = scalars[start...].firstIndex(of: "\n")
      let end = newline.map { scalars.index(after: $0) } ?? scalars.endIndex
      lines.append(scalars[start..<end])
      start = end
    }
    return lines
  }

  private mutating func measure() {
    var beginsLine = true
    for index in pieces.indices {
      guard case .text(let text) = pieces[index] else {
        if beginsLine { indentations[index] = 0 }
        beginsLine = false
        continue
      }
      // A line's end that `~` eats ends no line; blanks that it eats are no indentation.
      var scalars = Substring(text).unicodeScalars
      if index > 0, case .sequence(let strip) = pieces[index - 1], strip.right {
        scalars = scalars.trimmedAtStart
      }
      if index + 1 < pieces.count, case .sequence(let strip) = pieces[index + 1], strip.left {
        scalars = scalars.trimmedAtEnd
      }
      if beginsLine {
        let rest = scalars.trimmedAtStart
        if !(rest.isEmpty && scalars.last == "\n") {
          indentations[index] = scalars.count - rest.count
        }
        beginsLine = false
      }
      if scalars.last == "\n" { beginsLine = true }
    }
  }

  /// The parts without the common indentation.
  func withoutIndentation() -> [TemplatePart] {
    guard let common, common > 0 else { return parts }
    var index = 0
    return removing(common, from: parts, at: &index)
  }

  private func removing(
    _ count: Int, from parts: [TemplatePart], at index: inout Int
  ) -> [TemplatePart] {
    var result: [TemplatePart] = []
    for part in parts {
      switch part {
      case .literal(let text):
        var scalars = String.UnicodeScalarView()
        for line in HeredocLines.lines(text) {
          let counts = indentations[index] != nil
          scalars.append(contentsOf: counts ? line.dropFirst(count) : line)
          index += 1
        }
        if !scalars.isEmpty { result.append(.literal(String(scalars))) }
      case .interpolation:
        index += 1
        result.append(part)
      case .ifDirective(var value):
        index += 1
        value.then = removing(count, from: value.then, at: &index)
        if let otherwise = value.otherwise {
          index += 1
          value.otherwise = removing(count, from: otherwise, at: &index)
        }
        index += 1
        result.append(.ifDirective(value))
      case .forDirective(var value):
        index += 1
        value.body = removing(count, from: value.body, at: &index)
        index += 1
        result.append(.forDirective(value))
      }
    }
    return result
  }
}

extension Substring.UnicodeScalarView {
  fileprivate var trimmedAtStart: Self { drop { $0.properties.isWhitespace } }

  fileprivate var trimmedAtEnd: Self {
    guard let last = lastIndex(where: { !$0.properties.isWhitespace }) else {
      return self[..<startIndex]
    }
    return self[...last]
  }
}
