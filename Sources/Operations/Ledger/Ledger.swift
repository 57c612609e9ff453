import Files
import Generation

/// What webkit knows of earlier runs: `.webkit/infra.json`, which is committed.
struct Ledger: Hashable, Sendable {
  /// The digest of the text that was generated for each file, whatever stands in it now.
  var files: [RelativePath: Digest] = [:]
  /// What generation has to know.
  var memory = GenerationMemory()
}

/// An update that began to write: `.webkit/infra.next.json`, which is gone when it is done.
struct PendingUpdate: Hashable, Sendable {
  /// The ledger that holds when the update is done.
  var ledger: Ledger
  /// The digests of the files that the update replaces or removes, as they stood before it.
  var before: [RelativePath: Digest] = [:]
}

/// All that is known of the files that webkit wrote.
struct Records: Hashable, Sendable {
  /// The ledger of the last update that was done; nil where there was none yet.
  var ledger: Ledger?
  /// An update that was killed; nil where there is none.
  var pending: PendingUpdate?

  /// What generation has to know; a killed update counts as if it had been done.
  var memory: GenerationMemory { pending?.ledger.memory ?? ledger?.memory ?? GenerationMemory() }

  /// Every path that a run may have written.
  var paths: Set<RelativePath> {
    var paths = Set((ledger?.files ?? [:]).keys)
    if let pending {
      paths.formUnion(pending.ledger.files.keys)
      paths.formUnion(pending.before.keys)
    }
    return paths
  }

  /// The digests of the texts that were generated for a file.
  func generated(_ path: RelativePath) -> Set<Digest> {
    Set([ledger?.files[path], pending?.ledger.files[path]].compactMap(\.self))
  }

  /// The digests that a file has when nobody else changed it.
  func known(_ path: RelativePath) -> Set<Digest> {
    var digests = generated(path)
    if let before = pending?.before[path] { digests.insert(before) }
    return digests
  }
}
