/// Files in memory: relative paths and what they hold.
public struct FileTree: Hashable, Sendable {
  /// The files by path, for example `infra/main.tf`; `/` between folders, no `.` and `..`.
  public private(set) var files: [String: [UInt8]] = [:]

  /// Makes an empty tree.
  public init() {}

  /// The paths in the order of their bytes.
  public var paths: [String] {
    files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The folder of a path; empty for the top.
  public static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  /// What a file holds; nil where there is none.
  public subscript(path: String) -> [UInt8]? {
    get { files[path] }
    set { files[path] = newValue }
  }

  /// Adds the files of another tree, over those that have their paths.
  public mutating func add(_ other: FileTree) { files.merge(other.files) { $1 } }

  /// Adds a text file.
  public mutating func add(_ path: String, _ text: String) { files[path] = Array(text.utf8) }
}
