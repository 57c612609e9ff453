public import Files

/// What becomes of one file.
public struct FileChange: Hashable, Sendable {
  /// What happens.
  public enum Kind: String, Sendable, CaseIterable {
    /// It is made.
    case written
    /// Its text is replaced.
    case changed
    /// It was edited by hand and stays so.
    case kept
    /// It is no longer generated and goes.
    case removed
    /// It is no longer generated but was edited by hand, so it stays and is the user's from now.
    case released
    /// Nobody has decided yet between the text that stands there and the new one.
    case conflict
  }

  /// Why there is a conflict.
  public enum Conflict: String, Sendable {
    /// The file was edited by hand, and its generated text has changed too.
    case edited
    /// There is a file that webkit didn't write.
    case foreign
    /// There is something that isn't a file.
    case notAFile = "not-a-file"
  }

  /// The file.
  public var path: RelativePath
  /// What happens.
  public var kind: Kind
  /// Why there is a conflict; nil where there is none.
  public var conflict: Conflict?
  /// What stands there; nil where there is no file.
  public var old: [UInt8]?
  /// What is generated; nil where nothing is.
  public var new: [UInt8]?
  /// What was generated last, where there is a conflict and it is known.
  public var base: [UInt8]?

  /// Makes a change.
  public init(
    _ kind: Kind, _ path: RelativePath, conflict: Conflict? = nil, old: [UInt8]? = nil,
    new: [UInt8]? = nil
  ) {
    self.path = path
    self.kind = kind
    self.conflict = conflict
    self.old = old
    self.new = new
  }

  /// The text that there is and the generated one as a unified diff; empty where there is none.
  public var difference: String {
    LineDifference(from: shownOld ?? [], to: new ?? [])
      .unified(from: old.map { _ in path.text }, to: new.map { _ in path.text })
  }

  /// The unified diffs that a conflict is decided by; empty where there is none.
  ///
  /// With the text that was generated last there are two: what the owner made of it, and what
  /// webkit would generate now. Without it there is one: the owner's text and the new one.
  public var conflictDifferences: [String] {
    guard kind == .conflict, let old = shownOld, let new else { return [] }
    let (last, yours, now) = ("generated last", "yours", "generated now")
    let shown = base.map { [unified($0, last, old, yours), unified($0, last, new, now)] }
    return shown ?? [unified(old, yours, new, now)]
  }

  /// What stands there, with the line ends of what is generated.
  private var shownOld: [UInt8]? {
    old.map { new?.hasOnlyLineFeeds ?? true ? $0.withoutCarriageReturns : $0 }
  }

  private func unified(
    _ left: [UInt8], _ leftName: String, _ right: [UInt8], _ rightName: String
  ) -> String {
    LineDifference(from: left, to: right)
      .unified(from: "\(path) (\(leftName))", to: "\(path) (\(rightName))")
  }
}

extension [UInt8] {
  /// The text as it was before version control turned its line ends into `\r\n`.
  var withoutCarriageReturns: [UInt8] {
    guard contains(0x0D) else { return self }
    var result: [UInt8] = []
    result.reserveCapacity(count)
    for (index, byte) in enumerated() {
      if byte == 0x0D, index + 1 < count, self[index + 1] == 0x0A { continue }
      result.append(byte)
    }
    return result
  }

  /// Whether there is no carriage return.
  fileprivate var hasOnlyLineFeeds: Bool { !contains(0x0D) }
}
