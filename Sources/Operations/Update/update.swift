public import Diagnostics
import Files
public import Generation
import Platform

/// What an update did, or would do.
public struct UpdateReport: Sendable {
  /// What there is to say of the manifest.
  public var diagnostics: Diagnostics
  /// What became of each file that didn't stay as it is, in the order of paths.
  public var changes: [FileChange] = []
  /// How many files were as they should be.
  public var unchangedCount = 0
  /// Whether anything was written or removed, or would be.
  public var writesAnything = false
  /// What running the tree needs; nil where the manifest has errors.
  public var needs: RunNeeds?
  /// Whether there is a tree; false where the manifest has errors.
  public var isComplete = false

  /// Whether somebody has to decide first.
  public var hasConflicts: Bool { changes.contains { $0.kind == .conflict } }
}

/// Brings the generated files up to date with the manifest, or says what that would do.
///
/// Nothing is written if the manifest has errors or there is a conflict.
///
/// - Parameters:
///   - project: The project.
///   - generator: What makes the tree.
///   - options: What the caller wants.
///   - onWaiting: Called once when another run has to be waited for.
/// - Returns: What became of the files.
/// - Throws: When a file can't be read or written.
public func update(
  _ project: Project, with generator: Generator, _ options: UpdateOptions,
  onWaiting: () -> Void = {}
) throws(OperationError) -> UpdateReport {
  let proposal = try propose(project, generator, options)
  let isWanted = proposal.plan.map { $0.writesAnything && !$0.hasConflicts } ?? false
  guard !options.isCheck, isWanted || (proposal.plan != nil && project.hasLeftovers) else {
    return proposal.report
  }
  let lock = try takeLock(of: project, onWaiting: onWaiting)
  return try write(project, proposal, generator, options, under: lock)
}

/// Decides anew, since another run may have written meanwhile, and writes.
private func write(
  _ project: Project, _ proposal: Proposal, _ generator: Generator, _ options: UpdateOptions,
  under lock: borrowing FileLock
) throws(OperationError) -> UpdateReport {
  let final = try propose(project, generator, options, reusing: proposal.made)
  guard let plan = final.plan, !plan.hasConflicts else { return final.report }
  try mapErrors { () throws(FileError) in
    try project.removeLeftovers(of: final.made.records)
  }
  if plan.writesAnything {
    try project.carryOut(plan, isResumption: final.made.records.pending != nil)
  }
  return final.report
}

/// All that an update depends on but the files that it writes.
private struct UpdateSource {
  var manifest: SourceFile
  var records: Records.Source

  init(of project: Project) throws(OperationError) {
    manifest = try project.manifest()
    records = try Records.Source(of: project)
  }

  func isSame(as other: UpdateSource) -> Bool {
    manifest.bytes == other.manifest.bytes && records == other.records
  }
}

/// What was generated, and of what.
private struct MadeTree {
  var source: UpdateSource
  var records: Records
  var diagnostics = Diagnostics()
  /// The texts; nil where the manifest has errors.
  var tree: [RelativePath: [UInt8]]?
  /// The ledger that holds when they are written.
  var ledger = Ledger()
  var needs: RunNeeds?

  init(
    _ source: UpdateSource, _ generator: Generator, _ options: UpdateOptions
  ) throws(OperationError) {
    self.source = source
    records = try Records(source.records)
    let manifest = generator.read(source.manifest, &diagnostics)
    let made = manifest.flatMap {
      generator.make($0, records.memory, options.permissions, &diagnostics)
    }
    guard let made, !diagnostics.hasErrors else { return }
    var files = made.files
    if let schema = generator.editorSchema, options.includesEditorSchema {
      files[RelativePath.schema.text] = schema()
    }
    let tree = try paths(of: files)
    ledger = Ledger(files: tree.mapValues { Digest(of: $0) }, memory: made.memory)
    if !options.includesEditorSchema {
      ledger.files[.schema] = records.ledger?.files[.schema]
    }
    self.tree = tree
    needs = made.needs
  }
}

