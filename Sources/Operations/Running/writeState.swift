import Files
import Platform

extension PreparedRun {
  /// Says what there is to say of the last run that wrote the state, if it didn't end well.
  @discardableResult
  func tellOfLastRun(
    in project: Project, _ tell: (EngineMessage) -> Void
  ) throws(OperationError) -> LastRun? {
    guard let last = try lastRun(in: project) else { return nil }
    for finding in last.findings { tell(.finding(finding)) }
    // What has been said and leaves nothing to do isn't said again.
    if !last.matters { try RunJournal(of: target.environment, in: project).end() }
    return last
  }

  /// The same for what only reads: nothing where a run is at it still.
  func tellOfLastRunIfOver(
    in project: Project, _ tell: (EngineMessage) -> Void
  ) throws(OperationError) {
    if WorkFolder.isFree(target.environment, in: project) {
      try tellOfLastRun(in: project, tell)
    }
  }

  /// Keeps a copy of the state, and begins a journal of what is done to it.
  func beginWriting(
    _ command: String, since last: LastRun?, in project: Project
  ) throws(OperationError) -> RunJournal {
    let copy = try keepState(in: project)
    let journal = try RunJournal(of: target.environment, in: project)
    try journal.begin(command, after: copy, orphans: last?.orphans ?? [])
    return journal
  }

  /// Ends a journal, unless something stays open: then it says what.
  ///
  /// - Parameters:
  ///   - journal: The journal.
  ///   - end: How the engine ended.
  ///   - isWhole: Whether the run made all that the tree describes, if it ended well.
  ///   - project: The project.
  ///   - tell: Called with what stays open.
  func endWriting(
    _ journal: RunJournal, _ end: ProgramEnd?, isWhole: Bool, in project: Project,
    _ tell: (EngineMessage) -> Void
  ) throws(OperationError) {
    if end == .exited(0), isWhole { return try journal.end() }
    guard let last = try lastRun(in: project) else { return }
    guard last.matters else { return try journal.end() }
    for finding in last.findings { tell(.finding(finding)) }
  }
}
