public import Diagnostics
import Generation
public import Platform

/// The former states of an environment: copies here, versions in the bucket.
///
/// - Parameters:
///   - project: The project.
///   - options: The environment and the engine.
///   - asksStore: Whether the bucket is asked; else nothing is run and no credential is needed.
///   - generator: What tells the environments.
///   - environment: The variables of this process.
/// - Returns: The copies and versions.
/// - Throws: When the environment isn't clear, or something can't be read.
public func formerStates(
  _ project: Project, _ options: RunOptions, asksStore: Bool, with generator: Generator,
  in environment: Environment
) throws(OperationError) -> StateReport {
  var report = StateReport()
  guard asksStore else {
    let validation = try validate(project, with: generator)
    report.diagnostics = validation.diagnostics
    guard !validation.diagnostics.hasErrors else { return report }
    report.environment = try choose(options.environment, validation.environments, environment)
    report.copies = try StateCopies(of: report.environment, in: project).all()
    return report
  }
  let prepared = try prepareRun(
    project, options, with: generator, in: environment, into: &report.diagnostics)
  guard let prepared else { return report }
  if let unheard = prepared.unheard { throw unheard }
  report.environment = prepared.target.environment
  report.copies = try StateCopies(of: report.environment, in: project).all()
  guard prepared.state.bucket != nil else {
    report.upkeep = prepared.state.upkeep
    return report
  }
  let missing = prepared.variables.missingForState
  guard let store = prepared.store else {
    try checkCredentials(missing)
    return report
  }
  let key = try prepared.stateKey(in: project)
  if store.lacksProgram {
    report.commands = HandCommands(
      texts: store.commandsForVersions(of: key), variables: store.variablesOfCommands,
      outcome: """
        The first lists versions, the second gives the one of an id; `webkit infra exec -- state push \
        -force FILE` puts it back.
        """)
    return report
  }
  try checkCredentials(missing)
  report.versions = try store.versions(of: key)
  return report
}

/// What stands in a state.
public struct StateContents: Sendable {
  /// Why nothing was read.
  public var diagnostics = Diagnostics()
  /// The addresses of all resources, data sources among them.
  public var addresses: [String] = []
  /// The arguments of the one that was asked for; nil where none was.
  public var attributes: [StateAttribute]?
  /// The state itself, where it was asked for.
  public var bytes: [UInt8] = []
  /// The file that it was written to.
  public var file: String?
}

/// Makes ready to read the state by the engine.
func readyToRead(
  _ project: Project, _ options: RunOptions, _ generator: Generator, _ environment: Environment,
  into diagnostics: inout Diagnostics
) throws(OperationError) -> PreparedRun? {
  let prepared = try prepareRun(
    project, options, with: generator, in: environment, into: &diagnostics)
  guard let prepared else { return nil }
  try checkCredentials(prepared.variables.missingForState)
  try initialise(prepared, in: project)
  return prepared
}

/// The addresses of all that a state holds; with one of them, what it holds of that.
///
/// - Parameters:
///   - project: The project.
///   - address: The address of the resource of which all is read; nil for none.
///   - options: The environment and the engine.
///   - generator: What tells whether the tree is that of the manifest.
///   - environment: The variables of this process.
/// - Returns: The addresses, and the arguments.
/// - Throws: When the state can't be read, or has no such resource.
public func stateContents(
  _ project: Project, of address: String? = nil, _ options: RunOptions,
  with generator: Generator, in environment: Environment
) throws(OperationError) -> StateContents {
  var report = StateContents()
  let prepared = try readyToRead(
    project, options, generator, environment, into: &report.diagnostics)
  guard let prepared else { return report }
  report.addresses = try prepared.addresses(in: project)
  guard let address else { return report }
  guard report.addresses.contains(address) else {
    throw unknownAddress(address, report.addresses, prepared.target.environment)
  }
  report.attributes = try prepared.attributes(of: address)
  return report
}

/// Reads the whole state, with all secrets.
///
/// - Parameters:
///   - project: The project.
///   - output: The file that it is written to, for its owner alone; nil to have it back.
///   - options: The environment and the engine.
///   - generator: What tells whether the tree is that of the manifest.
///   - environment: The variables of this process.
/// - Returns: The state.
/// - Throws: When it can't be read or written.
public func pullState(
  _ project: Project, to output: String?, _ options: RunOptions, with generator: Generator,
  in environment: Environment
) throws(OperationError) -> StateContents {
  var report = StateContents()
  let prepared = try readyToRead(
    project, options, generator, environment, into: &report.diagnostics)
  guard let prepared else { return report }
  let present = try prepared.presentState(in: project)
  if case .broken(_, let words) = present {
    throw .brokenState(prepared.target.environment, words)
  }
  report.bytes = present.bytes
  report.file = output
  if let output { try writeForOwner(present.bytes, to: output, in: project) }
  return report
}

/// Keeps a copy of the state as it is now.
///
/// - Parameters:
///   - project: The project.
///   - options: The environment and the engine.
///   - accepts: Whether the state is the right one whatever it was before: gone, older, another.
///   - generator: What tells whether the tree is that of the manifest.
///   - environment: The variables of this process.
/// - Returns: The copy; none where there is no state.
/// - Throws: When the state can't be read, or isn't what it was left as.
public func backUpState(
  _ project: Project, _ options: RunOptions, accepts: Bool, with generator: Generator,
  in environment: Environment
) throws(OperationError) -> StateReport {
  var report = StateReport()
  let prepared = try readyToRead(
    project, options, generator, environment, into: &report.diagnostics)
  guard let prepared else { return report }
  report.environment = prepared.target.environment
  let copies = try StateCopies(of: report.environment, in: project)
  if !accepts { try prepared.checkState(in: project) }
  let present = try prepared.presentState(in: project)
  if case .broken(_, let words) = present { throw .brokenState(report.environment, words) }
  report.state = try copies.keep(present.bytes, evenBlank: accepts)
  // What an earlier run left behind is settled by that as well.
  if accepts { try RunJournal(of: report.environment, in: project).end() }
  report.copies = try copies.all()
  return report
}

extension StateStore {
  /// What to run by hand to see versions and to have one.
  fileprivate func commandsForVersions(of key: String) -> [String] {
    [
      StoreRequest(method: .get, query: [("versions", ""), ("prefix", key)]),
      StoreRequest(method: .get, key: key, query: [("versionId", "ID")]),
    ].map(command)
  }
}
