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
    let old = old.map { new.map { $0.hasOnlyLineFeeds } ?? true ? $0.withoutCarriageReturns : $0 }
    return LineDifference(from: old ?? [], to: new ?? [])
      .unified(from: self.old.map { _ in path.text }, to: new.map { _ in path.text })
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
