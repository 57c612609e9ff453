import Diagnostics
import Files
import Platform

/// A run that wrote the state and didn't end well, and what is left of it.
struct LastRun: Sendable {
  /// The environment.
  var environment: String
  /// The run.
  var run: UnfinishedRun
  /// What has become of the state since before the run; nil where it can't be read now.
  var condition: StateCondition?
  /// The addresses of what may exist though the state doesn't know it.
  var orphans: [String] = []
  /// What was being done to what the state knows.
  var open: [UnfinishedRun.Change] = []
  /// The number of the copy that is what the engine couldn't store; nil where there is none, or it is
  /// stored by now.
  var left: Int?
  /// The journal.
  var journal: RelativePath

  /// Whether anything has to be known of it still.
  var matters: Bool {
    condition != .sound || !orphans.isEmpty || !open.isEmpty || left != nil
  }

  /// Whether the state lost what it knew.
  var lostState: Bool { condition?.isLoss ?? false }
}

extension PreparedRun {
  /// Looks what is left of the last run that wrote the state, if it didn't end well.
  ///
  /// - Parameters:
  ///   - project: The project.
  ///   - heard: What this process heard of it itself.
  /// - Returns: Nil where there is no such run; nothing is run then.
  /// - Throws: When a file can't be read or written.
  func lastRun(in project: Project, heard: [UInt8] = []) throws(OperationError) -> LastRun? {
    let journal = try RunJournal(of: target.environment, in: project)
    guard var run = try journal.read(heard: heard) else { return nil }
    if let copy = try keepUnstoredState(of: run, in: project) {
      try journal.note(left: copy)
      run.left = copy.number
    }
    var last = LastRun(environment: target.environment, run: run, journal: journal.path)
    // Where it can't be reached, whoever needs it will say so.
    let present = try? presentState(in: project)
    var now = present.flatMap { StateSummary($0.bytes) }
    last.condition = present?.condition(since: run)
    let copies = try StateCopies(of: target.environment, in: project).all()
    // Of a state that is lost, any copy since then tells more than the one from before.
    let left = copies.first { copy in
      copy.number == run.left || last.lostState && copy.isAfter(run)
    }
    if let left, left.serial > now?.serial ?? 0 {
      last.left = left.number
      now = try summary(of: left, in: project)
    }
    let before = try copies.first { $0.isBefore(run) }
      .flatMap { copy throws(OperationError) in try summary(of: copy, in: project) }
    let isKnown = { (address: String) in
      guard let present = now?.instances[address] else { return false }
      return present != before?.instances[address]
    }
    let made = (run.done + run.open).filter { $0.action == "create" }.map(\.address)
    var seen: Set<String> = []
    for address in run.orphans + made where !isKnown(address) && seen.insert(address).inserted {
      last.orphans.append(address)
    }
    last.open = run.open.filter { $0.action != "create" }
    return last
  }

  /// Keeps as a copy what the engine couldn't store, and left in the tree or printed; nil where there is
  /// nothing of this environment.
  private func keepUnstoredState(
    of run: UnfinishedRun, in project: Project
  ) throws(OperationError) -> StateCopy? {
    let copies = try StateCopies(of: target.environment, in: project)
    guard let path = RelativePath("\(tree.text)/errored.tfstate"),
      let bytes = try mapErrors({ () throws(FileError) in try project.folder.read(path) }),
      let left = StateSummary(bytes), left.lineage == run.lineage ?? left.lineage
    else {
      guard run.left == nil, let dumped = run.dumped else { return nil }
      return try copies.keep(dumped)
    }
    guard let copy = try copies.keep(bytes) else { return nil }
    try mapErrors { () throws(FileError) in try project.folder.remove(path) }
    return copy
  }

  private func summary(
    of copy: StateCopy, in project: Project
  ) throws(OperationError) -> StateSummary? {
    let bytes = try mapErrors { () throws(FileError) in try project.folder.read(copy.path) }
    return bytes.flatMap { StateSummary($0) }
  }
}

extension StateCopy {
  /// Whether it was kept before a run.
  fileprivate func isBefore(_ run: UnfinishedRun) -> Bool {
    (number, lineage, serial) == (run.copy ?? 0, run.lineage ?? "", run.serial ?? 0)
  }

  /// Whether it was kept since a run began, of a state that goes on from the one before.
  fileprivate func isAfter(_ run: UnfinishedRun) -> Bool {
    number > run.copy ?? 0 && lineage == run.lineage ?? lineage && serial > run.serial ?? 0
  }
}

extension PresentState {
  /// What has become of it since before a run.
  fileprivate func condition(since run: UnfinishedRun) -> StateCondition {
    if case .broken = self { return .unreadable }
    // Where there was none before, none may be lost.
    guard let lineage = run.lineage, let serial = run.serial else { return .sound }
    return compareState(bytes, lineage: lineage, serial: serial)
  }
}
