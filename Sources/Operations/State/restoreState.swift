public import Diagnostics
public import Files
import Generation
public import Platform

/// What is known of the former states of an environment, or what became of one.
public struct StateReport: Sendable {
  /// Why nothing was done.
  public var diagnostics = Diagnostics()
  /// The environment; empty where it didn't come so far.
  public var environment = ""
  /// The copies that are kept here, the last one first.
  public var copies: [StateCopy] = []
  /// The versions that the bucket holds, the last one first; nil where nobody was asked.
  public var versions: [StateVersion]?
  /// What who keeps states there has to know, where the store lists no versions.
  public var upkeep: String?
  /// What a person can run where webkit can't ask the store.
  public var commands: HandCommands?
  /// The state that was put back, or kept.
  public var state: StateCopy?
  /// What the state holds now and that one doesn't: nobody will know of it.
  public var forgotten: [String] = []
  /// What that one holds and the state doesn't.
  public var returning: [String] = []
  /// Where what stood in the place of the state is kept, if it was none.
  public var broken: RelativePath?
}

/// Which former state is meant.
public enum FormerState: Sendable {
  /// The last copy.
  case lastCopy
  /// The copy of a number.
  case copy(Int)
  /// A version that the bucket holds.
  case version(String)
}

/// Puts a former state back; what was the state becomes a copy.
///
/// - Parameters:
///   - project: The project.
///   - former: Which one.
///   - options: The environment and the engine.
///   - isForced: Whether a state of another history is replaced as well.
///   - generator: What tells whether the tree is that of the manifest.
///   - environment: The variables of this process.
///   - tell: Called with what there is to say meanwhile.
///   - confirm: Called with what would be done; without its yes nothing happens.
/// - Returns: What was done.
/// - Throws: When there is no such state, something that is needed is missing, or the state can't be
///   read or written.
public func restoreState(
  _ project: Project, _ former: FormerState, _ options: RunOptions, isForced: Bool,
  with generator: Generator, in environment: Environment, tell: (EngineMessage) -> Void,
  confirm: (StateReport) throws(OperationError) -> Bool
) throws(OperationError) -> StateReport {
  var report = StateReport()
  let prepared = try prepareRun(
    project, options, with: generator, in: environment, into: &report.diagnostics)
  guard let prepared else { return report }
  report.environment = prepared.target.environment
  let copies = try StateCopies(of: report.environment, in: project)
  report.copies = try copies.all()
  try checkCredentials(prepared.variables.missingForState)
  // Held to the end, so that no other run of webkit's writes meanwhile.
  let folder = try WorkFolder.make(for: report.environment, in: project)
  let (wanted, bytes) = try prepared.find(former, report.copies, in: project)
  guard !wanted.isBlank else {
    throw OperationError(
      "\(wanted.name) is from before there was a state", help: "Name another one.")
  }
  try initialise(prepared, in: project)
  let present = try prepared.presentState(in: project)
  report.state = wanted
  report.compare(present.bytes, bytes)
  if let copy = present.copy, copy.lineage != wanted.lineage, !isForced {
    throw OperationError(
      "\(wanted.name) isn't of the state that \(report.environment) has now",
      help: "It comes from another history. If that is meant, add `--force`.")
  }
  guard try confirm(report) else {
    throw OperationError("nothing was done", help: "It wasn't agreed to.")
  }
  if case .broken(let broken, _) = present {
    // The engine reads what is there before it writes, even when it is forced.
    report.broken = try prepared.removeBrokenState(broken, in: project)
  } else {
    try copies.keep(present.bytes)
  }
  // Whoever knows a later state takes an older serial for a state that went back.
  let serials = [wanted, present.copy, report.copies.first].compactMap { $0?.serial }
  try prepared.push(bytes, serial: (serials.max() ?? 0) + 1, in: folder, project, tell)
  _ = consume folder
  return report
}

extension StateReport {
  fileprivate mutating func compare(_ present: [UInt8], _ wanted: [UInt8]) {
    let sets = [present, wanted].map { Set((StateSummary($0)?.instances ?? [:]).keys) }
    let (now, then) = (sets[0], sets[1])
    forgotten = now.subtracting(then).sorted()
    returning = then.subtracting(now).sorted()
  }
}

extension PreparedRun {
  /// The state that is meant, and its bytes.
  fileprivate func find(
    _ former: FormerState, _ copies: [StateCopy], in project: Project
  ) throws(OperationError) -> (StateCopy, [UInt8]) {
    if case .version(let id) = former { return try version(id, in: project) }
    guard let last = copies.first else {
      throw OperationError(
        "no copy of the state of \(target.environment) is kept here",
        help: """
          Each command that writes the state keeps one in the folder that it runs in. Of what a bucket \
          still holds tells `webkit infra state versions`.
          """)
    }
    var copy = last
    if case .copy(let number) = former {
      guard let found = copies.first(where: { $0.number == number }) else {
        throw OperationError(
          "there is no copy \(number) of the state of \(target.environment)",
          help: "There is \(listed(copies.map { "\($0.number)" }, "and")).")
      }
      copy = found
    }
    let bytes = try mapErrors { () throws(FileError) in try project.folder.read(copy.path) }
    return (copy, bytes ?? [])
  }

  private func version(
    _ id: String, in project: Project
  ) throws(OperationError) -> (StateCopy, [UInt8]) {
    guard let store, let path = RelativePath("state") else {
      throw OperationError(
        "webkit can't ask for versions where the state is", help: state.upkeep ?? "")
    }
    let bytes = try store.state(try stateKey(in: project), version: id)
    guard var copy = StateCopy(bytes, path) else {
      throw OperationError(
        "version \(id) isn't a whole state",
        help: "`webkit infra state versions` shows the serial of each that is one.")
    }
    copy.version = id
    return (copy, bytes)
  }
}
