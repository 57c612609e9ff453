/// The candidate that a word was probably meant to be; nil if none is near.
///
/// Near is a third of the longer word's letters and at least one, counted as letters added, left
/// out, replaced or swapped with their neighbour. Case, `-` and `_` don't count. Among equals the
/// first wins.
public func nearestMatch(_ word: String, in candidates: some Sequence<String>) -> String? {
  let letters = ComparedLetters(word)
  guard letters.count <= 100 else { return nil }
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    // Nothing is nearer than what is the same but for case and dashes.
    if best?.distance == 0 { break }
    let other = ComparedLetters(candidate)
    let longer = max(letters.count, other.count)
    let limit = min(longer < 2 ? 0 : max(1, longer / 3), (best?.distance ?? .max) - 1)
    guard abs(letters.count - other.count) <= limit, other.count > 0 else { continue }
    if let distance = letters.distance(to: other, limit: limit) { best = (candidate, distance) }
  }
  return best?.candidate
}

/// The letters of a word without what doesn't count.
private enum ComparedLetters {
  /// Of a word in ASCII, as nearly all are.
  case bytes([UInt8])
  case characters([Character])

  init(_ word: String) {
    // A carriage return and a line feed are one letter.
    if word.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) {
      self = .bytes(
        word.utf8.lazy.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
          .map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 })
    } else {
      self = .characters(word.lowercased().filter { $0 != "-" && $0 != "_" }.map(\.self))
    }
  }

  var count: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .characters(let characters): characters.count
    }
  }

  private var characters: [Character] {
    switch self {
    case .bytes(let bytes): bytes.map { Character(Unicode.Scalar($0)) }
    case .characters(let characters): characters
    }
  }

  func distance(to other: ComparedLetters, limit: Int) -> Int? {
    if case .bytes(let left) = self, case .bytes(let right) = other {
      return editDistance(left, right, limit: limit)
    }
    return editDistance(characters, other.characters, limit: limit)
  }
}

/// How many letters are added, left out, replaced or swapped with their neighbour; nil where they
/// are more than a limit.
private func editDistance<Letter: Equatable>(
  _ left: [Letter], _ right: [Letter], limit: Int
) -> Int? {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  var leastBefore = 0
  for (row, letter) in left.enumerated() {
    var current = [row + 1]
    current.reserveCapacity(right.count + 1)
    var least = row + 1
    for (column, other) in right.enumerated() {
      let replaced = last[column] + (letter == other ? 0 : 1)
      var distance = min(last[column + 1] + 1, current[column] + 1, replaced)
      if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
        distance = min(distance, beforeLast[column - 1] + 1)
      }
      least = min(least, distance)
      current.append(distance)
    }
    // What follows goes by the last two rows and is no less than either.
    if least > limit, leastBefore > limit { return nil }
    leastBefore = least
    (beforeLast, last) = (last, current)
  }
  return last[right.count] <= limit ? last[right.count] : nil
}
