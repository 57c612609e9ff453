import Diagnostics
import Files
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Operations

struct UpdateTests {
  private func update(
    _ project: TemporaryProject, _ change: (inout UpdateOptions) -> Void = { _ in }
  ) throws -> UpdateReport {
    var options = UpdateOptions()
    change(&options)
    return try Operations.update(try project.project, with: lineGenerator, options)
  }

  private func kinds(_ report: UpdateReport) -> [String] {
    report.changes.map { "\($0.kind) \($0.path)" }
  }

  @Test func `writes a first tree beside another tool's records`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\n.github/workflows/x.yml X\n")
    try project.write(".webkit/manifest.json", "{}")
    try project.write("infra/mine.tf", "mine")
    let report = try update(project)
    #expect(kinds(report) == ["written .github/workflows/x.yml", "written infra/a.tf"])
    #expect(report.writesAnything && report.isComplete)
    var files = project.files
    #expect(files.removeValue(forKey: ".webkit/infra.json")?.contains("infra/a.tf") == true)
    #expect(
      files == [
        "infra/a.tf": "A\n", ".github/workflows/x.yml": "X\n", ".webkit/manifest.json": "{}",
        "infra/mine.tf": "mine",
      ])
    #expect(project.read(".webkit/cache/.gitignore") == "*\n")
  }

  @Test func `a second run touches nothing`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\n")
    _ = try update(project)
    let dates = project.dates
    try project.remove(".webkit/cache")
    let report = try update(project)
    #expect(report.changes.isEmpty && report.unchangedCount == 1 && !report.writesAnything)
    #expect(project.dates == dates)
    #expect(project.read(".webkit/cache/.gitignore") == nil)
  }

  @Test func `generates once`() throws {
    let count = Mutex(0)
    let generator = Generator(
      read: lineGenerator.read,
      make: { manifest, memory, permissions, diagnostics in
        count.withLock { $0 += 1 }
        return lineGenerator.make(manifest, memory, permissions, &diagnostics)
      }, examine: lineGenerator.examine)
    let project = try TemporaryProject(manifest: "infra/a.tf A\n")
    _ = try Operations.update(try project.project, with: generator, UpdateOptions())
    #expect(count.withLock { $0 } == 1 && project.read("infra/a.tf") == "A\n")
  }

  @Test func `a check of the tree alone leaves the editors' schema aside`() throws {
    let made = Mutex(0)
    let generator = Generator(
      read: lineGenerator.read, make: lineGenerator.make, examine: lineGenerator.examine,
      editorSchema: {
        made.withLock { $0 += 1 }
        return Array("schema\n".utf8)
      })
    let project = try TemporaryProject(manifest: "infra/a.tf A\n")
    _ = try Operations.update(try project.project, with: generator, UpdateOptions())
    #expect(project.read(".webkit/app.schema.json") == "schema\n")
    try project.write(".webkit/app.schema.json", "an older one\n")
    var options = UpdateOptions()
    options.isCheck = true
    var whole = try Operations.update(try project.project, with: generator, options)
    #expect(whole.changes.map(\.path.text) == [".webkit/app.schema.json"])
    let count = made.withLock { $0 }
    options.includesEditorSchema = false
    whole = try Operations.update(try project.project, with: generator, options)
    #expect(whole.changes.isEmpty && !whole.writesAnything && whole.isComplete)
    #expect(made.withLock { $0 } == count)
    try project.write("app.json", "infra/a.tf B\n")
    whole = try Operations.update(try project.project, with: generator, options)
    #expect(whole.writesAnything)
  }

  @Test func `what changed while it waited counts`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\n")
    let lock = try #require(RelativePath(".webkit/cache/lock"))
    var held = try FileLock.attempt(lock, in: project.project.folder)
    let report = try Operations.update(
      try project.project, with: lineGenerator, UpdateOptions(),
      onWaiting: {
        try? project.write("app.json", "infra/b.tf B\n")
        held = nil
      })
    let isFree = held == nil
    #expect(isFree && report.changes.map(\.path.text) == ["infra/b.tf"])
    #expect(project.read("infra/a.tf") == nil)
  }

  @Test func `a failure before the first change is undone`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\ninfra/b.tf B\nnew/c.tf C\n")
    // The text for c.tf can't be prepared.
    try project.write("new/.c.tf.webkit-new/x", "")
    let files = project.files
    let error = #expect(throws: OperationError.self) { try update(project) }
    #expect(error?.help.hasSuffix("Nothing was written.") == true)
    #expect(project.files == files)
    #expect(try project.project.folder.entry(#require(RelativePath("infra"))) == .absent)
  }

  @Test func `follows the manifest, and removes what it made`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\ninfra/old/b.tf B\n")
    _ = try update(project)
    try project.write("app.json", "infra/a.tf A2\ninfra/c.tf C\n")
    let report = try update(project)
    #expect(
      kinds(report) == ["changed infra/a.tf", "written infra/c.tf", "removed infra/old/b.tf"])
    #expect(project.files["infra/a.tf"] == "A2\n")
    #expect(try project.project.folder.entry(#require(RelativePath("infra/old"))) == .absent)
  }

  @Test func `check writes nothing at all`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\n")
    let report = try update(project) { $0.isCheck = true }
    #expect(report.writesAnything && kinds(report) == ["written infra/a.tf"])
    #expect(project.files.isEmpty && project.read(".webkit/cache/lock") == nil)
  }

  @Test func `a conflict stops everything until it is decided`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\ninfra/b.tf B\n")
    _ = try update(project)
    try project.write("infra/a.tf", "mine\n")
    try project.write("app.json", "infra/a.tf A2\ninfra/b.tf B2\n")
    let files = project.files
    let report = try update(project)
    #expect(kinds(report) == ["conflict infra/a.tf", "changed infra/b.tf"])
    #expect(report.changes[0].difference.hasSuffix("@@ -1 +1 @@\n-mine\n+A2\n"))
    #expect(project.files == files)

    let path = try #require(RelativePath("infra/a.tf"))
    _ = try update(project) { $0.keptPaths = [path] }
    #expect(project.files["infra/a.tf"] == "mine\n" && project.files["infra/b.tf"] == "B2\n")
    #expect(kinds(try update(project)) == ["kept infra/a.tf"])
    try project.write("app.json", "infra/a.tf A3\n")
    _ = try update(project) { $0.forces = true }
    #expect(project.files["infra/a.tf"] == "A3\n" && project.files["infra/b.tf"] == nil)
  }

  @Test func `an error of the manifest writes nothing`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\nerror\n")
    let report = try update(project)
    #expect(report.diagnostics.hasErrors && !report.isComplete && project.files.isEmpty)
  }

  @Test func `remembers, and forgets when asked`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\nkeep turso\n")
    _ = try update(project)
    try project.write("app.json", "infra/a.tf A\n")
    #expect(try !update(project).writesAnything)
    #expect(project.read(".webkit/infra.json")?.contains("turso") == true)
    #expect(try update(project) { $0.prunesProviders = true }.writesAnything)
    #expect(project.read(".webkit/infra.json")?.contains("turso") == false)
  }

  @Test(arguments: ["../x", "/x", "app.json", ".webkit/infra.json", ".git/hooks/x"])
  func `generates nothing where it mustn't`(path: String) throws {
    let project = try TemporaryProject(manifest: "\(path) A\n")
    #expect(throws: OperationError.self) { try update(project) }
    #expect(project.files.isEmpty)
  }

  @Test func `keeps only what it knows`() throws {
    let project = try TemporaryProject(manifest: "infra/main.tf A\n")
    let path = try #require(RelativePath("infra/mian.tf"))
    let error = #expect(throws: OperationError.self) {
      try update(project) { $0.keptPaths = [path] }
    }
    #expect(error?.help == "Did you mean `--keep infra/main.tf`?")
    #expect(error?.kind == .wrongUsage)
  }

  @Test(arguments: ["{", "{}", #"{"format": 2}"#, #"{"format": 1, "files": {"../x": ""}}"#])
  func `refuses records that it can't understand`(text: String) throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\n")
    try project.write(".webkit/infra.json", text)
    #expect(throws: OperationError.self) { try update(project) }
    #expect(project.files.count == 1)
  }

  @Test func `waits for another run`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\n")
    let lock = try #require(RelativePath(".webkit/cache/lock"))
    var held = try FileLock.attempt(lock, in: project.project.folder)
    var waits = 0
    let report = try Operations.update(
      try project.project, with: lineGenerator, UpdateOptions(),
      onWaiting: {
        waits += 1
        #expect(project.read("infra/a.tf") == nil)
        held = nil
      })
    let isFree = held == nil
    #expect(isFree && waits == 1 && report.changes.count == 1)
  }
}
