import Files
import Generation
import Platform
import TestSupport
import Testing

@testable import Operations

/// Updates that stop after each of their acts, as if the process had been killed there.
struct KilledUpdateTests {
  private static let manifests = [
    "infra/a.tf A1\ninfra/x/b.tf B1\ninfra/c.tf C\n",
    "infra/a.tf A2\ninfra/y/d.tf D2\ninfra/c.tf C\n",
    "infra/a.tf A3\ninfra/x/b.tf B3\ninfra/c.tf C3\ninfra/e.tf E\n",
  ]

  /// Begins an update to a manifest and stops after some acts; returns whether it got to the end.
  private func begin(_ project: TemporaryProject, _ manifest: String, acts: Int) throws -> Bool {
    try project.write("app.json", manifest)
    let opened = try project.project
    let records = try Records(of: opened)
    var tree: [RelativePath: [UInt8]] = [:]
    for line in manifest.split(separator: "\n") {
      let words = line.split(separator: " ")
      tree[try #require(RelativePath(String(words[0])))] = Array((words[1] + "\n").utf8)
    }
    var disk: [RelativePath: Folder.Entry] = [:]
    for path in records.paths.union(tree.keys) { disk[path] = try opened.folder.entry(path) }
    let plan = planUpdate(
      to: tree, memory: GenerationMemory(), from: records, on: disk, UpdateOptions())
    #expect(!plan.changes.contains { [.conflict, .kept, .released].contains($0.kind) })
    for step in plan.steps.prefix(acts) { try opened.perform(step) }
    return plan.steps.count <= acts
  }

  private func finish(_ project: TemporaryProject) throws -> [String: String] {
    let report = try update(try project.project, with: lineGenerator, UpdateOptions())
    #expect(!report.changes.contains { [.conflict, .kept, .released].contains($0.kind) })
    let again = try update(try project.project, with: lineGenerator, UpdateOptions())
    #expect(!again.writesAnything && again.changes.isEmpty)
    return project.files
  }

  private func cleanTree(_ manifest: String) throws -> [String: String] {
    try finish(try TemporaryProject(manifest: manifest))
  }

  @Test func `one rerun ends in the new tree`() throws {
    for acts in 0..<20 {
      let project = try TemporaryProject(manifest: Self.manifests[0])
      _ = try finish(project)
      _ = try begin(project, Self.manifests[1], acts: acts)
      #expect(try finish(project) == cleanTree(Self.manifests[1]))
    }
  }

  @Test func `going back after a kill ends in the old tree`() throws {
    for acts in 0..<20 {
      let project = try TemporaryProject(manifest: Self.manifests[0])
      let old = try finish(project)
      _ = try begin(project, Self.manifests[1], acts: acts)
      try project.write("app.json", Self.manifests[0])
      #expect(try finish(project) == old)
    }
  }

  @Test func `a first run may be killed too`() throws {
    for acts in 0..<12 {
      let project = try TemporaryProject(manifest: "")
      _ = try begin(project, Self.manifests[0], acts: acts)
      #expect(try finish(project) == cleanTree(Self.manifests[0]))
    }
  }

  @Test func `kills in a row towards different trees do no harm`() throws {
    for first in 0..<12 {
      for second in 0..<12 {
        let project = try TemporaryProject(manifest: Self.manifests[0])
        _ = try finish(project)
        _ = try begin(project, Self.manifests[1], acts: first)
        _ = try begin(project, Self.manifests[2], acts: second)
        _ = try begin(project, Self.manifests[0], acts: 3)
        try project.write("app.json", Self.manifests[1])
        #expect(try finish(project) == cleanTree(Self.manifests[1]))
      }
    }
  }

  @Test func `half-written files go`() throws {
    let project = try TemporaryProject(manifest: Self.manifests[0])
    let old = try finish(project)
    try project.write(".webkit/.infra.next.json.webkit-new", "{")
    #expect(try finish(project) == old)
    _ = try begin(project, Self.manifests[1], acts: 2)
    try project.write("infra/y/.d.tf.webkit-new", "D")
    #expect(try finish(project) == cleanTree(Self.manifests[1]))
  }
}
