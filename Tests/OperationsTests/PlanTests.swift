import Files
import Generation
import Platform
import Testing

@testable import Operations

/// One file, and what is decided for it.
struct PlanCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// The texts that the ledger, and a killed update after it, generated.
  var ledger: String?
  var pending: String?
  /// What a killed update replaced.
  var before: String?
  var disk: Folder.Entry
  /// What is generated now.
  var new: String?
  var forces = false
  var keeps = false
  var expected: FileChange.Kind?
  var conflict: FileChange.Conflict?

  init(
    _ name: String, ledger: String? = nil, pending: String? = nil, before: String? = nil,
    disk: String?, new: String?, forces: Bool = false, keeps: Bool = false,
    _ expected: FileChange.Kind?, _ conflict: FileChange.Conflict? = nil
  ) {
    testDescription = name
    self.ledger = ledger
    self.pending = pending
    self.before = before
    self.disk =
      switch disk {
      case nil: .absent
      case "a folder": .folder
      case let text?: .file(Array(text.utf8))
      }
    self.new = new
    self.forces = forces
    self.keeps = keeps
    self.expected = expected
    self.conflict = conflict
  }
}

struct PlanTests {
  private static let path = RelativePath("infra/main.tf")

  private static let cases: [PlanCase] = [
    .init("new file", disk: nil, new: "B", .written),
    .init("nothing to do", ledger: "A\n", disk: "A\n", new: "A\n", nil),
    .init("changed text", ledger: "A", disk: "A", new: "B", .changed),
    .init("deleted by hand", ledger: "A", disk: nil, new: "A", .written),
    .init("edited, same text", ledger: "A", disk: "E", new: "A", .kept),
    .init("edited, same text, force", ledger: "A", disk: "E", new: "A", forces: true, .kept),
    .init("edited, new text", ledger: "A", disk: "E", new: "B", .conflict, .edited),
    .init("edited, force", ledger: "A", disk: "E", new: "B", forces: true, .changed),
    .init("edited, keep", ledger: "A", disk: "E", new: "B", keeps: true, .kept),
    .init("keep beats force", ledger: "A", disk: "E", new: "B", forces: true, keeps: true, .kept),
    .init("keep of an unedited file", ledger: "A", disk: "A", new: "B", keeps: true, .kept),
    .init("edited into the new text", ledger: "A", disk: "B", new: "B", nil),
    .init("in the way", disk: "F", new: "B", .conflict, .foreign),
    .init("in the way, the same", disk: "B", new: "B", nil),
    .init("in the way, force", disk: "F", new: "B", forces: true, .changed),
    .init("in the way, keep", disk: "F", new: "B", keeps: true, .kept),
    .init("folder in the way", disk: "a folder", new: "B", .conflict, .notAFile),
    .init("folder, force", disk: "a folder", new: "B", forces: true, .conflict, .notAFile),
    .init("no longer generated", ledger: "A", disk: "A", new: nil, .removed),
    .init("gone already", ledger: "A", disk: nil, new: nil, nil),
    .init("no longer, edited", ledger: "A", disk: "E", new: nil, .released),
    .init("no longer, edited, force", ledger: "A", disk: "E", new: nil, forces: true, .released),
    .init("no longer, keep", ledger: "A", disk: "A", new: nil, keeps: true, .released),
    .init("no longer, a folder", ledger: "A", disk: "a folder", new: nil, .released),
    .init("line ends, same text", ledger: "A\nB\n", disk: "A\r\nB\r\n", new: "A\nB\n", nil),
    .init("line ends, new text", ledger: "A\nB\n", disk: "A\r\nB\r\n", new: "C\n", .changed),
    .init("line ends, removed", ledger: "A\nB\n", disk: "A\r\nB\r\n", new: nil, .removed),
    .init(
      "killed before it", ledger: "A", pending: "B", before: "A", disk: "A", new: "B", .changed),
    .init("killed after it", ledger: "A", pending: "B", before: "A", disk: "B", new: "B", nil),
    .init("killed, third text", ledger: "A", pending: "B", disk: "B", new: "C", .changed),
    .init("killed, back again", ledger: "A", pending: "B", disk: "B", new: "A", .changed),
    .init("killed, no longer", ledger: "A", pending: "B", disk: "B", new: nil, .removed),
    .init("killed in the first run", pending: "B", disk: "B", new: nil, .removed),
    .init("killed twice", ledger: "A", pending: "C", before: "B", disk: "B", new: "D", .changed),
    .init("killed, edited", ledger: "A", pending: "B", disk: "E", new: "C", .conflict, .edited),
    .init("killed keeping", ledger: "A", pending: "B", disk: "E", new: "B", .kept),
    .init("killed forcing", ledger: "A", pending: "B", before: "E", disk: "E", new: "B", .changed),
  ]

  @Test(arguments: cases) func `decides by what is known`(_ one: PlanCase) throws {
    let path = try #require(Self.path)
    let plan = try plan(one)
    #expect(plan.changes.map(\.kind) == [one.expected].compactMap(\.self))
    #expect(plan.changes.first?.conflict == one.conflict)
    #expect(plan.hasConflicts == (one.expected == .conflict))
    #expect(plan.unchangedCount == (one.new != nil && one.expected == nil ? 1 : 0))
    // What is replaced is known to the next run, whenever this one is killed.
    if one.expected == .changed || one.expected == .removed, case .file(let bytes) = one.disk {
      #expect(plan.before[path] == Digest(of: bytes))
    }
    #expect(plan.ledger.files[path] == one.new.map(digest))
  }

  private func plan(_ one: PlanCase) throws -> UpdatePlan {
    let path = try #require(Self.path)
    var records = Records()
    if let text = one.ledger { records.ledger = Ledger(files: [path: digest(text)]) }
    if let text = one.pending {
      records.pending = PendingUpdate(ledger: Ledger(files: [path: digest(text)]))
    }
    if let text = one.before { records.pending?.before[path] = digest(text) }
    var options = UpdateOptions()
    options.forces = one.forces
    if one.keeps { options.keptPaths = [path] }
    return planUpdate(
      to: one.new.map { [path: Array($0.utf8)] } ?? [:], memory: GenerationMemory(),
      from: records, on: [path: one.disk], options)
  }

  private func digest(_ text: String) -> Digest { Digest(of: Array(text.utf8)) }

  @Test func `writes nothing when nothing changes`() throws {
    let same = PlanCase("", ledger: "A", disk: "A", new: "A", nil)
    #expect(try !plan(same).writesAnything)
    let kept = PlanCase("", ledger: "A", disk: "E", new: "A", nil)
    #expect(try !plan(kept).writesAnything)
    let decided = PlanCase("", ledger: "A", disk: "E", new: "B", keeps: true, nil)
    #expect(try plan(decided).writesAnything)
    let unfinished = PlanCase("", ledger: "A", pending: "A", disk: "A", new: "A", nil)
    #expect(try plan(unfinished).writesAnything)
  }

  @Test func `empty folders go, the innermost first`() throws {
    let paths = ["a/b/c/x", "a/b/y", "z/x"].compactMap { RelativePath($0) }
    let kept = try #require(RelativePath("a/k"))
    let digests = Dictionary(uniqueKeysWithValues: paths.map { ($0, digest("A")) })
    let plan = planUpdate(
      to: [kept: [1]], memory: GenerationMemory(),
      from: Records(ledger: Ledger(files: digests)), on: [:], UpdateOptions())
    #expect(plan.folders.map(\.text) == ["a/b/c", "a/b", "z"])
  }
}
