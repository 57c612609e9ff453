/// How a text differs from another, line by line (Myers's algorithm).
public struct LineDifference: Hashable, Sendable {
  /// What becomes of a line.
  public enum Kind: Sendable {
    /// It is in both texts.
    case common
    /// It is in the old text only.
    case removed
    /// It is in the new text only.
    case added
  }

  /// One line of either text, with its `\n` if it has one.
  public struct Line: Hashable, Sendable {
    /// What becomes of it.
    public var kind: Kind
    /// Its bytes.
    public var bytes: [UInt8]
  }

  /// Differing lines up to which the shortest way is looked for.
  ///
  /// Beyond it everything between the common beginning and the common end counts as replaced, so
  /// that texts without anything in common cost no more than a few milliseconds.
  public static let effortLimit = 600

  /// The lines of both texts in order; of a change the removed lines come first.
  public private(set) var lines: [Line] = []

  /// Compares two texts.
  public init(from old: [UInt8], to new: [UInt8]) {
    let (left, right) = (Self.split(old), Self.split(new))
    var start = 0
    while start < min(left.count, right.count), left[start] == right[start] { start += 1 }
    var end = 0
    while end < min(left.count, right.count) - start,
      left[left.count - 1 - end] == right[right.count - 1 - end]
    { end += 1 }
    lines = left[..<start].map { Line(kind: .common, bytes: Array($0)) }
    let (before, after) = (left[start..<(left.count - end)], right[start..<(right.count - end)])
    lines += ordered(Self.compare(Array(before), Array(after)))
    lines += left[(left.count - end)...].map { Line(kind: .common, bytes: Array($0)) }
  }

  /// Whether both texts are the same.
  public var isEmpty: Bool { lines.allSatisfy { $0.kind == .common } }

  private static func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var found: [ArraySlice<UInt8>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      found.append(bytes[start...index])
      start = index + 1
    }
    if start < bytes.count { found.append(bytes[start...]) }
    return found
  }

  /// Puts the removed lines of each change before its added ones.
  private func ordered(_ lines: [Line]) -> [Line] {
    var result: [Line] = []
    var added: [Line] = []
    for line in lines {
      if line.kind == .added {
        added.append(line)
        continue
      }
      if line.kind == .common {
        result += added
        added = []
      }
      result.append(line)
    }
    return result + added
  }

  private static func compare(
    _ left: [ArraySlice<UInt8>], _ right: [ArraySlice<UInt8>]
  ) -> [Line] {
    guard let rounds = search(left, right) else {
      return left.map { Line(kind: .removed, bytes: Array($0)) }
        + right.map { Line(kind: .added, bytes: Array($0)) }
    }
    // Back from the ends of both texts, one difference a round.
    var lines: [Line] = []
    var (x, y) = (left.count, right.count)
    for (depth, reached) in rounds.enumerated().reversed() {
      let diagonal = x - y
      let isDown = Self.comesFromAbove(diagonal, depth, reached)
      let previous = isDown ? diagonal + 1 : diagonal - 1
      let previousX = depth == 0 ? 0 : reached[previous + depth]
      let previousY = depth == 0 ? 0 : previousX - previous
      while x > previousX, y > previousY, left[x - 1] == right[y - 1] {
        lines.append(Line(kind: .common, bytes: Array(left[x - 1])))
        (x, y) = (x - 1, y - 1)
      }
      guard depth > 0 else { break }
      if isDown {
        lines.append(Line(kind: .added, bytes: Array(right[y - 1])))
      } else {
        lines.append(Line(kind: .removed, bytes: Array(left[x - 1])))
      }
      (x, y) = (previousX, previousY)
    }
    return lines.reversed()
  }

  /// Whether the way with `depth` differences on a diagonal goes over the one above it.
  ///
  /// `reached` holds what the round before it reached, diagonal `-depth` at index 0.
  private static func comesFromAbove(_ diagonal: Int, _ depth: Int, _ reached: [Int]) -> Bool {
    if diagonal == -depth { return true }
    if diagonal == depth { return false }
    return reached[diagonal - 1 + depth] < reached[diagonal + 1 + depth]
  }

  /// For each number of differences what the round before it reached; nil beyond the limit.
  private static func search(
    _ left: [ArraySlice<UInt8>], _ right: [ArraySlice<UInt8>]
  ) -> [[Int]]? {
    var rounds: [[Int]] = []
    var reached = [0]
    for depth in 0...min(left.count + right.count, effortLimit) {
      rounds.append(reached)
      var next = [Int](repeating: 0, count: 2 * depth + 3)
      for diagonal in stride(from: -depth, through: depth, by: 2) {
        var x = 0
        if depth > 0 {
          x =
            comesFromAbove(diagonal, depth, reached)
            ? reached[diagonal + 1 + depth] : reached[diagonal - 1 + depth] + 1
        }
        while x < left.count, x - diagonal < right.count, left[x] == right[x - diagonal] { x += 1 }
        next[diagonal + depth + 1] = x
        if x >= left.count, x - diagonal >= right.count { return rounds }
      }
      reached = next
    }
    return nil
  }
}
