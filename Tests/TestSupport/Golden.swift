public import Files
public import Foundation

/// Recorded output below `golden/`, and how it is compared and renewed.
public enum Golden {
  /// The folder of all goldens.
  public static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "golden")

  /// Whether this run rewrites what is recorded; such a run never passes.
  public static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

  /// The cases of a suite: the names of its folders, in order.
  public static func cases(_ suite: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: suite).path)
    return (names ?? []).filter { isFolder(root.appending(path: suite).appending(path: $0)) }
      .sorted()
  }

  /// The cases of the leaves, each `leaves/<leaf>/<case>`, in order.
  public static let leafCases = cases("leaves").flatMap { leaf in
    cases("leaves/\(leaf)").map { "leaves/\(leaf)/\($0)" }
  }

  /// All projects with a recorded tree, as folders below `golden/`.
  public static let projects = cases("projects").map { "projects/\($0)" } + leafCases

  private static func isFolder(_ url: URL) -> Bool {
    (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory ?? false
  }

  /// The bytes of a file below `golden/`; nil where there is none.
  public static func bytes(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: root.appending(path: path).path).map(Array.init)
  }

  /// All files of a folder below `golden/`, by path relative to it; nil where there is none.
  public static func tree(_ folder: String) -> FileTree? {
    let base = root.appending(path: folder)
    guard let paths = try? FileManager.default.subpathsOfDirectory(atPath: base.path) else {
      return nil
    }
    var tree = FileTree()
    for path in paths where !isFolder(base.appending(path: path)) {
      tree[path] = FileManager.default.contents(atPath: base.appending(path: path).path)
        .map(Array.init)
    }
    return tree.files.isEmpty ? nil : tree
  }

  /// What is wrong with a tree, in words: every file that is missing, extra or different.
  ///
  /// In an updating run the folder is rewritten, and that is the one thing wrong.
  public static func problems(of actual: FileTree, in folder: String) throws -> [String] {
    if isUpdating {
      guard tree(folder) != actual else { return [] }
      try write(actual, to: folder)
      return ["golden/\(folder) was rewritten"]
    }
    guard let expected = tree(folder) else {
      return ["golden/\(folder) is missing; \(advice)"]
    }
    return differences(expected: expected, actual: actual).map { "golden/\(folder)/\($0)" }
  }

  /// What is wrong with a text; nil where nothing is.
  ///
  /// In an updating run the file is rewritten, and that is what is wrong.
  public static func problem(of actual: String, in path: String) throws -> String? {
    let expected = bytes(path)
    guard expected != Array(actual.utf8) else { return nil }
    if isUpdating {
      try write(Array(actual.utf8), to: root.appending(path: path))
      return "golden/\(path) was rewritten"
    }
    guard let expected else { return "golden/\(path) is missing; \(advice)" }
    return "golden/\(path) " + difference(expected, Array(actual.utf8))
  }

  private static let advice = "scripts/update-golden.sh records it"

  /// Every path at which two trees differ, and how.
  public static func differences(expected: FileTree, actual: FileTree) -> [String] {
    let paths = Set(expected.files.keys).union(actual.files.keys).sorted()
    return paths.compactMap { path in
      switch (expected[path], actual[path]) {
      case (let expected?, let actual?):
        expected == actual ? nil : "\(path) " + difference(expected, actual)
      case (_?, nil): "\(path) is missing: recorded, but not generated"
      case (nil, _?): "\(path) is extra: generated, but not recorded"
      case (nil, nil): nil
      }
    }
  }

  /// The first line at which two texts differ.
  private static func difference(_ expected: [UInt8], _ actual: [UInt8]) -> String {
    func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
      bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }
    func shown(_ lines: [ArraySlice<UInt8>], _ index: Int) -> String {
      guard lines.indices.contains(index) else { return "the end of the file" }
      return String(decoding: lines[index].prefix(300), as: UTF8.self).debugDescription
    }
    let (left, right) = (lines(expected), lines(actual))
    let index = (0..<max(left.count, right.count)).first { index in
      !left.indices.contains(index) || !right.indices.contains(index) || left[index] != right[index]
    }
    let line = index ?? 0
    return """
      is different in line \(line + 1):
        recorded:  \(shown(left, line))
        generated: \(shown(right, line))
      """
  }

  private static func write(_ tree: FileTree, to folder: String) throws {
    let base = root.appending(path: folder)
    if FileManager.default.fileExists(atPath: base.path) {
      try FileManager.default.removeItem(at: base)
    }
    for path in tree.paths { try write(tree[path] ?? [], to: base.appending(path: path)) }
  }

  private static func write(_ bytes: [UInt8], to file: URL) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }
}
