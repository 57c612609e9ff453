import Diagnostics
import Files
import HCL
import Parallelism

/// The files of a module and of all that it calls, parsed many at once.
struct ParsedFiles {
  /// A parsed file, and what is wrong with its syntax.
  struct File {
    let source: SourceFile
    let body: Body
    let problems: Diagnostics

    init(_ source: SourceFile) {
      var problems = Diagnostics()
      body = parseBody(source, into: &problems)
      self.source = source
      self.problems = problems
    }

    /// A file that is there as syntax.
    fileprivate init(_ body: Body, named name: String) {
      source = SourceFile(name: name, bytes: [])
      self.body = body
      problems = Diagnostics()
    }
  }

  private var files: [String: File] = [:]

  /// Parses level by level: first a folder's files, then those of the modules that they call, ...
  ///
  /// - Parameters:
  ///   - tree: The files.
  ///   - bodies: Files that are there as syntax.
  ///   - folders: The paths of both by folder.
  ///   - root: The folder to begin with.
  ///   - shown: What messages call a file.
  init(
    _ tree: FileTree, bodies: [String: Body], _ folders: [String: [String]], root: String,
    shown: @Sendable (String) -> String
  ) {
    for (path, body) in bodies { files[path] = File(body, named: shown(path)) }
    if tree.files.isEmpty { return }
    var level = [root]
    var seen: Set = [root]
    while !level.isEmpty {
      let paths = level.flatMap { folders[$0] ?? [] }
        .filter { Self.isPlain($0) && bodies[$0] == nil }
      let size = { (path: String) in tree[path]?.count ?? 0 }
      let parsed = paths.concurrentMap(weight: size) { path in
        File(SourceFile(name: shown(path), bytes: tree[path] ?? []))
      }
      for (path, file) in zip(paths, parsed) { files[path] = file }
      level = level.flatMap { folder in
        (folders[folder] ?? []).compactMap { files[$0] }
          .flatMap { $0.body.calledFolders(from: folder) }.filter { seen.insert($0).inserted }
      }
    }
  }

  /// A file that was parsed; nil for all others, override files among them.
  subscript(path: String) -> File? { files[path] }

  private static func isPlain(_ path: String) -> Bool {
    path.hasSuffix(".tf") && !path.hasSuffix("/override.tf") && path != "override.tf"
      && !path.hasSuffix("_override.tf")
  }
}

extension Body {
  /// The folders of the local modules that are called, seen from the caller's; the rest is left out.
  fileprivate func calledFolders(from folder: String) -> [String] {
    blocks.filter { $0.type == "module" }
      .compactMap { $0.body.attribute("source")?.value.stringValue }
      .filter { $0.hasPrefix("./") || $0.hasPrefix("../") }
      .compactMap { resolvedPath($0, from: folder) }
  }
}

/// A path relative to a folder, as one from the top of the tree; nil where it leads out of that.
func resolvedPath(_ path: String, from folder: String) -> String? {
  var parts = folder.split(separator: "/").map(String.init)
  for part in path.split(whereSeparator: { $0 == "/" || $0 == "\\" }) where part != "." {
    if part != ".." {
      parts.append(String(part))
    } else if parts.popLast() == nil {
      return nil
    }
  }
  return parts.joined(separator: "/")
}
