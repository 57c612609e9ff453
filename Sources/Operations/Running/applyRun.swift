import Diagnostics
import Files
import Generation
import JSON
public import Platform

/// What an apply is asked for.
public struct ApplyOptions: Sendable {
  /// What is planned.
  public var plan = PlanOptions()
  /// The items of which data may be lost.
  public var destroyable: [String] = []

  /// Makes options that ask for nothing special.
  public init() {}

  /// The command that the options stand for.
  fileprivate var command: String {
    plan.destroys ? "destroy" : plan.refreshesOnly ? "refresh" : "apply"
  }

  /// Whether all that the tree describes is there afterwards.
  fileprivate var isWhole: Bool { command == "apply" && plan.targets.isEmpty }
}

/// Plans, asks, and does it.
///
/// Before it a copy of the state is kept, after it the outputs are kept for `output`; after everything was to be destroyed, the engine is
/// asked what is left.
///
/// - Parameters:
///   - project: The project.
///   - options: What is to be done.
///   - generator: What tells whether the tree is that of the manifest.
///   - environment: The variables of this process.
///   - tell: Called with what the engine says, from any thread.
///   - confirm: Called with the plan; without its yes nothing happens.
/// - Returns: What was done.
/// - Throws: When there is nothing to run, something that it needs is missing, or data would be lost
///   that may not be.
public func apply(
  _ project: Project, _ options: ApplyOptions, with generator: Generator,
  in environment: Environment, tell: @escaping @Sendable (EngineMessage) -> Void,
  confirm: (RunReport) throws(OperationError) -> Bool
) throws(OperationError) -> RunReport {
  var report = RunReport()
  guard
    let prepared = try readyRun(project, options.plan.run, generator, environment, into: &report)
  else { return report }
  let tell = prepared.hiding(tell)
  try prepared.tellOfLock(in: project, tell)
  let manifest = try project.manifest()
  let folder = try WorkFolder.make(for: prepared.target.environment, in: project)
  let last = try prepared.tellOfLastRun(in: project, tell)
  if let refusal = last?.refusal { throw refusal }
  let pull = try prepared.soundLocalState(in: project) == nil ? StatePull(prepared) : nil
  let pulled = try makePlan(
    prepared, options.plan, in: folder, project, with: pull, into: &report, tell: tell)
  guard let plan = report.plan else { return report }
  let present = try pull.present(pulled, of: prepared, in: project)
  report.cost = try prepared.costs(of: plan, options.plan, project, generator)
  let findsDrift = options.plan.refreshesOnly && !plan.drifted.isEmpty
  report.changedNothing = plan.isEmpty && !findsDrift
  // What a plan says of a state that went back is beside the point.
  let copy =
    report.changedNothing
    ? nil : try prepared.check(present, in: project)
  try checkLosses(plan, options.destroyable)
  if !report.changedNothing {
    guard try confirm(report) else {
      throw OperationError("nothing was done", help: "The plan wasn't agreed to.")
    }
    let writing = Writing(options.command, after: copy, since: last, isWhole: options.isWhole)
    report.end = try prepared.carryOut(writing, in: folder, project, tell)
  } else if let last, options.isWhole {
    try RunJournal(of: last.environment, in: project).end()
  }
  if options.plan.destroys {
    report.left = try prepared.addresses(in: project).filter { $0.resourceType != nil }
  }
  if report.end == .exited(0) {
    if report.changedNothing {
      try prepared.keep(result: present, in: project, tell)
    } else {
      try prepared.keepResult(in: project, tell)
    }
    if options.plan.coversAll {
      try prepared.keepApplied(options.plan.destroys ? nil : manifest, in: project)
    }
  }
  return report
}

extension StatePull? {
  /// What was answered while the plan was read; where nothing was asked, what is there now.
  fileprivate func present(
    _ end: ProgramEnd?, of prepared: PreparedRun, in project: Project
  ) throws(OperationError) -> PresentState {
    guard let self, let end else { return try prepared.presentState(in: project) }
    return try self.present(end, in: project)
  }
}

/// What holds data is destroyed or replaced only by name.
func checkLosses(_ plan: Plan, _ allowed: [String]) throws(OperationError) {
  let lost = plan.changes.filter { $0.losesData && !allowed.contains($0.item ?? $0.address) }
  guard !lost.isEmpty else { return }
  let names = Array(Set(lost.map { $0.item ?? $0.address })).sorted()
  let addresses = lost.map { "\($0.address) (\($0.action.rawValue))" }
  throw OperationError(
    "data of \(listed(names, "and")) would be lost",
    help: """
      \(addresses.joined(separator: ", ")). If that is meant, add \
      \(names.map { "`--allow-destroy \($0)`" }.joined(separator: " ")).
      """)
}
