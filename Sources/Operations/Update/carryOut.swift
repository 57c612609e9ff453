import Files
import Platform

extension Project {
  /// Does what a plan says.
  ///
  /// Until the first file is replaced or removed, a failure is undone: no file has changed then.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - isResumption: Whether it also finishes an update that was killed.
  /// - Throws: When the system refuses.
  func carryOut(_ plan: UpdatePlan, isResumption: Bool) throws(OperationError) {
    let steps = plan.steps
    let new = try mapErrors { () throws(FileError) in try absent(plan.foldersOfWrittenFiles) }
    var hasChangedFiles = false
    do throws(FileError) {
      for step in steps {
        hasChangedFiles = hasChangedFiles || step.changesFiles
        try perform(step)
      }
    } catch {
      var failure = OperationError(error)
      if hasChangedFiles || isResumption {
        failure.help += " Every file is whole; `webkit update` goes on where this run stopped."
      } else {
        undo(steps, folders: new)
        failure.help += " Nothing was written."
      }
      throw failure
    }
  }

  private func absent(_ folders: Set<RelativePath>) throws(FileError) -> [RelativePath] {
    var found: [RelativePath] = []
    for path in folders where try folder.entry(path) == .absent { found.append(path) }
    return found.sorted { ($1.parts.count, $0) < ($0.parts.count, $1) }
  }

  /// Takes back preparations; what can't be taken back, the next run removes.
  private func undo(_ steps: [WriteStep], folders: [RelativePath]) {
    for case .prepare(let path, _) in steps { try? folder.removeLeftover(of: path) }
    try? folder.remove(.pendingUpdate)
    for path in folders { folder.removeIfEmpty(path) }
  }
}

extension WriteStep {
  /// Whether the files of the project, or the ledger, are others afterwards.
  fileprivate var changesFiles: Bool {
    switch self {
    case .place, .remove: true
    case .announce, .prepare, .settle, .removeIfEmpty, .synchronise, .conclude, .remember: false
    }
  }
}
