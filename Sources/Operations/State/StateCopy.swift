import Diagnostics
import Files
import JSON

/// A state that was kept: a copy from before or after a command wrote it, or a version of a bucket's.
public struct StateCopy: Sendable {
  /// Its number; the last copy has the highest, and what is no copy has 0.
  public var number = 0
  /// The store's id of it; nil for a copy.
  public var version: String?
  /// When it was made, in seconds since 1970; 0 for what is no copy.
  public var madeAt = 0
  /// How often the state had been written by then.
  public let serial: Int
  /// How many resources it holds; data sources aren't any.
  public let resourceCount: Int
  /// What tells states of one history from those of another.
  let lineage: String
  /// The resources.
  private let resources: JSONNode
  /// The outputs, as the engine prints them.
  let outputs: JSONNode
  /// Its file in the project's folder.
  let path: RelativePath

  /// Reads a state; nil for what is none.
  init?(_ bytes: [UInt8], _ path: RelativePath) {
    var problems = Diagnostics()
    guard let node = parseJSON(SourceFile(name: "state", bytes: bytes), into: &problems),
      !problems.hasErrors, let lineage = node.member("lineage")?.text,
      let serial = node.member("serial")?.integer
    else { return nil }
    resources = node.member("resources") ?? .array([])
    outputs = node.member("outputs") ?? .object([])
    let all = resources.elements ?? []
    (self.serial, self.lineage, self.path) = (serial, lineage, path)
    resourceCount = all.count { $0.member("mode")?.text == "managed" }
    isBlank = serial <= 1 && all.isEmpty && (outputs.members ?? []).isEmpty
  }

  /// Whether nothing was ever in it: what a place without a state gives, and what the engine writes
  /// when it makes a workspace.
  let isBlank: Bool

  /// What it is called in a sentence: `copy 3`.
  public var name: String { version.map { "version \($0)" } ?? "copy \(number)" }

  /// Whether it says the same as another.
  ///
  /// Bytes don't tell, since the engine writes the results of checks in any order.
  func isSame(as other: StateCopy) -> Bool { serial == other.serial && hasContent(of: other) }

  /// Whether it holds the same as another of its history.
  func hasContent(of other: StateCopy) -> Bool {
    (lineage, resources, outputs) == (other.lineage, other.resources, other.outputs)
  }
}
