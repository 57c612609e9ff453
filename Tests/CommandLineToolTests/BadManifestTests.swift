import Foundation
import Operations
import TestSupport
import Testing

@testable import CommandLineTool

/// Every recorded mistake of a manifest, in a project that has a tree already.
struct BadManifestTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "golden")

  private static let cases =
    (try? FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "diagnostics").path))?.sorted() ?? []

  /// What one file or folder is: its bytes, and when it was changed.
  private struct Entry: Hashable {
    var bytes: Data?
    var date: Date?
  }

  private func entries(_ project: TemporaryProject) throws -> [String: Entry] {
    let names = FileManager.default.enumerator(atPath: project.path).map { Array($0) } ?? []
    var found: [String: Entry] = [:]
    for case let name as String in names + [""] {
      let path = project.path + "/" + name
      let facts = try FileManager.default.attributesOfItem(atPath: path)
      let isFile = facts[.type] as? FileAttributeType == .typeRegular
      found[name] = Entry(
        bytes: isFile ? try Data(contentsOf: URL(filePath: path)) : nil,
        date: facts[.modificationDate] as? Date)
    }
    return found
  }

  @Test func `leaves the disk as it was`() throws {
    let generator = Generator.embedded(version: webkitVersion)
    let good = Self.folder.appending(path: "projects/mission/input/app.json")
    let project = try TemporaryProject(manifest: try String(contentsOf: good, encoding: .utf8))
    #expect(call(["update"], in: project, generator: generator).exitCode == .done)
    #expect(Self.cases.count >= 50)
    let ledger = URL(filePath: project.path + "/.webkit/infra.json")
    let own = try Data(contentsOf: ledger)
    for name in Self.cases {
      let bad = Self.folder.appending(path: "diagnostics/\(name)/app.json")
      try Data(contentsOf: bad).write(to: URL(filePath: project.path + "/app.json"))
      // What earlier runs made matters in some.
      let remembered = Self.folder.appending(path: "diagnostics/\(name)/infra.json")
      try ((try? Data(contentsOf: remembered)) ?? own).write(to: ledger)
      let before = try entries(project)
      for words in [["update"], ["update", "--force"], ["drift"], ["infra", "validate"]] {
        let answer = call(words, in: project, generator: generator)
        #expect(answer.exitCode == .failed, "\(name)")
        #expect(answer.errors.contains("error"), "\(name)")
      }
      #expect(try entries(project) == before, "\(name)")
    }
  }
}
