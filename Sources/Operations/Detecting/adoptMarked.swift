import AppManifest
import Diagnostics
import Generation
public import Platform

/// What an adoption is asked for.
public struct AdoptionOptions: Sendable {
  /// How the engine is to be run.
  public var run = RunOptions()
  /// The items of which data may be lost.
  public var destroyable: [String] = []

  /// Makes options that ask for nothing special.
  public init() {}
}

/// Takes what app.json marks as adopted in an environment into its state: plans, asks, does it.
///
/// The plan is limited to what is imported, and to what that needs: if anything else would change,
/// nothing is done.
///
/// - Parameters:
///   - project: The project.
///   - options: What is to be done.
///   - generator: The pure functions.
///   - environment: The variables of this process.
///   - tell: Called with what the engine says, from any thread.
///   - confirm: Called with the plan; without its yes nothing happens.
/// - Returns: What was done.
/// - Throws: When nothing is marked, there is nothing to run, something that it needs is missing, or
///   the plan does what nobody asked for.
public func adopt(
  _ project: Project, _ options: AdoptionOptions, with generator: Generator,
  in environment: Environment, tell: @escaping @Sendable (EngineMessage) -> Void,
  confirm: (RunReport) throws(OperationError) -> Bool
) throws(OperationError) -> RunReport {
  var report = RunReport()
  guard
    var prepared = try prepareRun(
      project, options.run, with: generator, in: environment, into: &report.diagnostics)
  else { return report }
  let name = prepared.target.environment
  report.environment = name
  guard let detection = try project.detection(name, generator, into: &report.diagnostics) else {
    return report
  }
  let notes = report.takeNotesOnAdoption()
  let items = detection.items.filter { !$0.imports.isEmpty }
  guard !items.isEmpty else { throw .nothingMarked(in: name) }
  let isReady = try prepared.isReady(
    for: ["plan"], lacking: prepared.variables.allMissing, project, environment,
    into: &report.diagnostics)
  guard isReady else { return report }
  let tell = prepared.hiding(tell)
  try initialise(prepared, in: project)
  let state = try prepared.stateResources(in: project)
  let targets = items.flatMap(\.imports).filter { !state.holds($0.address) }
  guard !targets.isEmpty else {
    report.changedNothing = true
    report.plan = Plan()
    report.end = .exited(0)
    return report
  }
  for note in notes { tell(.finding(note)) }
  try prepared.tellOfLock(in: project, tell)
  let folder = try WorkFolder.make(for: name, in: project)
  let last = try prepared.tellOfLastRun(in: project, tell)
  if let refusal = last?.refusal { throw refusal }
  let planning = PlanOptions(importing: targets)
  try makePlan(prepared, planning, in: folder, project, into: &report, tell: withoutTargets(tell))
  if report.plan == nil { tell(.finding(.maybeSomethingLacks)) }
  try carryOutImport(
    prepared, in: folder, project, of: items.map(\.name), since: last,
    destroyable: options.destroyable,
    into: &report, tell: tell, confirm: confirm)
  return report
}

extension OperationError {
  fileprivate static func nothingMarked(in environment: String) -> OperationError {
    OperationError(
      "nothing is to be adopted in \(environment)",
      help: """
        `webkit infra detect --write --manage adopt` marks what exists; then run `webkit update`. \
        Or import one thing: `webkit infra import --resource <name> --id <id>`.
        """)
  }
}

extension Diagnostic {
  fileprivate static var maybeSomethingLacks: Diagnostic {
    Diagnostic(
      .warning, "import.lacks", "An import fails where one of its parts isn't there", at: nil,
      help:
        "`webkit infra import --resource <name> --id <id>` imports an item without the parts that lack."
    )
  }
}
