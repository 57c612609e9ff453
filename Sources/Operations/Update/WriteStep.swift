import Files
import Platform

/// One act of an update; a process that dies between or within two of them does no harm.
///
/// The order makes it so: the announcement, with the digests of before and after, is on the disk
/// before the first file changes, and goes when all names are on the disk too.
enum WriteStep: Hashable, Sendable {
  /// Says what is about to be written.
  case announce(PendingUpdate)
  /// Writes a text beside the file that it is for.
  case prepare(RelativePath, [UInt8])
  /// Waits until such texts are on the disk.
  case settle([RelativePath])
  /// Puts such a text into its file.
  case place(RelativePath)
  /// Removes a file.
  case remove(RelativePath)
  /// Removes a folder if it is empty.
  case removeIfEmpty(RelativePath)
  /// Waits until the names in folders are on the disk; nil for the project's own folder.
  case synchronise([RelativePath?])
  /// Says that it is done.
  case conclude
  /// Keeps the generated texts for later differences.
  case remember(GeneratedTexts)
}

extension UpdatePlan {
  /// The acts that carry the plan out, in order.
  var steps: [WriteStep] {
    var placed: [RelativePath] = []
    var prepared: [WriteStep] = []
    var removed: [WriteStep] = []
    var touched: Set<RelativePath?> = [.webkit, nil]
    for change in changes {
      switch change.kind {
      case .written, .changed:
        prepared.append(.prepare(change.path, change.new ?? []))
        placed.append(change.path)
      case .removed: removed.append(.remove(change.path))
      case .kept, .released, .conflict: continue
      }
      touched.formUnion(change.path.ancestors)
    }
    prepared.append(.prepare(.ledger, ledger.bytes))
    placed.append(.ledger)

    var steps: [WriteStep] = []
    let pending = PendingUpdate(ledger: ledger, before: before)
    if placed.count + removed.count > 1 { steps.append(.announce(pending)) }
    steps += prepared + [.settle(placed)]
    // The announcement's own name, before the first file changes.
    steps.append(.synchronise([.webkit, nil]))
    steps += placed.dropLast().map { .place($0) } + removed + [.place(.ledger)]
    steps += folders.map { .removeIfEmpty($0) }
    steps.append(.synchronise(touched.sorted { ($0?.text ?? "") < ($1?.text ?? "") }))
    return steps + [.conclude, .remember(texts)]
  }

  /// The folders of the files that are written.
  var foldersOfWrittenFiles: Set<RelativePath> {
    let written = changes.filter { $0.kind == .written }
    return Set(written.flatMap(\.path.ancestors)).union([.webkit])
  }
}

extension Project {
  /// Does one act of an update.
  func perform(_ step: WriteStep) throws(FileError) {
    switch step {
    case .announce(let pending): try folder.replace(.pendingUpdate, with: pending.bytes)
    case .prepare(let path, let bytes): try folder.prepare(path, with: bytes)
    case .settle(let paths): try folder.settle(paths)
    case .place(let path): try folder.place(path)
    case .remove(let path): try folder.remove(path)
    case .removeIfEmpty(let path): folder.removeIfEmpty(path)
    case .synchronise(let paths): try folder.synchronise(paths)
    case .conclude: try folder.remove(.pendingUpdate)
    case .remember(let texts): remember(texts)
    }
  }

  /// Removes what killed writes may have left, of the records and of all files given.
  func removeLeftovers(of records: Records) throws(FileError) {
    try folder.removeLeftover(of: .ledger)
    try folder.removeLeftover(of: .pendingUpdate)
    // As long as files are being written, an announcement says so.
    guard records.pending != nil else { return }
    for path in records.paths.sorted() { try folder.removeLeftover(of: path) }
  }

  /// Whether a killed write of the records left anything.
  var hasLeftovers: Bool {
    folder.hasLeftover(of: .ledger) || folder.hasLeftover(of: .pendingUpdate)
  }
}
