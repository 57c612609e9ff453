import Diagnostics
import JSON
import ProviderModel

/// Something that may be meant by an item of which there are several.
public struct LookupCandidate: Hashable, Sendable {
  /// What the provider calls it.
  public var id: String
  /// What tells it from the others: `region`, `fra1`.
  public var facts: [String]
}

/// What is known of whether an item exists.
public enum Existence: Hashable, Sendable {
  /// There is none.
  case absent
  /// There is one: its id, and the one that it is imported by where that is known.
  case found(id: String, importID: String?)
  /// There are several, which the provider may not list.
  case ambiguous([LookupCandidate], words: String)
  /// It couldn't be found out, for a reason in the provider's words.
  case unknown(words: String)
  /// The state has it, at an address.
  case managed(address: String)
  /// Nothing finds it out.
  case undetectable(ItemLookup.Obstacle)
}

/// What the engine says of a check of a probe.
public struct LookupAnswer: Sendable {
  /// How a check ended.
  public enum Status: String, Sendable {
    /// Its condition holds.
    case pass
    /// It doesn't, or its data source failed.
    case fail
    /// Its condition couldn't be evaluated.
    case error
    /// The engine didn't come to it.
    case unknown
  }

  /// How it ended.
  public var status: Status
  /// What was said.
  public var messages: [String]

  /// Makes an answer.
  public init(_ status: Status, messages: [String] = []) {
    self.status = status
    self.messages = messages
  }

  /// The members of a message of a probe.
  static let found = "found"
  static let candidates = "candidates"

  /// The member of the message that the probe itself wrote.
  func member(_ key: String) -> JSONNode? {
    guard status == .fail else { return nil }
    for message in messages {
      var problems = Diagnostics()
      let file = SourceFile(name: "answer", bytes: Array(message.utf8))
      if let node = parseJSON(file, into: &problems), !problems.hasErrors,
        node.members?.count == 1, let value = node.member(key)
      {
        return value
      }
    }
    return nil
  }
}

extension ItemLookup {
  /// The addresses of the data sources that ask about it, by which the engine's findings are told.
  public var dataAddress: String? { question.map { "data.\($0.type).\(label)" } }

  /// The names of the checks that ask about it: the first asks whether there is one.
  public var checks: [String] {
    guard let question else { return [] }
    return [label] + (question.candidates == nil ? [] : [Self.candidatesLabel(label)])
  }

  /// The provider that is asked, as the engine names it at the end of its address.
  public var providerSource: String? { question?.provider.source }

  /// What follows from the engine's answers.
  ///
  /// What isn't absent or ambiguous by the provider's own wording is unknown, never absent.
  ///
  /// - Parameters:
  ///   - answers: The answers to its checks, by name.
  ///   - words: What was said of its data source, summary and detail, where the engine told more
  ///     than its answer holds.
  /// - Returns: Whether there is one.
  public func existence(_ answers: [String: LookupAnswer], words: String?) -> Existence {
    guard let question else { return .undetectable(obstacle ?? .noDataSource) }
    let listed = answers[Self.candidatesLabel(label)]?.member(LookupAnswer.candidates)
    let candidates = (listed?.elements ?? []).map { candidate($0, question) }
    guard let answer = answers[label] else {
      return .unknown(words: words ?? "it wasn't asked for")
    }
    if candidates.count > 1 {
      return .ambiguous(candidates, words: answer.messages.first ?? "")
    }
    switch answer.status {
    case .pass: return .absent
    case .error, .unknown: return .unknown(words: words ?? "the engine didn't come to it")
    case .fail:
      if let found = answer.member(LookupAnswer.found), let id = found.member("id")?.text {
        return .found(id: id, importID: found.member("import_id")?.text)
      }
      let said = words ?? answer.messages.joined(separator: "; ")
      if question.absent.contains(where: { Pattern($0)?.matches(said) ?? false }) { return .absent }
      if question.ambiguous.contains(where: { Pattern($0)?.matches(said) ?? false }) {
        return .ambiguous([], words: said)
      }
      return .unknown(words: said)
    }
  }

  private func candidate(_ node: JSONNode, _ question: LookupQuestion) -> LookupCandidate {
    let shown = question.candidates?.shown ?? []
    let facts = shown.dropFirst().compactMap { node.member($0)?.text }
    return LookupCandidate(id: shown.first.flatMap { node.member($0)?.text } ?? "", facts: facts)
  }
}
