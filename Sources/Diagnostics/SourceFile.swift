private import Synchronization

/// A text with a name, from which everything that is read comes.
///
/// Lines end with `\n` (a `\r` before it belongs to the line's end).
public final class SourceFile: Sendable {
  /// What messages call the file, usually its path relative to the project.
  public let name: String
  /// The text, in UTF-8 unless the file is damaged.
  public let bytes: [UInt8]
  /// The byte offset at which each line starts, first line first; nil until a place is asked for.
  private let knownLineStarts = Mutex<[Int]?>(nil)
  /// The place that was asked for last, so that the next one on a long line is counted from there.
  private let lastPlace = Mutex<(start: Int, offset: Int, characters: Int)?>(nil)

  /// Makes a source of bytes as they stand on disk.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// A byte order mark at the start belongs to no line.
  private var byteOrderMarkLength: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  private var lineStarts: [Int] {
    if let known = knownLineStarts.withLock({ $0 }) { return known }
    var starts = [0]
    let bytes = bytes
    let span = bytes.span
    for offset in span.indices where span[offset] == 0x0A { starts.append(offset + 1) }
    knownLineStarts.withLock { $0 = starts }
    return starts
  }

  /// Makes a source of a text.
  public convenience init(name: String, text: String) {
    self.init(name: name, bytes: Array(text.utf8))
  }

  /// The text between two byte offsets; bytes that aren't UTF-8 come out as U+FFFD.
  public func text(_ range: SourceRange) -> String {
    let lower = min(max(0, range.start), bytes.count)
    let upper = min(max(lower, range.end), bytes.count)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }

  /// The position of a byte offset: line and column from 1, the column in characters.
  public func position(at offset: Int) -> SourcePosition {
    let offset = min(max(0, offset), bytes.count)
    let lineStarts = lineStarts
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let start = low == 0 ? min(offset, byteOrderMarkLength) : lineStarts[low]
    return SourcePosition(line: low + 1, column: characters(from: start, to: offset) + 1)
  }

  /// How many characters stand between the start of a line and a place on it.
  private func characters(from start: Int, to offset: Int) -> Int {
    let last = lastPlace.withLock { $0 }
    var (place, count) = (start, 0)
    if let last, last.start == start, last.offset <= offset {
      (place, count) = (last.offset, last.characters)
    }
    count += String(decoding: bytes[place..<offset], as: UTF8.self).count
    if isBoundary(offset) { lastPlace.withLock { $0 = (start, offset, count) } }
    return count
  }

  /// Whether one character surely ends before a place, and another begins there: both are ASCII.
  private func isBoundary(_ offset: Int) -> Bool {
    guard offset > 0, offset < bytes.count else { return false }
    return bytes[offset - 1] < 0x80 && bytes[offset] < 0x80 && bytes[offset] != 0x0A
  }

  /// A line's text without its end, `line` counted from 1; nil behind the last.
  public func line(_ line: Int) -> String? {
    let lineStarts = lineStarts
    guard line >= 1, line <= lineStarts.count else { return nil }
    let start = line == 1 ? byteOrderMarkLength : lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] - 1 : bytes.count
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }
}

/// A place that a person can find: line and column, both from 1, the column in characters.
public struct SourcePosition: Hashable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in grapheme clusters.
  public var column: Int

  /// Makes a position.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// A half-open range of byte offsets in one source file.
public struct SourceRange: Hashable, Sendable {
  /// The first byte.
  public var start: Int
  /// Behind the last byte.
  public var end: Int

  /// Makes a range of two offsets.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// The smallest range that holds both.
  public func joined(with other: SourceRange) -> SourceRange {
    SourceRange(min(start, other.start), max(end, other.end))
  }
}

/// A range together with the file that it lies in.
public struct SourceLocation: Sendable {
  /// The file.
  public var file: SourceFile
  /// The range in it.
  public var range: SourceRange

  /// Makes a location.
  public init(_ file: SourceFile, _ range: SourceRange) {
    self.file = file
    self.range = range
  }
}
