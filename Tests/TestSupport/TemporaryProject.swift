import AppManifest
import Diagnostics
import Files
public import Foundation
import Generation
public import Operations

/// A folder of its own for a test, removed with everything in it.
public final class TemporaryProject: Sendable {
  /// The absolute path.
  public let path: String

  /// Makes a project whose manifest has the given text; without manifest if it is nil.
  public init(manifest: String? = "") throws {
    path = FileManager.default.temporaryDirectory.appending(path: "webkit-tests-\(UUID())").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    if let manifest { try write("app.json", manifest) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The project in it.
  public var project: Operations.Project {
    get throws { try Operations.Project(directory: path) }
  }

  /// Writes a file, with the folders on the way.
  public func write(_ name: String, _ text: String) throws {
    let url = URL(filePath: path + "/" + name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// The text of a file; nil where there is none.
  public func read(_ name: String) -> String? {
    FileManager.default.contents(atPath: path + "/" + name).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// Removes a file or folder.
  public func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path + "/" + name)
  }

  /// Paths and texts of all files but the manifest and the cache.
  public var files: [String: String] {
    var found: [String: String] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: path) ?? .init()
    where name != "app.json" && !name.hasPrefix(".webkit/cache") {
      found[name] = read(name)
    }
    return found
  }

  /// When each file was last written.
  public var dates: [String: Date] {
    files.keys.reduce(into: [:]) { dates, name in
      let facts = try? FileManager.default.attributesOfItem(atPath: path + "/" + name)
      dates[name] = facts?[.modificationDate] as? Date
    }
  }
}

/// A generator for made-up manifests: each line is a path and a text, parted by a space.
///
/// A line `error` is an error of the manifest, `warning` a warning, and what stands behind `keep` is remembered. A file
/// that holds `broken` isn't well-formed.
public let lineGenerator = Generator(
  read: { file, diagnostics in
    let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n")
    if lines.contains("error") {
      diagnostics.append(Diagnostic(.error, "manifest.made-up", "This is wrong"))
    }
    if lines.contains("warning") {
      diagnostics.append(Diagnostic(.warning, "manifest.made-up", "This is odd"))
    }
    return Manifest(
      file: file, project: AppManifest.Project(name: Located("made-up", at: SourceRange(0, 0))))
  },
  make: { manifest, memory, permissions, diagnostics in
    var files = FileTree()
    var memory = permissions.prunesProviders ? GenerationMemory() : memory
    for line in String(decoding: manifest.file.bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2 else { continue }
      if words[0] == "keep" {
        memory.providers = Set(memory.providers + [words[1]]).sorted()
      } else {
        files.add(words[0], words[1] + "\n")
      }
    }
    return GeneratedTree(files: files, memory: memory)
  },
  check: { files, diagnostics in
    for path in files.paths where files[path] == Array("broken\n".utf8) {
      diagnostics.append(Diagnostic(.error, "hcl.made-up", "\(path) is broken"))
    }
  })
