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
  /// The file with the state that the engine couldn't store, in the tree; nil where there is none.
  var leftState: String?
  /// The journal.
  var journal: RelativePath

  /// Whether anything has to be known of it still.
  var matters: Bool {
    condition != .sound || !orphans.isEmpty || !open.isEmpty || leftState != nil
  }

  /// Whether the state lost what it knew.
  var lostState: Bool { condition?.isLoss ?? false }
}

extension PreparedRun {
  /// Looks what is left of the last run that wrote the state, if it didn't end well.
  ///
  /// - Returns: Nil where there is no such run; nothing is run then.
  func lastRun(in project: Project) throws(OperationError) -> LastRun? {
    let journal = try RunJournal(of: target.environment, in: project)
    guard let run = try journal.read() else { return nil }
    var last = LastRun(environment: target.environment, run: run, journal: journal.path)
    let stored = try pulledState()
    let now = stored.bytes.flatMap { StateSummary($0) }
    last.condition = stored.condition(since: run)
    let before = try state(before: run, in: project)
    let isKnown = { (address: String) in
      guard let present = now?.instances[address] else { return false }
      return present != before?.instances[address]
    }
    var seen: Set<String> = []
    let made = (run.done + run.open).filter { $0.action == "create" }.map(\.address)
    for address in run.orphans + made where !isKnown(address) && seen.insert(address).inserted {
      last.orphans.append(address)
    }
    last.open = run.open.filter { $0.action != "create" }
    last.leftState = try leftState(of: run, newerThan: now, in: project)
    return last
  }

  /// The name of the file in which the engine left what it couldn't store, if it knows more.
  private func leftState(
    of run: UnfinishedRun, newerThan now: StateSummary?, in project: Project
  ) throws(OperationError) -> String? {
    let name = "errored.tfstate"
    guard let path = RelativePath("\(tree.text)/\(name)"),
      let bytes = try mapErrors({ () throws(FileError) in try project.folder.read(path) }),
      let left = StateSummary(bytes)
    else { return nil }
    // Another environment's would do harm here.
    guard left.lineage == run.lineage ?? now?.lineage ?? left.lineage else { return nil }
    return left.serial > now?.serial ?? 0 ? name : nil
  }

  /// The state from before a run, where the copy of it is kept still.
  private func state(
    before run: UnfinishedRun, in project: Project
  ) throws(OperationError) -> StateSummary? {
    let copies = try StateCopies(of: target.environment, in: project).all()
    let copy = copies.first { copy in
      (copy.number, copy.lineage, copy.serial) == (run.copy ?? 0, run.lineage, run.serial ?? 0)
    }
    guard let copy else { return nil }
    let bytes = try mapErrors { () throws(FileError) in try project.folder.read(copy.path) }
    return bytes.flatMap { StateSummary($0) }
  }

  /// Asks for the state as it is.
  private func pulledState() throws(OperationError) -> StoredState {
    let (output, errors) = (CollectedOutput(), CollectedOutput())
    var call = call(["state", "pull"])
    (call.output, call.errors) = (output.stream, errors.stream)
    if try run(call) == .exited(0) { return .bytes(output.bytes) }
    return saysStateIsDamaged(errors.text) ? .damaged : .unreachable
  }
}

/// What the engine gives as the state.
private enum StoredState {
  /// What is stored; nothing where there is none.
  case bytes([UInt8])
  /// Something is there, and it is no state.
  case damaged
  /// It can't be read now.
  case unreachable

  var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }

  func condition(since run: UnfinishedRun) -> StateCondition? {
    switch self {
    case .damaged: return .unreadable
    case .unreachable: return nil
    case .bytes(let bytes):
      guard let lineage = run.lineage, let serial = run.serial else {
        // There was none before, so that none may be lost.
        return .sound
      }
      return compareState(bytes, lineage: lineage, serial: serial)
    }
  }
}
