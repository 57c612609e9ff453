public import Diagnostics
public import Generation
public import Platform

/// What a run would begin with; nothing was run.
public struct Rehearsal: Sendable {
  /// What there is to say of the manifest.
  public var diagnostics = Diagnostics()
  /// The environment; empty where the manifest has errors.
  public var environment = ""
  /// Whether the tree is that of the manifest.
  public var isCurrent = false
  /// What an update would do to the tree first, in the order of paths.
  public var changes: [FileChange] = []
  /// The files of the project's data, relative to its folder, in the order in which later ones win.
  public var dataFiles: [String] = []
  /// The file of the state's place, relative to the project's folder.
  public var stateFile = ""
  /// The names of all variables that the engine would get, in order.
  public var variables: [String] = []
  /// What nobody gave, though the run needs it.
  public var missing: [RunNeeds.Credential] = []

  /// Whether the run would begin.
  public var isReady: Bool {
    !diagnostics.hasErrors && isCurrent && missing.isEmpty
  }
}

/// Looks at all that a run needs, without an engine and without anything that reaches a cloud.
///
/// - Parameters:
///   - project: The project.
///   - options: How the engine would be run.
///   - generator: What tells whether the tree is that of the manifest.
///   - environment: The variables of this process.
/// - Returns: What it would begin with.
/// - Throws: When the environment isn't clear, or a file can't be read.
public func rehearse(
  _ project: Project, _ options: RunOptions, with generator: Generator,
  in environment: Environment
) throws(OperationError) -> Rehearsal {
  let report = try checkTree(of: project, with: generator)
  var rehearsal = Rehearsal(diagnostics: report.diagnostics)
  guard let needs = report.needs, report.isComplete else { return rehearsal }
  let target = RunTarget(
    environment: try choose(options.environment, needs.environments, environment))
  let variables = EngineVariables(needs, target, also: options.passedVariables, from: environment)
  rehearsal.environment = target.environment
  rehearsal.isCurrent = !report.writesAnything && !report.hasConflicts
  rehearsal.changes = report.changes
  rehearsal.dataFiles = [PreparedRun.sharedDataFile, target.dataFile].map {
    "\(needs.directory)/\($0)"
  }
  rehearsal.stateFile = "\(needs.directory)/\(target.backendFile)"
  let secrets = needs.secrets.filter { $0.environment == target.environment }
  for secret in try SecretValues.missing(among: secrets, in: environment) {
    rehearsal.diagnostics.append(.missing(secret))
  }
  rehearsal.variables =
    (variables.values.keys + (secrets.isEmpty ? [] : [PreparedRun.secretsVariable])).sorted()
  rehearsal.missing = variables.missing + variables.missingForState
  return rehearsal
}
