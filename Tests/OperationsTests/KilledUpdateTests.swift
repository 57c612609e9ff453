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

  private static let wholeTexts: Set<String> = Set(
    manifests.flatMap { $0.split(separator: "\n") }
      .map { String($0.split(separator: " ")[1]) + "\n" })

  /// Does something for no act, one act and so on, until all acts were done.
  private func forEachAct(by step: Int = 1, _ body: (Int) throws -> Bool) rethrows {
    var acts = 0
    while try !body(acts) { acts += step }
    #expect(acts > 8)
  }

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
    // As every run does under its lock.
    if acts > 0 { try opened.removeLeftovers(of: records) }
    for step in plan.steps.prefix(acts) {
      try opened.perform(step)
      // At any moment every file is whole.
      for (name, text) in project.files where name.hasSuffix(".tf") {
        #expect(Self.wholeTexts.contains(text))
      }
    }
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
    let tree = try cleanTree(Self.manifests[1])
    try forEachAct { acts in
      let project = try TemporaryProject(manifest: Self.manifests[0])
      _ = try finish(project)
      let isDone = try begin(project, Self.manifests[1], acts: acts)
      #expect(try finish(project) == tree)
      return isDone
    }
  }

  @Test func `going back after a kill ends in the old tree`() throws {
    try forEachAct { acts in
      let project = try TemporaryProject(manifest: Self.manifests[0])
      let old = try finish(project)
      let isDone = try begin(project, Self.manifests[1], acts: acts)
      try project.write("app.json", Self.manifests[0])
      #expect(try finish(project) == old)
      return isDone
    }
  }

  @Test func `a first run may be killed too`() throws {
    let tree = try cleanTree(Self.manifests[0])
    try forEachAct { acts in
      let project = try TemporaryProject(manifest: "")
      let isDone = try begin(project, Self.manifests[0], acts: acts)
      #expect(try finish(project) == tree)
      return isDone
    }
  }

  @Test func `kills in a row towards different trees do no harm`() throws {
    let tree = try cleanTree(Self.manifests[1])
    try forEachAct(by: 2) { first in
      var isDone = false
      try forEachAct(by: 3) { second in
        let project = try TemporaryProject(manifest: Self.manifests[0])
        _ = try finish(project)
        isDone = try begin(project, Self.manifests[1], acts: first)
        let isSecondDone = try begin(project, Self.manifests[2], acts: second)
        _ = try begin(project, Self.manifests[0], acts: 3)
        try project.write("app.json", Self.manifests[1])
        #expect(try finish(project) == tree)
        return isSecondDone
      }
      return isDone
    }
  }

  @Test func `half-written files go`() throws {
    let project = try TemporaryProject(manifest: Self.manifests[0])
    let old = try finish(project)
    try project.write(".webkit/.infra.next.json.webkit-new", "{")
    #expect(try finish(project) == old)
    _ = try begin(project, Self.manifests[1], acts: 1)
    try project.write("infra/y/.d.tf.webkit-new", "D")
    try project.write("infra/.a.tf.webkit-new", "A")
    try project.write(".webkit/.infra.json.webkit-new", "{")
    try project.write(".webkit/cache/.generated.json.webkit-new", "{")
    try project.write("app.json", Self.manifests[0])
    #expect(try finish(project) == old)
  }
}
