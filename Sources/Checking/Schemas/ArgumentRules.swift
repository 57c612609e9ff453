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

  /// Reads the form of constraint files.
  init(_ node: JSONNode) {
    func texts(_ name: String) -> [String] {
      (node.member(name)?.elements ?? []).compactMap(\.text)
    }
    // `"[a b c]"`, or `["a" "b"]` where values hold blanks.
    let choices = node.member("one_of")?.text ?? ""
    oneOf =
      choices.contains("\"")
      ? choices.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      : choices.dropFirst().dropLast().split(separator: " ").map(String.init)
    ignoresCase = node.member("state_func") != nil
    let numbers = { (name: String) -> [Double] in
      (node.member(name)?.text ?? "").split(separator: " ").compactMap { Double($0) }
    }
    let bounds = numbers("range")
    if bounds.count == 2, bounds[0] <= bounds[1] {
      range = bounds[0]...bounds[1]
    } else if let least = numbers("at_least").first {
      range = least...Double.greatestFiniteMagnitude
    } else {
      range = nil
    }
    let sizes = numbers("length")
    length =
      sizes.count == 2 && sizes[0] <= sizes[1]
      ? Int(sizes[0])...Int(min(sizes[1], 1e15)) : nil
    conflicts = texts("conflicts_with")
    exactlyOneOf = texts("exactly_one_of")
    requiredWith = texts("required_with")
    element = node.member("elem").map(ArgumentRules.init)
    let members = node.member("block")?.members ?? node.member("attributes")?.members ?? []
    inner = Dictionary(members.map { ($0.key, ArgumentRules($0.value)) }) { first, _ in first }
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
