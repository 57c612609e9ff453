/// The part of a source line around a place, and what underlines the place.
struct Snippet {
  /// Columns that are shown of a line.
  private static let width = 110
  /// Columns that are shown before the place, at most, where the line is cut.
  private static let lead = 40

  /// Line and column.
  let position: SourcePosition
  /// File, line and column, with colons between.
  let place: String
  /// The line, or the part of it around the place.
  let text: String
  /// As wide as what stands before the place; tabs stay tabs.
  let indentation: String
  /// Carets, as wide as the place.
  let underline: String

  /// The columns that the line's number takes.
  var gutterWidth: Int { String(position.line).count }

  init(_ location: SourceLocation) {
    let file = location.file
    position = file.position(at: location.range.start)
    place = "\(visible(file.name)):\(position.line):\(position.column)"

    // Only bytes near the place are looked at, since a line may be the whole file.
    let bytes = file.bytes
    let start = min(max(0, location.range.start), bytes.count)
    let end = min(max(start, location.range.end), bytes.count)
    var lower = start
    while lower > 0, bytes[lower - 1] != 0x0A, start - lower < 4 * Self.width { lower -= 1 }
    while lower < start, bytes[lower] & 0xC0 == 0x80 { lower += 1 }
    var upper = start
    while upper < bytes.count, bytes[upper] != 0x0A, upper - start < 4 * Self.width { upper += 1 }
    while upper < bytes.count, bytes[upper] & 0xC0 == 0x80 { upper += 1 }
    let isWholeStart = lower == 0 || bytes[lower - 1] == 0x0A
    let isWholeEnd = upper == bytes.count || bytes[upper] == 0x0A
    if isWholeEnd, upper > start, bytes[upper - 1] == 0x0D { upper -= 1 }

    let before = Self.characters(file, lower, start)
    let inside = Self.characters(file, start, min(end, upper))
    let after = Self.characters(file, max(start, min(end, upper)), upper)
    let total = columns(before) + columns(inside) + columns(after)
    let cutsStart = !isWholeStart || (total > Self.width && columns(before) > Self.lead)
    let shownBefore = cutsStart ? Self.suffix(before, Self.lead) : before
    let room = max(20, Self.width - columns(shownBefore))
    let shownInside = Self.prefix(inside, room)
    let shownAfter = Self.prefix(after, max(0, room - columns(shownInside)))
    let cutsEnd = !isWholeEnd || shownInside.count + shownAfter.count < inside.count + after.count

    text = (cutsStart ? "…" : "") + shownBefore + shownInside + shownAfter + (cutsEnd ? "…" : "")
    indentation =
      (cutsStart ? " " : "")
      + shownBefore.map { $0 == "\t" ? "\t" : String(repeating: " ", count: columns($0)) }.joined()
    underline = String(repeating: "^", count: max(1, columns(shownInside)))
  }

  private static func characters(_ file: SourceFile, _ start: Int, _ end: Int) -> String {
    visible(file.text(SourceRange(start, max(start, end))), keepingTabs: true)
  }

  /// As many characters from the front as fit.
  private static func prefix(_ text: String, _ room: Int) -> String {
    var used = 0
    return String(
      text.prefix {
        used += columns($0)
        return used <= room
      })
  }

  /// As many characters from the back as fit.
  private static func suffix(_ text: String, _ room: Int) -> String {
    String(prefix(String(text.reversed()), room).reversed())
  }
}

/// A text in which nothing moves the cursor or turns the direction of writing.
func visible(_ text: String, keepingTabs: Bool = false) -> String {
  var scalars = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x09 where keepingTabs: scalars.append(scalar)
    case 0x0A, 0x0D, 0x09: scalars.append(" ")
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029:
      scalars.append("\u{FFFD}")
    default: scalars.append(scalar)
    }
  }
  return String(scalars)
}

/// The columns that a text takes on a terminal.
func columns(_ text: String) -> Int { text.reduce(0) { $0 + columns($1) } }

/// The columns that a character takes on a terminal: two for East Asian wide ones and emoji.
func columns(_ character: Character) -> Int {
  guard let first = character.unicodeScalars.first else { return 0 }
  switch first.value {
  case 0x300..<0x370, 0x200B...0x200D, 0xFE00...0xFE0F: return 0
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
    0x1F900...0x1F9FF, 0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}
