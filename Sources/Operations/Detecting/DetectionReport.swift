public import AppManifest
public import Diagnostics
public import Generation

/// What was found out of an item.
public struct DetectedItem: Sendable {
  /// The item.
  public var item: ItemLookup
  /// Whether it exists.
  public var existence: Existence
  /// What app.json says of it from now on; nil where nothing was written.
  public var recorded: Item.Management?

  /// What stands between the item and what app.json says of it.
  public enum Conflict: String, Sendable {
    /// One exists, and app.json would make another.
    case wouldBeMadeAgain
    /// There are several, and nobody says which is meant.
    case isAmbiguous
    /// app.json uses it as it exists, or takes it over, and there is none.
    case isMissing
  }

  /// What has to be decided or mended before an apply; nil where nothing has.
  public var conflict: Conflict? {
    let decision = recorded ?? item.decision ?? .create
    return switch existence {
    case .found: decision == .create ? .wouldBeMadeAgain : nil
    case .ambiguous: .isAmbiguous
    case .absent: decision == .create ? nil : .isMissing
    case .unknown, .managed, .undetectable: nil
    }
  }

  /// Whether it is to be taken over, and the state doesn't have it yet.
  public var waitsForImport: Bool {
    if case .found = existence { (recorded ?? item.decision) == .adopt } else { false }
  }
}

/// What exists of an environment.
public struct DetectionReport: Sendable {
  /// The findings; with errors nothing was asked, or nothing written.
  public var diagnostics = Diagnostics()
  /// The environment; empty where it didn't come so far.
  public var environment = ""
  /// The items: those of app.json in its order, then those that others imply.
  public var items: [DetectedItem] = []
  /// The items of which `update` has to be told that what exists may take the place of what it
  /// wrote to make.
  public var givenUp: [String] = []

  /// Whether all is as app.json says, as far as that could be found out.
  public var hasConflicts: Bool { items.contains { $0.conflict != nil } }

  /// Whether app.json was changed.
  public var hasRecorded: Bool { items.contains { $0.recorded != nil } }

  /// The call that brings the tree to what app.json says since then.
  public var updateCommand: String {
    (["webkit update"] + givenUp.map { "--allow-replace \($0)" }).joined(separator: " ")
  }
}

extension DetectionReport {
  /// Why an apply mustn't follow; nil where it may.
  ///
  /// - Parameter isAttended: Whether a person is asked before anything is done.
  /// - Returns: The reason, with the way out.
  public func reasonNotToApply(isAttended: Bool) -> OperationError? {
    let stopped = items.filter { $0.conflict != nil }.map(\.item.name)
    if !stopped.isEmpty {
      let again = items.filter { $0.conflict == .wouldBeMadeAgain }.map(\.item.name)
      return OperationError(
        "what exists isn't what app.json says of \(listed(stopped, "and"))",
        help: again.isEmpty
          ? "Correct app.json as the table says, and run `webkit update`."
          : """
          \(listed(again, "and")) would be made a second time. Add `--write` to use what exists, \
          or `--write --manage adopt` to take it over; `webkit infra apply` without `--detect` \
          makes it all the same.
          """)
    }
    let unknown = items.filter { if case .unknown = $0.existence { true } else { false } }
    guard !isAttended, !unknown.isEmpty else { return nil }
    return OperationError(
      "nobody knows whether \(listed(unknown.map(\.item.name), "and")) exists",
      help: """
        The table says why. Without `--auto-approve` you are asked; without `--detect` it is made.
        """)
  }
}
