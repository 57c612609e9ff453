public import Diagnostics
import Files
import Generation
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
  return try write(project, generator, options, under: lock)
}

/// Decides anew, since another run may have written meanwhile, and writes.
private func write(
  _ project: Project, _ generator: Generator, _ options: UpdateOptions,
  under lock: borrowing FileLock
) throws(OperationError) -> UpdateReport {
  let final = try propose(project, generator, options)
  guard let plan = final.plan, !plan.hasConflicts else { return final.report }
  do throws(FileError) {
    try project.removeLeftovers(of: final.records)
    if plan.writesAnything { for step in plan.steps { try project.perform(step) } }
  } catch {
    var failure = OperationError(error)
    failure.help += " Every file is whole; `webkit update` goes on where this run stopped."
    throw failure
  }
  return final.report
}

/// A plan and what led to it.
private struct Proposal {
  var records: Records
  var plan: UpdatePlan?
  var report: UpdateReport
}

private func propose(
  _ project: Project, _ generator: Generator, _ options: UpdateOptions
) throws(OperationError) -> Proposal {
  let source = try project.manifest()
  let records = try Records(of: project)
  var diagnostics = Diagnostics()
  let manifest = generator.read(source, &diagnostics)
  let made = manifest.flatMap {
    generator.make($0, records.memory, options.prunesProviders, &diagnostics)
  }
  var proposal = Proposal(records: records, report: UpdateReport(diagnostics: diagnostics))
  guard let made, !diagnostics.hasErrors else { return proposal }
  let tree = try paths(of: made.files)
  try checkKeptPaths(options, among: Set(tree.keys).union(records.paths))
  var disk: [RelativePath: Folder.Entry] = [:]
  for path in Set(tree.keys).union(records.paths) {
    disk[path] = try mapErrors { () throws(FileError) in try project.folder.entry(path) }
  }
  let plan = planUpdate(to: tree, memory: made.memory, from: records, on: disk, options)
  proposal.plan = plan
  proposal.report.changes = plan.changes
  proposal.report.unchangedCount = plan.unchangedCount
  proposal.report.writesAnything = plan.writesAnything
  proposal.report.isComplete = true
  return proposal
}

private func paths(of tree: FileTree) throws(OperationError) -> [RelativePath: [UInt8]] {
  var found: [RelativePath: [UInt8]] = [:]
  for (text, bytes) in tree.files {
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
