/// The candidate that a word was probably meant to be; nil if none is near.
///
/// Near is a third of the longer word's letters and at least one, counted as letters added, left
/// out, replaced or swapped with their neighbour. Case, `-` and `_` don't count. Among equals the
/// first wins.
public func nearestMatch(_ word: String, in candidates: some Sequence<String>) -> String? {
  let letters = comparedLetters(word)
  guard letters.count <= 100 else { return nil }
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    let other = comparedLetters(candidate)
    let longer = max(letters.count, other.count)
    let limit = min(longer < 2 ? 0 : max(1, longer / 3), (best?.distance ?? .max) - 1)
    guard limit >= 0, abs(letters.count - other.count) <= limit, !other.isEmpty else { continue }
    let distance = editDistance(letters, other)
    if distance <= limit { best = (candidate, distance) }
  }
  return best?.candidate
}

/// The letters of a word without what doesn't count.
private func comparedLetters(_ word: String) -> [Character] {
  word.lowercased().filter { $0 != "-" && $0 != "_" }
}

/// How many letters are added, left out, replaced or swapped with their neighbour.
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for (row, letter) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      let replaced = last[column] + (letter == other ? 0 : 1)
      var distance = min(last[column + 1] + 1, current[column] + 1, replaced)
      if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
        distance = min(distance, beforeLast[column - 1] + 1)
      }
      current.append(distance)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count]
}
