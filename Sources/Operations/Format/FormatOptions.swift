/// What to format, and what to do about it.
public struct FormatOptions: Sendable {
  /// Files and folders.
  public var paths: [String]
  /// The folder that relative paths start from.
  public var folder: String
  /// Whether folders in folders are looked at.
  public var isRecursive: Bool
  /// Whether files that differ are replaced.
  public var writes: Bool
  /// Whether the texts of all files are kept for the report; else those of none.
  public var keepsTexts: Bool

  /// Makes options.
  public init(
    paths: [String] = ["."], folder: String = ".", isRecursive: Bool = false,
    writes: Bool = true, keepsTexts: Bool = false
  ) {
    self.paths = paths
    self.folder = folder
    self.isRecursive = isRecursive
    self.writes = writes
    self.keepsTexts = keepsTexts
  }
}
