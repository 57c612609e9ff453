/// How one tree differs from another.
public struct TreeDifference: Hashable, Sendable {
  /// Paths that only the new tree has, in the order of their bytes.
  public var added: [String] = []
  /// Paths whose bytes differ, in the order of their bytes.
  public var changed: [String] = []
  /// Paths that only the old tree has, in the order of their bytes.
  public var removed: [String] = []

  /// Compares two trees byte for byte.
  public init(from old: FileTree, to new: FileTree) {
    for path in new.paths {
      guard let bytes = old[path] else {
        added.append(path)
        continue
      }
      if bytes != new[path] { changed.append(path) }
    }
    removed = old.paths.filter { new[$0] == nil }
  }

  /// Whether both trees are the same.
  public var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
}
