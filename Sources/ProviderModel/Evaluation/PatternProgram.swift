/// A regular expression of the plain kind: letters, classes, groups, alternatives, repetitions and
/// ends, which is what specs are made of.
///
/// It tells whether a pattern occurs in a text in a time that grows with the text alone, and needs no
/// time to speak of to be made, unlike the full language of Swift's `Regex`.
struct PatternProgram {
  /// A step of a search.
  enum Step {
    /// Takes one letter.
    case letter(LetterSet)
    /// Goes on in either place.
    case either(Int, Int)
    /// Goes on elsewhere.
    case jump(Int)
    /// Holds at the start, and at the end, of the text.
    case start, end
    /// The pattern was found.
    case found
  }

  private var steps: [Step] = []

  /// The most steps that a pattern may take: repetitions are written out.
  private static let limit = 4000

  /// Reads a pattern; nil for one that is malformed or not of the plain kind.
  init?(_ source: String) {
    guard source.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    var reader = PatternReader(bytes: Array(source.utf8))
    guard let node = reader.read(), add(node) else { return nil }
    steps.append(.found)
  }

  private mutating func add(_ node: PatternNode) -> Bool {
    guard steps.count < Self.limit else { return false }
    switch node {
    case .letter(let set): steps.append(.letter(set))
    case .start: steps.append(.start)
    case .end: steps.append(.end)
    case .sequence(let nodes):
      for node in nodes where !add(node) { return false }
    case .alternatives(let nodes): return add(alternatives: nodes[...])
    case .repeated(let inner, let least, let most): return add(inner, least, most)
    }
    return true
  }

  private mutating func add(alternatives nodes: ArraySlice<PatternNode>) -> Bool {
    guard let first = nodes.first else { return true }
    guard nodes.count > 1 else { return add(first) }
    let fork = steps.count
    steps.append(.found)
    guard add(first) else { return false }
    let jump = steps.count
    steps.append(.found)
    steps[fork] = .either(fork + 1, steps.count)
    guard add(alternatives: nodes.dropFirst()) else { return false }
    steps[jump] = .jump(steps.count)
    return true
  }

  private mutating func add(_ inner: PatternNode, _ least: Int, _ most: Int?) -> Bool {
    for _ in 0..<least where !add(inner) { return false }
    guard let most else {
      let fork = steps.count
      steps.append(.found)
      guard add(inner) else { return false }
      steps.append(.jump(fork))
      steps[fork] = .either(fork + 1, steps.count)
      return true
    }
    var forks: [Int] = []
    for _ in least..<most {
      forks.append(steps.count)
      steps.append(.found)
      guard add(inner) else { return false }
    }
    for fork in forks { steps[fork] = .either(fork + 1, steps.count) }
    return true
  }

  // MARK: - Searching

  /// Whether the pattern occurs in a text.
  func matches(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    var search = Search(count: steps.count)
    var index = scalars.startIndex
    while true {
      let isEnd = index == scalars.endIndex
      // A match may begin anywhere.
      if follow(0, &search, isStart: index == scalars.startIndex, isEnd: isEnd) { return true }
      guard !isEnd, search.isGoing || !beginsAtStart else { return false }
      let scalar = scalars[index]
      scalars.formIndex(after: &index)
      if advance(over: scalar, &search, isEnd: index == scalars.endIndex) { return true }
    }
  }

  /// Whether nothing can be found behind the start.
  private var beginsAtStart: Bool { if case .start = steps[0] { true } else { false } }

  /// The steps at which letters are awaited.
  private struct Search {
    var waiting: [Int] = []
    var pending: [Int] = []
    private var seen: [Int]
    private var round = 1

    init(count: Int) { seen = Array(repeating: 0, count: count) }

    var isGoing: Bool { !waiting.isEmpty }

    mutating func visit(_ step: Int) -> Bool {
      if seen[step] == round { return false }
      seen[step] = round
      return true
    }

    mutating func begin() { round += 1 }
  }

  private func advance(over scalar: Unicode.Scalar, _ search: inout Search, isEnd: Bool) -> Bool {
    let waiting = search.waiting
    search.waiting.removeAll(keepingCapacity: true)
    search.begin()
    for step in waiting {
      guard case .letter(let set) = steps[step], set.contains(scalar) else { continue }
      if follow(step + 1, &search, isStart: false, isEnd: isEnd) { return true }
    }
    return false
  }

  /// Follows all that takes no letter; whether that leads to the pattern's end.
  private func follow(_ step: Int, _ search: inout Search, isStart: Bool, isEnd: Bool) -> Bool {
    search.pending.append(step)
    while let step = search.pending.popLast() {
      guard search.visit(step) else { continue }
      switch steps[step] {
      case .letter: search.waiting.append(step)
      case .either(let one, let other):
        search.pending.append(other)
        search.pending.append(one)
      case .jump(let target): search.pending.append(target)
      case .start: if isStart { search.pending.append(step + 1) }
      case .end: if isEnd { search.pending.append(step + 1) }
      case .found: return true
      }
    }
    return false
  }
}

/// Some of ASCII's letters, and all others or none.
struct LetterSet {
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var hasOthers = false

  mutating func insert(_ bytes: ClosedRange<UInt8>) {
    for byte in bytes {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
    }
  }

  mutating func formUnion(_ other: LetterSet) {
    low |= other.low
    high |= other.high
    hasOthers = hasOthers || other.hasOthers
  }

  mutating func invert() {
    (low, high, hasOthers) = (~low, ~high, !hasOthers)
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<64: low >> UInt64(scalar.value) & 1 == 1
    case ..<128: high >> UInt64(scalar.value - 64) & 1 == 1
    default: hasOthers
    }
  }
}
