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
/// The plan is limited to what is imported, and to what belongs to it. If that can't be had without
/// anything else, nothing is done.
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
  let items = detection.items.filter { !$0.imports.isEmpty }
  guard !items.isEmpty else { throw .nothingMarked(in: name) }
  try checkCredentials(prepared.variables.missing + prepared.variables.missingForState)
  let isReady = try prepared.addSecrets(
    for: ["plan"], project, environment, into: &report.diagnostics)
  guard isReady else { return report }
  let tell = prepared.hiding(tell)
  try initialise(prepared, in: project)
  let state = try prepared.stateResources()
  let targets = items.flatMap(\.imports).map(\.address).filter { !state.holds($0) }
  guard !targets.isEmpty else {
    report.changedNothing = true
    report.plan = Plan()
    report.end = .exited(0)
    return report
  }
  let quiet: @Sendable (EngineMessage) -> Void = { if !$0.speaksOfTargets { tell($0) } }
  try prepared.tellOfLock(in: project, tell)
  let folder = try WorkFolder.make(for: name, in: project)
  var planning = PlanOptions()
  planning.targets = targets + [environmentGuard]
  let last = try prepared.tellOfLastRun(in: project, tell)
  if let refusal = last?.refusal { throw refusal }
  try makePlan(prepared, planning, in: folder, project, into: &report, tell: quiet)
  guard let plan = report.plan else { return report }
  try checkLosses(plan, options.destroyable)
  try checkIsAlone(plan, items)
  guard try confirm(report) else {
    throw OperationError("nothing was done", help: "The plan wasn't agreed to.")
  }
  let copy = try prepared.checkState(in: project)
  let journal = try prepared.beginWriting("import", after: copy, since: last, in: project)
  report.end = try prepared.applyPlan(in: folder, journal, isWhole: false, project, quiet)
  if report.end == .exited(0) { try prepared.keepResult(in: project, tell) }
  return report
}

/// What keeps an environment's data from another's state; a limited plan has to name it.
let environmentGuard = "terraform_data.environment"

/// A plan that was to import does nothing to what isn't imported.
private func checkIsAlone(_ plan: Plan, _ items: [ItemLookup]) throws(OperationError) {
  let names = Set(items.map(\.name))
  let others = plan.changes.filter { change in
    change.action != .read && !change.isImported && change.address != environmentGuard
      && !(change.item.map(names.contains) ?? false)
  }
  guard !others.isEmpty else { return }
  let words = others.map { "\($0.address) (\($0.action.rawValue))" }
  throw OperationError(
    "what is adopted needs more than to be imported",
    help: """
      The plan holds \(words.joined(separator: ", ")) as well. `webkit infra plan` shows all of \
      it, and `webkit infra apply` does it together with the imports.
      """)
}

extension EngineMessage {
  /// Whether it only says that a plan is limited.
  var speaksOfTargets: Bool {
    guard case .finding(let finding) = self, finding.severity == .warning else { return false }
    return ["Resource targeting is in effect", "Applied changes may be incomplete"]
      .contains(finding.summary)
  }
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
