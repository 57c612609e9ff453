import ProviderModel

extension FunctionImplementation {
  /// Functions over regular expressions: what they give is known by its type alone.
  static let patterns: [String: FunctionImplementation] = [
    "regex": .init(
      type: { arguments throws(FunctionFailure) in try resultType(arguments) },
      value: { arguments throws(FunctionFailure) in
        if matches(arguments) == false {
          throw FunctionFailure("the pattern matches nothing in the text", at: 0)
        }
        return nil
      }),
    "regexall": .init(
      type: { arguments throws(FunctionFailure) in .list(try resultType(arguments)) },
      value: { arguments throws(FunctionFailure) in
        guard case .list(let type) = arguments.type, matches(arguments) == false else { return nil }
        return .list([], of: type)
      }),
  ]

  private static func resultType(
    _ arguments: FunctionArguments
  ) throws(FunctionFailure) -> ValueType {
    guard arguments[0].isKnown else { return .dynamic }
    let shape = PatternShape(arguments.text(0))
    if let problem = shape.problem { throw FunctionFailure(problem, at: 0) }
    return shape.type
  }

  /// Whether a pattern occurs in a text; nil where that isn't worked out.
  private static func matches(_ arguments: FunctionArguments) -> Bool? {
    let (pattern, text) = (arguments.text(0), arguments.text(1))
    // Letters beyond ASCII aren't the same everywhere; and a search must not take long.
    guard (pattern + text).utf8.allSatisfy({ $0 < 128 }), text.utf8.count <= 200,
      PatternShape(pattern).isQuick
    else { return nil }
    return Pattern(pattern)?.matches(text)
  }
}

/// What a regular expression captures.
struct PatternShape {
  /// The names of the groups, empty for those without one.
  private(set) var groups: [String] = []
  /// What is wrong with the pattern, as far as it is looked at.
  private(set) var problem: String?

  /// Whether a search takes no longer than the text and a small power of its length.
  private(set) var isQuick = true
  private var repetitions = 0

  /// The type of a match: a text, a tuple of groups or an object of named ones.
  var type: ValueType {
    if groups.isEmpty { return .string }
    if groups[0].isEmpty { return .tuple(groups.map { _ in .string }) }
    return .object(Dictionary(groups.map { ($0, .string) }) { $1 })
  }

  /// Reads brackets and groups; all else isn't looked at.
  init(_ pattern: String) {
    var rest = Array(pattern.unicodeScalars)[...]
    var depth = 0
    while let next = rest.popFirst() {
      switch next {
      case "\\":
        if rest.popFirst() == nil { problem = "the pattern ends with a lone \\" }
        if pattern.contains("\\Q") { return }
      case "[": skipClass(&rest)
      case "(":
        depth += 1
        open(&rest)
      case ")":
        depth -= 1
        if let next = rest.first, "*+{".unicodeScalars.contains(next) { isQuick = false }
        if depth < 0 { problem = "the pattern has a ) without its (" }
      case "*", "+", "{":
        repetitions += 1
        if repetitions > 3 { isQuick = false }
      default: break
      }
      if problem != nil { return }
    }
    if depth > 0 { problem = "the pattern has a ( without its )" }
    let named = groups.filter { !$0.isEmpty }.count
    if problem == nil, named > 0, named < groups.count {
      problem = "the pattern has both named and unnamed groups"
    }
  }

  private mutating func open(_ rest: inout ArraySlice<Unicode.Scalar>) {
    guard rest.first == "?" else {
      groups.append("")
      return
    }
    let prefix = rest.starts(with: "?P<".unicodeScalars) ? 3 : 2
    guard prefix == 3 || rest.starts(with: "?<".unicodeScalars) else { return }
    let name = rest.dropFirst(prefix).prefix { $0 != ">" }
    groups.append(String(String.UnicodeScalarView(name)))
    rest = rest.dropFirst(prefix + name.count)
  }

  private mutating func skipClass(_ rest: inout ArraySlice<Unicode.Scalar>) {
    if rest.first == "^" { rest.removeFirst() }
    var isFirst = true
    while let next = rest.popFirst() {
      if next == "]", !isFirst { return }
      isFirst = false
      if next == "\\" { _ = rest.popFirst() }
      if next == "[", rest.first == ":" {
        while let inner = rest.popFirst(), inner != "]" { continue }
      }
    }
    problem = "the pattern has a [ without its ]"
  }
}
