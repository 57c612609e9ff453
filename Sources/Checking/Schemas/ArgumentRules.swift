import JSON

/// What a provider says of an argument beyond its type.
final class ArgumentRules: Sendable {
  /// The allowed values; empty where all are.
  let oneOf: [String]
  let ignoresCase: Bool
  let range: ClosedRange<Double>?
  /// In bytes.
  let length: ClosedRange<Int>?
  let conflicts: [String]
  let exactlyOneOf: [String]
  let requiredWith: [String]
  /// Of the elements of a list.
  let element: ArgumentRules?
  /// Of the arguments of a block.
  let inner: [String: ArgumentRules]

  /// Reads the form of constraint files that begins at a place, and says what is behind it.
  static func read(
    _ json: JSONOutline, from start: Int, depth: Int = 0
  ) -> (rules: ArgumentRules, end: Int) {
    var draft = Draft()
    // Constraints nest as deep as schemas, which is a few times.
    guard depth < 64 else { return (ArgumentRules(draft), json.end(ofValueAt: start)) }
    let end = json.walk(from: start) { key, value in
      switch key {
      case "elem":
        let (element, end) = read(json, from: value, depth: depth + 1)
        draft.element = element
        return end
      case "block", "attributes":
        let (inner, end) = readAll(json, from: value, depth: depth + 1)
        draft.inner.merge(inner) { first, _ in first }
        return end
      default: draft.take(key, json, value)
      }
      return nil
    }
    return (ArgumentRules(draft), end)
  }

  /// Reads the rules of all arguments of a block.
  static func readAll(
    _ json: JSONOutline, from start: Int, depth: Int = 0
  ) -> (rules: [String: ArgumentRules], end: Int) {
    var result: [String: ArgumentRules] = [:]
    let end = json.walk(from: start) { name, value in
      let (rules, end) = read(json, from: value, depth: depth)
      if result[name] == nil { result[name] = rules }
      return end
    }
    return (result, end)
  }

  private init(_ draft: Draft) {
    oneOf = draft.oneOf
    ignoresCase = draft.ignoresCase
    range = draft.range
    length = draft.length
    conflicts = draft.conflicts
    exactlyOneOf = draft.exactlyOneOf
    requiredWith = draft.requiredWith
    element = draft.element
    inner = draft.inner
  }

  /// Whether it says which arguments go together.
  var concernsOthers: Bool {
    !(conflicts.isEmpty && exactlyOneOf.isEmpty && requiredWith.isEmpty)
  }

  /// Whether it says nothing about the argument itself.
  var isSilent: Bool {
    oneOf.isEmpty && range == nil && length == nil && conflicts.isEmpty && exactlyOneOf.isEmpty
      && requiredWith.isEmpty && (element?.isSilent ?? true)
  }
}

/// Rules while they are read.
private struct Draft {
  var oneOf: [String] = []
  var ignoresCase = false
  var range: ClosedRange<Double>?
  var length: ClosedRange<Int>?
  var conflicts: [String] = []
  var exactlyOneOf: [String] = []
  var requiredWith: [String] = []
  var element: ArgumentRules?
  var inner: [String: ArgumentRules] = [:]

  mutating func take(_ key: String, _ json: JSONOutline, _ value: Int) {
    switch key {
    case "one_of": oneOf = Self.choices(json.text(at: value) ?? "")
    case "state_func": ignoresCase = true
    case "range":
      let bounds = Self.numbers(json, value)
      if bounds.count == 2, bounds[0] <= bounds[1] { range = bounds[0]...bounds[1] }
    case "at_least":
      if range == nil, let least = Self.numbers(json, value).first {
        range = least...Double.greatestFiniteMagnitude
      }
    case "length":
      let sizes = Self.numbers(json, value)
      if sizes.count == 2, sizes[0] <= sizes[1] {
        length = Int(sizes[0])...Int(min(sizes[1], 1e15))
      }
    case "conflicts_with": conflicts = json.texts(at: value)
    case "exactly_one_of": exactlyOneOf = json.texts(at: value)
    case "required_with": requiredWith = json.texts(at: value)
    default: break
    }
  }

  /// `[a b c]`, or `["a" "b"]` where values hold blanks.
  private static func choices(_ text: String) -> [String] {
    text.utf8.contains(UInt8(ascii: "\""))
      ? text.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      : text.dropFirst().dropLast().split(separator: " ").map(String.init)
  }

  /// The numbers of `3 - 100`.
  private static func numbers(_ json: JSONOutline, _ value: Int) -> [Double] {
    (json.text(at: value) ?? "").split(separator: " ").compactMap { Double($0) }
  }
}
