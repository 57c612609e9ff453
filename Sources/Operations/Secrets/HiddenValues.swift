import Diagnostics
import Generation
import JSON
import Platform

/// Values that no message may hold, whoever wrote it: providers quote tokens in their errors.
struct HiddenValues: Sendable {
  /// Shorter ones would hide words that are in every message.
  private static let shortest = 8
  /// Words of longer values are hidden from this length on.
  private static let shortestWord = 16
  /// What stands in the place of a value.
  private static let mark = "(secret)"

  /// The longest first, so that none leaves a part of another one.
  private var texts: [String] = []

  /// Hides more.
  mutating func insert(_ values: [String]) {
    var all = Set(texts)
    for value in values {
      // In one piece, as a string of JSON or HCL, line by line, and by the words between which the
      // engine breaks lines.
      let quoted = JSONPrinter.printCompact(.string(value)).dropFirst().dropLast()
      let forms = [value, String(quoted)] + value.split(separator: "\n").map(String.init)
      let words = value.split(whereSeparator: \.isWhitespace).map(String.init)
      all.formUnion(forms.filter { $0.utf8.count >= Self.shortest })
      all.formUnion(words.filter { $0.utf8.count >= Self.shortestWord })
    }
    texts = all.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
  }

  /// A text without them.
  func hide(_ text: String) -> String {
    var result = text
    for hidden in texts where result.utf8.count >= hidden.utf8.count && result.contains(hidden) {
      result = result.split(separator: hidden, omittingEmptySubsequences: false)
        .joined(separator: Self.mark)
    }
    return result
  }

  /// A message without them.
  func hide(_ message: EngineMessage) -> EngineMessage {
    switch message {
    case .progress(let text): return .progress(hide(text))
    case .step(var step):
      step.text = hide(step.text)
      return .step(step)
    case .finding(var finding):
      finding.summary = hide(finding.summary)
      finding.detail = finding.detail.map(hide)
      finding.help = finding.help.map(hide)
      return .finding(finding)
    }
  }
}

extension RunNeeds {
  /// The credentials that this process was given for a tree.
  func credentialValues(in environment: Environment) -> [String] {
    let all = credentials + state.ways.joined()
    // Of what the engine looks for by itself most are names of hosts, users and files.
    let words = ["PASSWORD", "SECRET", "TOKEN", "KEY"]
    let ambient = state.ambientVariables.filter { name in
      words.contains(where: name.contains) && !name.hasSuffix("FILE")
    }
    return (all.flatMap(\.names) + ambient).compactMap(environment.text)
  }
}

extension PreparedRun {
  /// What no message may hold.
  var hidden: HiddenValues { variables.hidden }

  /// Whoever is told, without the values that no message may hold.
  func hiding(
    _ tell: @escaping @Sendable (EngineMessage) -> Void
  ) -> @Sendable (EngineMessage) -> Void {
    let hidden = hidden
    return { tell(hidden.hide($0)) }
  }
}