/// A plan and what led to it.
private struct Proposal {
  var made: MadeTree
  var plan: UpdatePlan?
  var report: UpdateReport
}

/// Plans an update; what was generated earlier is taken if nothing that it was made of changed.
private func propose(
  _ project: Project, _ generator: Generator, _ options: UpdateOptions,
  reusing earlier: MadeTree? = nil
) throws(OperationError) -> Proposal {
  let source = try UpdateSource(of: project)
  let made: MadeTree
  if let earlier, earlier.source.isSame(as: source) {
    made = earlier
  } else {
    made = try MadeTree(source, generator, options)
  }
  var proposal = Proposal(made: made, report: UpdateReport(diagnostics: made.diagnostics))
  guard let tree = made.tree else { return proposal }
  var paths = Set(tree.keys).union(made.records.paths)
  if !options.includesEditorSchema { paths.remove(.schema) }
  try checkKeptPaths(options, among: paths)
  var disk: [RelativePath: Folder.Entry] = [:]
  for path in paths.sorted() {
    disk[path] = try mapErrors { () throws(FileError) in try project.folder.entry(path) }
  }
  let plan = planUpdate(to: tree, made.ledger, from: made.records, on: disk, options)
  proposal.plan = plan
  proposal.report.changes = project.withBases(plan.changes, made.records)
  proposal.report.unchangedCount = plan.unchangedCount
  proposal.report.writesAnything = plan.writesAnything
  proposal.report.isComplete = true
  proposal.report.needs = made.needs
  return proposal
}

extension Project {
  /// Adds to conflicts what was generated last, as far as it is known.
  fileprivate func withBases(_ changes: [FileChange], _ records: Records) -> [FileChange] {
    guard changes.contains(where: { $0.conflict == .edited }) else { return changes }
    let texts = generatedTexts
    return changes.map { change in
      var change = change
      if change.conflict == .edited {
        change.base = texts.text(of: change.path, records.generated(change.path))
      }
      return change
    }
  }
}

private func paths(of tree: FileTree) throws(OperationError) -> [RelativePath: [UInt8]] {
  var found: [RelativePath: [UInt8]] = [:]
  for (text, bytes) in tree.files.sorted(by: { $0.key < $1.key }) {
    guard let path = RelativePath(text), path.isForGeneratedFiles else {
      throw OperationError(
        "nothing may be generated at \(text)",
        help: "Choose another folder by `infra.directory` in the manifest.")
    }
    found[path] = bytes
  }
  return found
}

private func checkKeptPaths(
  _ options: UpdateOptions, among paths: Set<RelativePath>
) throws(OperationError) {
  guard let unknown = options.keptPaths.subtracting(paths).min() else { return }
  let near = nearestMatch(unknown.text, in: paths.sorted().map(\.text))
  throw OperationError(
    "webkit doesn't generate \(unknown), so there is nothing to keep",
    help: near.map { "Did you mean `--keep \($0)`?" } ?? "Leave `--keep \(unknown)` out.",
    kind: .wrongUsage)
}

/// How long another run is waited for, in tenths of a second.
private let patience = 600

private func takeLock(
  of project: Project, onWaiting: () -> Void
) throws(OperationError) -> FileLock {
  for round in 0..<patience {
    let lock = try lockAttempt(project)
    if let lock { return lock }
    if round == 0 { onWaiting() }
    pause(milliseconds: 100)
  }
  throw OperationError(
    "another webkit has been writing in this project for a minute",
    help: "Wait until it ends, or end it, and run the command again.")
}

private func lockAttempt(_ project: Project) throws(OperationError) -> FileLock? {
  do throws(FileError) {
    guard let lock = try FileLock.attempt(.lock, in: project.folder) else { return nil }
    if try project.folder.read(.cacheIgnore) == nil {
      try project.folder.replace(.cacheIgnore, with: Array("*\n".utf8))
    }
    return lock
  } catch {
    throw OperationError(error)
  }
}
