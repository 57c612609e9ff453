import AppManifest
import Diagnostics
import Files
import Generation
import Platform

/// How the engine is to be run.
public struct RunOptions: Sendable {
  /// The environment; nil where there is only one to choose from.
  public var environment: String?
  /// The engine, by its name or path; nil for the manifest's choice, else what is on PATH.
  public var engine: String?
  /// Whether any environment will do where none is named.
  var takesAnyEnvironment = false
  /// The folder of a tree that is run instead of the project's own, with the project's data.
  public var localTree: String?
  /// Variables of this process that the engine gets beside those that it needs.
  public var passedVariables: [String] = []

  /// Makes options that ask for nothing special.
  public init() {}
}

/// Everything that a call of the engine needs.
struct PreparedRun: Sendable {
  var engine: Engine
  var target: RunTarget
  var variables: EngineVariables
  /// The types of resources that hold data.
  var statefulTypes: Set<String>
  /// What to say before the state is written that nothing locks.
  var unlocked: Diagnostic?
  /// Where the state is.
  var state: StateAccess
  /// What states need that are kept elsewhere, by the engine's word for the backend.
  var otherStates: @Sendable () -> [String: StateAccess]
  /// The bucket that it is in; nil where it isn't in any.
  var store: StateStore?
  /// Variables that say where the state is, though the manifest doesn't; nil where all is well.
  var unheard: OperationError?
  /// The secrets of the environment's apps.
  var neededSecrets: [RunNeeds.Secret]
  /// The tree's folder in the project's.
  var tree: RelativePath
  /// The same folder, as this process names it.
  var directory: String

  /// A call of the engine in the tree's folder.
  func call(_ arguments: [String]) -> ProgramCall {
    var environment = variables.values
    if Self.needsSecrets(arguments) { environment[Self.secretsVariable] = variables.appSecrets }
    return ProgramCall(
      engine.program, ["-chdir=\(directory)"] + arguments, environment: environment)
  }
}

/// Looks whether the tree is that of the manifest, and finds what runs it.
///
/// - Throws: When the tree is out of date, the environment isn't clear, or there is no engine.
func prepareRun(
  _ project: Project, _ options: RunOptions, with generator: Generator,
  in environment: Environment, into diagnostics: inout Diagnostics
) throws(OperationError) -> PreparedRun? {
  let report = try checkTree(of: project, with: generator)
  guard let needs = report.needs, report.isComplete else {
    diagnostics = report.diagnostics
    return nil
  }
  guard !report.writesAnything, !report.hasConflicts else {
    throw OperationError(
      "\(needs.directory)/ isn't what app.json says",
      help: "Run `webkit update`, and look at what it changes.")
  }
  let any = options.takesAnyEnvironment ? needs.environments.first : nil
  let target = RunTarget(
    environment: try choose(options.environment ?? any, needs.environments, environment))
  let engine = try Engine.find(
    options.engine, needs.engine.map { $0 == .opentofu ? .opentofu : .terraform },
    atLeast: needs.lowestVersion, in: environment, for: project)
  guard let tree = RelativePath(needs.directory) else {
    throw OperationError(
      "`\(needs.directory)` is no folder", help: "Write another `infra.directory`.")
  }
  let variables = EngineVariables(needs, target, also: options.passedVariables, from: environment)
  var prepared = PreparedRun(
    engine: engine, target: target, variables: variables, statefulTypes: needs.statefulTypes,
    unlocked: needs.state.unlocked, state: needs.state, otherStates: needs.otherStates,
    store: StateStore(needs.state, variables, environment),
    unheard: needs.state.unheard(in: environment),
    neededSecrets: needs.secrets.filter { $0.environment == target.environment }, tree: tree,
    directory: project.shownPath(of: tree))
  if let path = options.localTree { try prepared.take(treeAt: path, project) }
  return prepared
}

/// What an update would do to the tree; nothing is written, and the schema for editors isn't looked at.
func checkTree(
  of project: Project, with generator: Generator
) throws(OperationError) -> UpdateReport {
  var check = UpdateOptions()
  check.isCheck = true
  check.includesEditorSchema = false
  return try update(project, with: generator, check)
}

/// The environment that is meant: the one named, that of `TF_WORKSPACE`, or the only one.
func choose(
  _ name: String?, _ environments: [String], _ environment: Environment
) throws(OperationError) -> String {
  if let name {
    try check(name, isAmong: environments)
    return name
  }
  if let workspace = environment.text("TF_WORKSPACE"), environments.contains(workspace) {
    return workspace
  }
  guard environments.count == 1, let only = environments.first else {
    throw OperationError(
      "the environment isn't clear: there is \(listed(environments, "and"))",
      help: "Add `--environment <name>`.", kind: .wrongUsage)
  }
  return only
}

/// Makes sure that a project has an environment.
///
/// - Throws: When it has none of that name.
func check(_ name: String, isAmong environments: [String]) throws(OperationError) {
  guard !environments.contains(name) else { return }
  let near = nearestMatch(name, in: environments)
  throw OperationError(
    "there is no environment `\(name)`",
    help: near.map { "Did you mean `\($0)`?" } ?? "There is \(listed(environments, "and")).",
    kind: .wrongUsage)
}
