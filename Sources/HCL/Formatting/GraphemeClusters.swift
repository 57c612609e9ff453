/// Counts what `terraform fmt` takes for one character.
///
/// It follows an older version of Unicode than the standard library (which also joins Indic
/// conjuncts), and it joins emoji behind a zero-width joiner more rarely.
enum GraphemeClusters {
  /// What decides whether scalars belong together.
  enum Class: UInt8 {
    case other
    /// What joins anything before it: combining marks, signs of vowels, modifiers.
    case joining
    case zeroWidthJoiner
    /// What always stands alone.
    case control
    case leadingConsonant
    case vowel
    case trailingConsonant
    case regionalIndicator
    /// What joins anything behind it.
    case prepended
    case pictograph
    /// Hangul syllables without and with a trailing consonant.
    case openSyllable
    case closedSyllable
    case carriageReturn
    case lineFeed

    /// Whether it joins nothing, a line's end of two scalars apart.
    var standsAlone: Bool { self == .control || self == .carriageReturn || self == .lineFeed }
  }

  /// The number of clusters in a text.
  static func count(in text: ArraySlice<UInt8>) -> Int {
    let classes = classes(of: text.span)
    var rest = classes[...]
    var count = 0
    while !rest.isEmpty {
      removeCluster(&rest)
      count += 1
    }
    return count
  }

  /// The classes of a text's scalars; what is built like one counts too, and each other byte.
  private static func classes(of text: Span<UInt8>) -> [Class] {
    var classes: [Class] = []
    var index = 0
    while index < text.count {
      let scalar = decodeScalar(text, at: index, end: text.count)
      classes.append(scalar.map { Class($0.0) } ?? .other)
      index += scalar?.1 ?? scalarLength(text, at: index, end: text.count) ?? 1
    }
    return classes
  }

  private static func removeCluster(_ rest: inout ArraySlice<Class>) {
    if rest.first == .prepended {
      rest = rest.drop { $0 == .prepended }
      if rest.first?.standsAlone ?? true { return }
    }
    let first = rest.first
    switch first {
    case .control, .lineFeed:
      rest.removeFirst()
      return
    case .carriageReturn:
      rest.removeFirst()
      if rest.first == .lineFeed { rest.removeFirst() }
      return
    case .regionalIndicator:
      rest.removeFirst()
      if rest.first == .regionalIndicator { rest.removeFirst() }
    case .leadingConsonant, .vowel, .trailingConsonant, .openSyllable, .closedSyllable:
      removeSyllable(&rest)
    default: rest.removeFirst()
    }
    let joinsPictographs = first != .other && first != .joining && first != .zeroWidthJoiner
    while let next = rest.first, next == .joining || next == .zeroWidthJoiner {
      rest.removeFirst()
      if joinsPictographs, next == .zeroWidthJoiner, rest.first == .pictograph {
        rest.removeFirst()
      }
    }
  }

  /// Takes a syllable of Hangul away; a trailing consonant joins an open syllable behind leading
  /// ones only where a vowel stands between.
  private static func removeSyllable(_ rest: inout ArraySlice<Class>) {
    let hasLead = rest.first == .leadingConsonant
    rest = rest.drop { $0 == .leadingConsonant }
    let isOpen = rest.first == .openSyllable
    let isClosed = rest.first == .closedSyllable
    if isOpen || isClosed { rest.removeFirst() }
    let vowels = isClosed ? rest.prefix(0) : rest.prefix { $0 == .vowel }
    rest = rest.dropFirst(vowels.count)
    let takesTrail = isClosed || !vowels.isEmpty || !hasLead
    if takesTrail { rest = rest.drop { $0 == .trailingConsonant } }
  }
}

extension GraphemeClusters.Class {
  /// The class of a scalar.
  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    switch value {
    case 0x20..<0x7F: self = .other
    case 0x0A: self = .lineFeed
    case 0x0D: self = .carriageReturn
    case 0xAC00...0xD7A3: self = (value - 0xAC00) % 28 == 0 ? .openSyllable : .closedSyllable
    default:
      var (low, high) = (0, Self.starts.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if Self.starts[middle] >> 4 <= value { low = middle } else { high = middle }
      }
      self = Self(rawValue: UInt8(Self.starts[low] & 0xF)) ?? .other
    }
  }
}
