import Files
import Generation
import JSON
public import Platform

/// Takes the state of an environment to where app.json says that it is now.
///
/// It is read from where the folder was initialised for last, and written by the engine to where it
/// belongs; the former place keeps it. The engine's own migration would need the keys of both places
/// under the same names, and overwrites what it finds.
///
/// - Parameters:
///   - project: The project.
///   - options: The environment and the engine.
///   - isForced: Whether a state that is there already is replaced.
///   - generator: What tells where the state is now.
///   - environment: The variables of this process; those that begin with `FORMER_` hold for the
///     former place alone.
///   - tell: Called with what there is to say before.
///   - confirm: Called with the state and the word for the backend that it comes from; without its yes
///     nothing happens.
/// - Returns: What was taken along.
/// - Throws: When nobody knows where it was, or it can't be read or written.
public func migrateState(
  _ project: Project, _ options: RunOptions, isForced: Bool, with generator: Generator,
  in environment: Environment, tell: (EngineMessage) -> Void,
  confirm: (_ state: StateCopy, _ origin: String, _ title: String) throws(OperationError) -> Bool
) throws(OperationError) -> StateReport {
  var report = StateReport()
  let prepared = try prepareRun(
    project, options, with: generator, in: environment, into: &report.diagnostics)
  guard let prepared else { return report }
  if let unheard = prepared.unheard { throw unheard }
  report.environment = prepared.target.environment
  try checkCredentials(prepared.variables.missingForState)
  let folder = try WorkFolder.make(for: report.environment, in: project)
  guard let record = try BackendRecord.find(prepared, in: project) else {
    throw BackendRecord.missing(prepared)
  }
  if record.isPlace(of: prepared) { return report }
  guard let former = try prepared.former(record, environment) else { throw record.unknown }
  let present = try former.read(from: record, in: folder, project)
  let copies = try StateCopies(of: report.environment, in: project)
  guard case .written(let state, let bytes) = present else {
    throw OperationError(
      "there was no state of \(report.environment) where it was before",
      help: "There is nothing to take along: `webkit infra exec -- init -reconfigure`.")
  }
  try copies.keep(bytes)
  try prepared.tellOfLock(in: project, tell)
  guard try confirm(state, record.type, prepared.state.title) else {
    throw OperationError("nothing was done", help: "It wasn't agreed to.")
  }
  do throws(OperationError) {
    try prepared.reconfigure()
    try prepared.arrive(state, bytes, isForced: isForced, in: folder, project, tell)
  } catch {
    // What was known of the former place is what the next attempt begins with.
    try record.restore(in: project)
    throw error
  }
  try initialise(prepared, in: project)
  report.state = state
  _ = consume folder
  return report
}

extension PreparedRun {
  fileprivate func reconfigure() throws(OperationError) {
    let errors = CollectedOutput(hiding: hidden)
    var call = call(["init", "-no-color", "-reconfigure"] + initialArguments)
    (call.output, call.errors) = (CollectedOutput().stream, errors.stream)
    guard try run(call) == .exited(0) else {
      throw OperationError(
        "the new place of the state can't be reached", help: visibleLines(errors.text))
    }
  }

  /// What reads the state where it was, with what the environment holds for that place.
  fileprivate func former(
    _ record: BackendRecord, _ environment: Environment
  ) throws(OperationError) -> PreparedRun? {
    guard let access = otherStates()[record.type] else { return nil }
    var former = self
    for credential in state.ways.joined() {
      if let name = credential.engineName { former.variables.values[name] = nil }
    }
    former.variables.missingForState = []
    former.variables.add(access, from: environment.ofFormerPlace)
    try checkCredentials(former.variables.missingForState)
    return former
  }

  /// Reads a state by a configuration that holds the backend and nothing else.
  fileprivate func read(
    from record: BackendRecord, in folder: borrowing WorkFolder, _ project: Project
  ) throws(OperationError) -> PresentState {
    guard let file = folder.file("main.tf.json"), let path = file.parent,
      let data = RelativePath("\(path.text)/data"), let name = RelativePath("state")
    else {
      throw OperationError("a folder can't be made", help: "Look at `.webkit/cache`.")
    }
    try mapErrors { () throws(FileError) in
      try project.folder.replace(
        file, with: record.configuration(forFolderOf: path, tree), access: .owner)
    }
    defer { try? project.remove(data, and: file) }
    var former = self
    former.directory = project.shownPath(of: path)
    former.variables.values["TF_DATA_DIR"] = "data"
    let (output, errors) = (CollectedOutput(), CollectedOutput(hiding: hidden))
    for arguments in [["init", "-no-color", "-input=false"], ["state", "pull"]] {
      var call = former.call(arguments)
      call.output = arguments[0] == "init" ? CollectedOutput().stream : output.stream
      call.errors = errors.stream
      guard try run(call) == .exited(0) else {
        throw OperationError(
          "the former place of the state can't be read",
          help: """
            Keys that hold for it alone go into variables that begin with `FORMER_`, such as \
            `FORMER_TF_STATE_ACCESS_KEY`. The engine says:
            \(visibleLines(errors.text))
            """)
      }
    }
    guard let copy = StateCopy(output.bytes, name), !copy.isBlank else { return .blank([]) }
    return .written(copy, output.bytes)
  }

  /// Writes the state where it belongs now, unless it is there or another one is.
  fileprivate func arrive(
    _ state: StateCopy, _ bytes: [UInt8], isForced: Bool, in folder: borrowing WorkFolder,
    _ project: Project, _ tell: (EngineMessage) -> Void
  ) throws(OperationError) {
    let found = try presentState(in: project)
    if let copy = found.copy {
      if copy.isSame(as: state) { return }
      guard isForced else {
        throw OperationError(
          "there is another state of \(target.environment) already where app.json says",
          help: """
            It has serial \(copy.serial) and \(copy.resourceCount) resources, the one to be taken along \
            \(state.serial) and \(state.resourceCount). To replace it add `--force`; a copy is kept.
            """)
      }
      try StateCopies(of: target.environment, in: project).keep(found.bytes)
    }
    try push(bytes, in: folder, project, tell)
  }
}

extension Environment {
  /// With what holds for the former place of the state alone, under the usual names.
  fileprivate var ofFormerPlace: Environment {
    let prefix = "FORMER_"
    var values = all
    let former = all.filter { $0.key.hasPrefix(prefix) }
    for (name, value) in former { values[String(name.dropFirst(prefix.count))] = value }
    return Environment(values)
  }
}
