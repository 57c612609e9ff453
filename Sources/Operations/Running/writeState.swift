import Diagnostics
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

  /// Begins a journal of what is done to a state of which a copy was kept.
  func beginWriting(
    _ command: String, after copy: StateCopy?, since last: LastRun?, in project: Project
  ) throws(OperationError) -> RunJournal {
    let journal = try RunJournal(of: target.environment, in: project)
    try journal.begin(command, after: copy, orphans: last?.orphans ?? [])
    return journal
  }

  /// Ends a journal, unless something stays open: then it says what.
  ///
  /// - Parameters:
  ///   - journal: The journal.
  ///   - end: How the engine ended.
  ///   - heard: What the engine said.
  ///   - isWhole: Whether the run made all that the tree describes, if it ended well.
  ///   - project: The project.
  ///   - tell: Called with what stays open.
  /// - Throws: When a file can't be read or written.
  func endWriting(
    _ journal: RunJournal, _ end: ProgramEnd?, heard: EngineRecord? = nil, isWhole: Bool,
    in project: Project, _ tell: (EngineMessage) -> Void
  ) throws(OperationError) {
    if end == .exited(0), isWhole { return try journal.end() }
    if let heard, let state = UnfinishedRun(journal: heard.lines).dumped,
      let elsewhere = try keep(dumped: state, journal, in: project)
    {
      return tell(.finding(elsewhere))
    }
    guard let last = try lastRun(in: project, heard: heard?.lines ?? []) else { return }
    guard last.matters else { return try journal.end() }
    for finding in last.findings { tell(.finding(finding)) }
  }

  /// Keeps the state that the engine could write nowhere, and printed.
  ///
  /// - Returns: Where it is, if that isn't among the copies.
  private func keep(
    dumped bytes: [UInt8], _ journal: RunJournal, in project: Project
  ) throws(OperationError) -> Diagnostic? {
    let copies = try StateCopies(of: target.environment, in: project)
    do throws(OperationError) {
      if let copy = try copies.keep(bytes) { try journal.note(left: copy) }
      return nil
    } catch {
      // The project's disk is full, or can't be written; another may be.
      let number = (try copies.all().first?.number ?? 0) + 1
      let name = "webkit-\(target.environment)-\(number).tfstate"
      let path = "\(variables.values["TMPDIR"] ?? "/tmp")/\(name)"
      try writeForOwner(bytes, to: path, in: project)
      return .keptElsewhere(path, "\(copies.folder.text)/\(number).tfstate", error)
    }
  }
}

extension Diagnostic {
  fileprivate static func keptElsewhere(
    _ path: String, _ place: String, _ error: OperationError
  ) -> Diagnostic {
    Diagnostic(
      .error, "run.left-state", "the state can't be written in the project's folder",
      detail: "\(error.summary.capitalizedFirst).",
      help: """
        It is kept as \(path). Make room, move it to \(place), and put it back: \
        `webkit infra state restore`.
        """)
  }
}
