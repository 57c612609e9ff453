import Files
import Generation
import Platform

/// What an update does, decided before anything is written.
struct UpdatePlan: Hashable, Sendable {
  /// What becomes of each file that doesn't stay as it is, in the order of paths.
  var changes: [FileChange] = []
  /// How many files are as they should be.
  var unchangedCount = 0
  /// The ledger that holds afterwards.
  var ledger = Ledger()
  /// The digests of what is replaced or removed.
  var before: [RelativePath: Digest] = [:]
  /// The generated texts.
  var texts = GeneratedTexts()
  /// Folders to remove if they are empty then, the innermost first.
  var folders: [RelativePath] = []
  /// Whether the ledger has to be written although it may be all there is to write.
  var needsLedger = false

  /// Whether somebody has to decide first.
  var hasConflicts: Bool { changes.contains { $0.kind == .conflict } }

  /// Whether anything is written or removed.
  var writesAnything: Bool {
    needsLedger || changes.contains { [.written, .changed, .removed].contains($0.kind) }
  }
}

/// Decides what becomes of every file.
///
/// - Parameters:
///   - tree: The generated texts.
///   - memory: What the next run has to know.
///   - records: What earlier runs wrote.
///   - disk: What stands at each path of the tree and the records; a path without entry is free.
///   - options: What the caller wants.
/// - Returns: The plan, which is carried out unless it has conflicts.
func planUpdate(
  to tree: [RelativePath: [UInt8]], memory: GenerationMemory, from records: Records,
  on disk: [RelativePath: Folder.Entry], _ options: UpdateOptions
) -> UpdatePlan {
  let ledger = Ledger(files: tree.mapValues { Digest(of: $0) }, memory: memory)
  return planUpdate(to: tree, ledger, from: records, on: disk, options)
}

/// Decides what becomes of every file, with the ledger that holds afterwards.
func planUpdate(
  to tree: [RelativePath: [UInt8]], _ ledger: Ledger, from records: Records,
  on disk: [RelativePath: Folder.Entry], _ options: UpdateOptions
) -> UpdatePlan {
  var plan = UpdatePlan(ledger: ledger, texts: GeneratedTexts(files: tree))
  for (path, text) in tree.sorted(by: { $0.key < $1.key }) {
    let change = change(of: path, to: text, records, disk[path] ?? .absent, options)
    guard let change else {
      plan.unchangedCount += 1
      continue
    }
    plan.add(change)
  }
  for path in records.paths.sorted() where tree[path] == nil {
    if let change = removal(of: path, records, disk[path] ?? .absent, options) {
      plan.add(change)
    }
  }
  plan.changes.sort { $0.path < $1.path }
  let used = Set(tree.keys.flatMap(\.ancestors))
  let left = Set(records.paths.flatMap(\.ancestors)).subtracting(used)
  plan.folders = left.sorted { ($1.parts.count, $0) < ($0.parts.count, $1) }
  plan.needsLedger = records.pending != nil || records.ledger != plan.ledger
  return plan
}

extension UpdatePlan {
  fileprivate mutating func add(_ change: FileChange) {
    changes.append(change)
    if change.kind == .changed || change.kind == .removed, let old = change.old {
      before[change.path] = Digest(of: old)
    }
  }
}

/// What becomes of a file that is generated; nil if it stays as it is.
private func change(
  of path: RelativePath, to text: [UInt8], _ records: Records, _ entry: Folder.Entry,
  _ options: UpdateOptions
) -> FileChange? {
  guard case .file(let old) = entry else {
    if entry == .absent { return FileChange(.written, path, new: text) }
    return FileChange(.conflict, path, conflict: .notAFile, new: text)
  }
  if old == text || old.withoutCarriageReturns == text { return nil }
  let known = records.known(path)
  func change(_ kind: FileChange.Kind, _ conflict: FileChange.Conflict? = nil) -> FileChange {
    FileChange(kind, path, conflict: conflict, old: old, new: text)
  }
  if isUnedited(old, known) {
    return change(options.keptPaths.contains(path) ? .kept : .changed)
  }
  let isDecided = records.generated(path).contains(Digest(of: text))
  if isDecided || options.keptPaths.contains(path) { return change(.kept) }
  if options.forces { return change(.changed) }
  return change(.conflict, known.isEmpty ? .foreign : .edited)
}

/// What becomes of a file that is no longer generated; nil if it's gone already.
private func removal(
  of path: RelativePath, _ records: Records, _ entry: Folder.Entry, _ options: UpdateOptions
) -> FileChange? {
  guard case .file(let old) = entry else {
    return entry == .absent ? nil : FileChange(.released, path)
  }
  let isOurs = isUnedited(old, records.known(path)) && !options.keptPaths.contains(path)
  return FileChange(isOurs ? .removed : .released, path, old: old)
}

/// Whether a text is one that webkit wrote, line ends aside.
private func isUnedited(_ text: [UInt8], _ known: Set<Digest>) -> Bool {
  known.contains(Digest(of: text)) || known.contains(Digest(of: text.withoutCarriageReturns))
}
