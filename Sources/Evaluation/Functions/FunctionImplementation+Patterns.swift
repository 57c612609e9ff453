extension FunctionImplementation {
  /// Functions over regular expressions: what they give is known by its type alone.
  static let patterns: [String: FunctionImplementation] = [
    "regex": .init(type: { arguments throws(FunctionFailure) in try resultType(arguments) }),
    "regexall": .init(type: { arguments throws(FunctionFailure) in
      .list(try resultType(arguments))
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
}

/// What a regular expression captures.
struct PatternShape {
  /// The names of the groups, empty for those without one.
  private(set) var groups: [String] = []
  /// What is wrong with the pattern, as far as it is looked at.
  private(set) var problem: String?

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
        if depth < 0 { problem = "the pattern has a ) without its (" }
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
