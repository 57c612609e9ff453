public import Diagnostics

/// What became of the files that were to be formatted.
public struct FormatReport: Sendable {
  /// A file whose syntax is right.
  public struct File: Sendable {
    /// The path, relative to the folder that the run started in.
    public var path: String
    /// Whether its layout differs from what was found.
    public var isChanged: Bool
    /// Whether the file has been replaced.
    public var isWritten = false
    /// The text that was found; empty where texts aren't kept.
    public var before: [UInt8] = []
    /// The formatted text; empty where texts aren't kept.
    public var after: [UInt8] = []
  }

  /// The files that are changed, or all of them where texts are kept, in the order of the run.
  public var files: [File] = []
  /// How many files were looked at.
  public var fileCount = 0
  /// What is wrong with paths and files.
  public var diagnostics = Diagnostics()

  /// Makes a report of nothing.
  public init() {}

  /// The files that are changed.
  public var changedFiles: [File] { files.filter(\.isChanged) }
}
