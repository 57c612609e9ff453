public import Diagnostics
import Files
public import Generation
import JSON
public import Platform

/// What a plan is asked for.
public struct PlanOptions: Sendable {
  /// How the engine is to be run.
  public var run = RunOptions()
  /// Whether everything is to be destroyed.
  public var destroys = false
  /// Whether the state is brought to what there is, and nothing else changes.
  public var refreshesOnly = false
  /// The addresses to which the plan is limited; empty for all.
  public var targets: [String] = []
  /// The addresses of what is to be replaced.
  public var replacements: [String] = []
  /// Whether what it does is drawn.
  public var isDrawn = false
  /// The file to which the plan is written, for its owner alone; nil where nobody wants it.
  public var output: String?

  /// Makes options that ask for nothing special.
  public init() {}

  /// Whether all is planned that the tree describes: what a part of it costs isn't known, and to look
  /// again changes nothing.
  var coversAll: Bool { targets.isEmpty && !refreshesOnly }

  /// What the engine is told.
  var arguments: [String] {
    (destroys ? ["-destroy"] : []) + (refreshesOnly ? ["-refresh-only"] : [])
      + targets.map { "-target=\($0)" }
      + replacements.map { "-replace=\($0)" }
  }
}

/// What a run of the engine came to.
public struct RunReport: Sendable {
  /// The findings of webkit's own; the engine's are told while it works.
  public var diagnostics = Diagnostics()
  /// The environment; empty where it didn't come so far.
  public var environment = ""
  /// The plan; nil where there is none.
  public var plan: Plan?
  /// What the plan changes in costs; nil where that isn't known.
  public var cost: CostDifference?
  /// A picture of what the plan does; nil where nobody asked for one.
  public var graph: StackGraph?
  /// How the engine ended; nil where it wasn't run.
  public var end: ProgramEnd?
  /// What is left of what was to be destroyed, by address.
  public var left: [String] = []

  /// Whether there was nothing to do.
  public var changedNothing = false

  /// Whether all was done that was asked for.
  public var isDone: Bool {
    !diagnostics.hasErrors && end == .exited(0) && left.isEmpty
  }
}

/// Plans, and says what the plan would do; nothing changes.
///
/// - Parameters:
///   - project: The project.
///   - options: What the plan is asked for.
///   - generator: What tells whether the tree is that of the manifest.
///   - environment: The variables of this process.
///   - tell: Called with what the engine says, from any thread.
/// - Returns: The plan, or why there is none.
/// - Throws: When there is nothing to run, or something that it needs is missing.
public func plan(
  _ project: Project, _ options: PlanOptions, with generator: Generator,
  in environment: Environment, tell: @escaping @Sendable (EngineMessage) -> Void
) throws(OperationError) -> RunReport {
  var report = RunReport()
  guard
    let prepared = try readyRun(project, options.run, generator, environment, into: &report)
  else { return report }
  let tell = prepared.hiding(tell)
  let folder = try WorkFolder.make(for: prepared.target.environment, in: project)
  try prepared.tellOfLastRun(in: project, tell)
  try makePlan(prepared, options, in: folder, project, into: &report, tell: tell)
  report.cost = try prepared.costs(of: report.plan, options, project, generator)
  if options.isDrawn, let plan = report.plan {
    let drawn = try graph(
      of: project, in: report.environment, with: generator, in: environment
    )
    report.graph = drawn.graph?.marked(by: plan.plannedItems)
  }
  if let output = options.output, report.plan != nil { try folder.copyPlan(to: output, project) }
  return report
}

/// Prepares a run that reaches providers: credentials are there, the folder is initialised.
///
/// The secrets of apps are found unless the tree's own variables don't matter.
func readyRun(
  _ project: Project, _ options: RunOptions, _ generator: Generator, _ environment: Environment,
  evaluatesTree: Bool = true, into report: inout RunReport
) throws(OperationError) -> PreparedRun? {
  let prepared = try prepareRun(
    project, options, with: generator, in: environment, into: &report.diagnostics)
  guard var prepared else { return nil }
  report.environment = prepared.target.environment
  let isReady = try prepared.isReady(
    for: evaluatesTree ? ["plan"] : [], lacking: prepared.variables.allMissing, project,
    environment, into: &report.diagnostics)
  guard isReady else { return nil }
  try initialise(prepared, in: project)
  return prepared
}

/// Makes a plan in a folder, and reads it; meanwhile the state that it starts from is asked for.
///
/// The engine refuses to apply a plan after somebody else wrote the state, so that what is pulled behind the plan is what an apply finds.
///
/// - Returns: How the question for the state ended; nil where it wasn't asked.
@discardableResult
func makePlan(
  _ prepared: PreparedRun, _ options: PlanOptions, in folder: borrowing WorkFolder,
  _ project: Project, with pull: StatePull? = nil, into report: inout RunReport,
  tell: @escaping @Sendable (EngineMessage) -> Void
) throws(OperationError) -> ProgramEnd? {
  let file = try folder.planFile(prepared, project)
  let arguments =
    ["plan", "-json", "-input=false", "-out=\(file)"] + options.arguments
  report.end = try stream(
    folder.guarded(prepared.call(arguments)), for: prepared.target, tell)
  if case .killed(let signal) = report.end { throw .engineWasKilled(signal) }
  guard report.end == .exited(0) else { return nil }
  let (shown, errors) = (CollectedOutput(), CollectedOutput(hiding: prepared.hidden))
  var call = prepared.call(["show", "-json", file])
  (call.output, call.errors) = (shown.stream, errors.stream)
  var problems = Diagnostics()
  let ends = try run([call] + [pull?.call].compactMap(\.self))
  guard ends[0] == .exited(0),
    let node = parseJSON(SourceFile(name: "plan", bytes: shown.bytes), into: &problems)
  else {
    throw OperationError(
      "the plan can't be read",
      help: """
        Nothing was changed. Look whether there is room on the disk, and plan again.
        \(visibleLines(errors.text))
        """)
  }
  report.plan = readPlan(node, statefulTypes: prepared.statefulTypes)
  return pull == nil ? nil : ends[1]
}

extension WorkFolder {
  private static let planName = "plan"

  /// The plan as the engine is told of it, who works in the tree's folder.
  func planFile(_ prepared: PreparedRun, _ project: Project) throws(OperationError) -> String {
    guard let file = file(Self.planName) else {
      throw OperationError("a plan can't be kept", help: "Look at `.webkit/cache`.")
    }
    return prepared.path(of: file)
  }

  /// Writes the plan to a file of the user's, for its owner alone.
  func copyPlan(to path: String, _ project: Project) throws(OperationError) {
    guard let file = file(Self.planName) else { return }
    let bytes = try mapErrors { () throws(FileError) in try project.folder.read(file) }
    try writeForOwner(bytes ?? [], to: path, in: project)
  }
}
