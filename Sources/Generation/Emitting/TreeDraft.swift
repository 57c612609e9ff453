public import Files
public import HCL
import Parallelism

/// The files of a project as they were decided, before they are written out as text.
public struct TreeDraft: Sendable {
  /// What a file holds.
  enum Content: Sendable {
    case syntax(Body)
    case text([UInt8])
  }

  /// Files that are made when they are asked for.
  private struct Later: Sendable {
    var paths: [String]
    var make: @Sendable () -> TreeDraft
  }

  private var contents: [String: Content] = [:]
  private var later: [Later] = []
  /// What callers see of leaves' modules, by folder.
  public private(set) var leaves: [String: LeafInterface] = [:]

  /// How many files there are.
  public var fileCount: Int {
    later.reduce(into: Set(contents.keys)) { $0.formUnion($1.paths) }.count
  }

  mutating func add(_ path: String, _ content: Content) { contents[path] = content }

  mutating func add(_ paths: [String], later make: @escaping @Sendable () -> TreeDraft) {
    later.append(Later(paths: paths, make: make))
  }

  mutating func addLeaf(_ folder: String, _ interface: LeafInterface) { leaves[folder] = interface }

  /// Adds the files of another draft, over those that have their paths.
  mutating func add(_ other: TreeDraft) {
    contents.merge(other.contents) { $1 }
    later += other.later
    leaves.merge(other.leaves) { $1 }
  }

  // MARK: - Text

  /// All files as text, written out on all cores.
  public func printed() -> FileTree {
    var all = self
    all.later = []
    for part in later.concurrentMap({ $0.make() }) { all.add(part) }
    return Self.printed(Array(all.contents))
  }

  /// The files of Terraform that aren't a leaf's, by path.
  public var configuration: [String: Body] {
    contents.compactMapValues { content in
      if case .syntax(let body) = content { body } else { nil }
    }
  }

  private static func printed(_ files: [(key: String, value: Content)]) -> FileTree {
    let texts = files.concurrentMap(weight: \.value.weight) { $0.value.bytes }
    var tree = FileTree()
    for (file, text) in zip(files, texts) { tree[file.key] = text }
    return tree
  }
}

/// A leaf's module as its callers see it.
public struct LeafInterface: Sendable {
  /// Variables without validations, outputs without values, and the heads of resources.
  public var body: Body
  /// The validations of a variable.
  public var rules: @Sendable (_ variable: String) -> [Block]
}

extension TreeDraft.Content {
  fileprivate var bytes: [UInt8] {
    switch self {
    case .syntax(let body): Array(Printer.print(body).utf8)
    case .text(let bytes): bytes
    }
  }

  /// How much there is to write out, roughly.
  fileprivate var weight: Int {
    if case .syntax(let body) = self { body.weight } else { 0 }
  }
}

extension Body {
  fileprivate var weight: Int {
    items.reduce(items.count) { sum, item in
      if case .block(let block) = item { sum + block.body.weight } else { sum }
    }
  }
}
