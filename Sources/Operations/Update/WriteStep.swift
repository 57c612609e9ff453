import Files
import Platform

/// One act of an update; a process that dies between or within two of them does no harm.
enum WriteStep: Hashable, Sendable {
  /// Says what is about to be written.
  case announce(PendingUpdate)
  /// Puts a text into a file.
  case replace(RelativePath, [UInt8])
  /// Removes a file.
  case remove(RelativePath)
  /// Removes a folder if it is empty.
  case removeIfEmpty(RelativePath)
  /// Waits until the names in a folder are on the disk; nil for the project's own folder.
  case synchronise(RelativePath?)
  /// Says that it is done.
  case conclude(Ledger)
}

extension UpdatePlan {
  /// The acts that carry the plan out, in order.
  var steps: [WriteStep] {
    var acts: [WriteStep] = []
    var touched: Set<RelativePath?> = []
    for change in changes {
      switch change.kind {
      case .written, .changed: acts.append(.replace(change.path, change.new ?? []))
      case .removed: acts.append(.remove(change.path))
      case .kept, .released, .conflict: continue
      }
      touched.formUnion(change.path.ancestors)
      touched.insert(nil)
    }
    acts += folders.map { .removeIfEmpty($0) }
    acts += touched.sorted { ($0?.text ?? "") < ($1?.text ?? "") }.map { .synchronise($0) }
    if acts.isEmpty { return [.conclude(ledger)] }
    return [.announce(PendingUpdate(ledger: ledger, before: before))] + acts + [.conclude(ledger)]
  }
}

extension Project {
  /// Does one act of an update.
  func perform(_ step: WriteStep) throws(FileError) {
    switch step {
    case .announce(let pending):
      try folder.replace(.pendingUpdate, with: pending.bytes)
      try folder.synchronise(.webkit)
      try folder.synchronise(nil)
    case .replace(let path, let bytes): try folder.replace(path, with: bytes)
    case .remove(let path): try folder.remove(path)
    case .removeIfEmpty(let path): folder.removeIfEmpty(path)
    case .synchronise(let path): try folder.synchronise(path)
    case .conclude(let ledger):
      try folder.replace(.ledger, with: ledger.bytes)
      try folder.synchronise(.webkit)
      try folder.remove(.pendingUpdate)
      try folder.synchronise(.webkit)
    }
  }

  /// Removes what killed writes may have left, of the records and of all files given.
  func removeLeftovers(of records: Records) throws(FileError) {
    for path in [.ledger, .pendingUpdate] + records.paths.sorted() {
      try folder.removeLeftover(of: path)
    }
  }

  /// Whether a killed write of the records left anything.
  var hasLeftovers: Bool {
    folder.hasLeftover(of: .ledger) || folder.hasLeftover(of: .pendingUpdate)
  }
}
