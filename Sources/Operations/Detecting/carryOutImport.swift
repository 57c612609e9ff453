import Diagnostics
import Files
import Generation
import JSON
import Platform

/// What keeps an environment's data from another's state; a limited plan has to name it.
let environmentGuard = "terraform_data.environment"

extension PlanOptions {
  /// A plan that is limited to what is imported, and to what that needs.
  init(importing targets: [ImportTarget]) {
    self.init()
    self.targets = targets.map(\.address) + [environmentGuard]
  }
}

/// Looks what a plan that imports would do besides, asks, and does it.
///
/// - Parameters:
///   - prepared: The run in the tree.
///   - folder: Where the plan is.
///   - project: The project.
///   - names: The items that are imported.
///   - last: The last run that wrote the state, if it left something.
///   - destroyable: The items of which data may be lost.
///   - report: The plan, to which the end is added.
///   - tell: Called with what the engine says, from any thread.
///   - confirm: Called with the plan; without its yes nothing happens.
/// - Throws: When data would be lost that may not be, or something that isn't imported would be
///   changed.
func carryOutImport(
  _ prepared: PreparedRun, in folder: borrowing WorkFolder, _ project: Project, of names: [String],
  since last: LastRun?, destroyable: [String], into report: inout RunReport,
  tell: @escaping @Sendable (EngineMessage) -> Void,
  confirm: (RunReport) throws(OperationError) -> Bool
) throws(OperationError) {
  guard let plan = report.plan else { return }
  try checkLosses(plan, destroyable)
  let others = plan.changes.filter { change in
    change.action != .read && !change.isImported && change.address != environmentGuard
      && !(change.item.map(names.contains) ?? false)
  }
  try checkOthers(others)
  if !others.isEmpty { tell(.finding(.needsMore(others))) }
  guard try confirm(report) else {
    throw OperationError("nothing was done", help: "The plan wasn't agreed to.")
  }
  let copy = try prepared.checkState(in: project)
  let writing = Writing("import", after: copy, since: last, isWhole: false)
  report.end = try prepared.carryOut(writing, in: folder, project, withoutTargets(tell))
  if report.end == .exited(0) { try prepared.keepResult(in: project, tell) }
}

/// What isn't imported may be made where the imports need it, and stays as it is otherwise.
private func checkOthers(_ others: [PlannedChange]) throws(OperationError) {
  let changed = others.filter { $0.action != .create }
  guard !changed.isEmpty else { return }
  let words = changed.map { "\($0.address) (\($0.action.rawValue))" }
  throw OperationError(
    "the import would change what isn't imported",
    help: """
      It would do \(words.joined(separator: ", ")). Look at `webkit infra plan`; \
      `webkit infra apply` does it together with what app.json marks as `adopt`.
      """)
}

/// Hands on what the engine says but that a plan is limited.
func withoutTargets(
  _ tell: @escaping @Sendable (EngineMessage) -> Void
) -> @Sendable (EngineMessage) -> Void {
  { if !$0.speaksOfTargets { tell($0) } }
}

extension EngineMessage {
  fileprivate var speaksOfTargets: Bool {
    guard case .finding(let finding) = self, finding.severity == .warning else { return false }
    return ["Resource targeting is in effect", "Applied changes may be incomplete"]
      .contains(finding.summary)
  }
}

extension Diagnostic {
  fileprivate static func needsMore(_ others: [PlannedChange]) -> Diagnostic {
    Diagnostic(
      .warning, "import.needs-more",
      "What is imported needs more: \(listed(others.map { $0.item ?? $0.address }, "and")) is made with it",
      at: nil, detail: others.map(\.address).joined(separator: "\n"),
      help: "If it exists, too, import it first: `webkit infra detect` tells.")
  }
}

extension RunReport {
  /// What there is to say of things that are taken over, which has to be said before they are.
  ///
  /// Other remarks on the manifest are those of `update`; errors stay in the report.
  mutating func takeNotesOnAdoption() -> [Diagnostic] {
    let notes = diagnostics.items.filter { $0.severity != .error && $0.id.hasPrefix("manage.") }
    let errors = diagnostics.items.filter { $0.severity == .error }
    diagnostics = Diagnostics()
    for error in errors { diagnostics.append(error) }
    return notes
  }
}
