import Diagnostics
import Files
import Platform

/// Something that is about to be done to the state.
struct Writing: Sendable {
  /// The command: `apply`.
  var command: String
  /// The copy of the state from before; nil where there was none.
  var copy: StateCopy?
  /// The last run, if it didn't end well.
  var last: LastRun?
  /// Whether all that the tree describes is there afterwards, if it ends well.
  var isWhole: Bool

  init(_ command: String, after copy: StateCopy?, since last: LastRun?, isWhole: Bool) {
    (self.command, self.copy, self.last, self.isWhole) = (command, copy, last, isWhole)
  }
}

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

  /// Applies the plan of a folder, and keeps a journal of it until it has ended well.
  func carryOut(
    _ writing: Writing, in folder: borrowing WorkFolder, _ project: Project,
    _ tell: @escaping @Sendable (EngineMessage) -> Void
  ) throws(OperationError) -> ProgramEnd {
    let journal = try begin(writing, in: project)
    let file = try folder.planFile(self, project)
    let call = folder.guarded(call(["apply", "-json", "-input=false", file]), journal: journal)
    let heard = EngineRecord()
    let end = try stream(call, for: target, into: heard, tell)
    if case .killed(let signal) = end { tell(.finding(.engineWasKilled(signal))) }
    try self.end(writing, end, heard: heard.lines, in: project, tell)
    return end
  }

  /// Begins a journal of what is done to the state.
  @discardableResult
  func begin(_ writing: Writing, in project: Project) throws(OperationError) -> RunJournal {
    let journal = try RunJournal(of: target.environment, in: project)
    try journal.begin(writing.command, after: writing.copy, orphans: writing.last?.orphans ?? [])
    return journal
  }

  /// Ends a journal, unless something stays open: then it says what.
  ///
  /// - Parameters:
  ///   - writing: What was done.
  ///   - end: How the engine ended.
  ///   - heard: What it said, where this process knows.
  ///   - project: The project.
  ///   - tell: Called with what stays open.
  /// - Throws: When a file can't be read or written.
  func end(
    _ writing: Writing, _ end: ProgramEnd, heard: [UInt8] = [], in project: Project,
    _ tell: (EngineMessage) -> Void
  ) throws(OperationError) {
    let journal = try RunJournal(of: target.environment, in: project)
    if end == .exited(0), writing.isWhole { return try journal.end() }
    if let state = UnfinishedRun(journal: heard).dumped,
      let elsewhere = try keep(dumped: state, journal, in: project)
    {
      return tell(.finding(elsewhere))
    }
    guard let last = try lastRun(in: project, heard: heard) else { return }
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
