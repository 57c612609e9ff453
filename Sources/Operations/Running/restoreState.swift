public import Diagnostics
import Generation
public import Platform

/// What became of a state that a copy was put back for.
public struct StateReport: Sendable {
  /// Why nothing was done.
  public var diagnostics = Diagnostics()
  /// The environment; empty where it didn't come so far.
  public var environment = ""
  /// The copies, the last one first.
  public var copies: [StateCopy] = []
  /// The copy that was put back.
  public var restored: StateCopy?
}

/// The copies that are kept of an environment's state; nothing is run.
///
/// - Parameters:
///   - project: The project.
///   - options: The environment.
///   - generator: What tells the environments.
///   - environment: The variables of this process.
/// - Returns: The copies.
/// - Throws: When the environment isn't clear, or a file can't be read.
public func stateCopies(
  _ project: Project, _ options: RunOptions, with generator: Generator,
  in environment: Environment
) throws(OperationError) -> StateReport {
  var report = StateReport()
  let validation = try validate(project, with: generator)
  guard !validation.diagnostics.hasErrors else {
    report.diagnostics = validation.diagnostics
    return report
  }
  report.environment = try choose(options.environment, validation.environments, environment)
  report.copies = try StateCopies(of: report.environment, in: project).all()
  return report
}

/// Puts a copy back as the state; what was the state becomes a copy.
///
/// - Parameters:
///   - project: The project.
///   - number: The number of the copy; nil for the last one.
///   - options: The environment and the engine.
///   - isForced: Whether a state of another history is replaced as well.
///   - generator: What tells whether the tree is that of the manifest.
///   - environment: The variables of this process.
///   - confirm: Called with the copy; without its yes nothing happens.
/// - Returns: What was done.
/// - Throws: When there is no such copy, something that is needed is missing, or the state can't be
///   read or written.
public func restoreState(
  _ project: Project, _ number: Int?, _ options: RunOptions, isForced: Bool,
  with generator: Generator, in environment: Environment,
  confirm: (StateReport) throws(OperationError) -> Bool
) throws(OperationError) -> StateReport {
  var report = StateReport()
  let prepared = try prepareRun(
    project, options, with: generator, in: environment, into: &report.diagnostics)
  guard let prepared else { return report }
  report.environment = prepared.target.environment
  report.copies = try StateCopies(of: report.environment, in: project).all()
  let copy = try find(number, in: report)
  try checkCredentials(prepared.variables.missingForState)
  // Held to the end, so that no other run of webkit's writes meanwhile.
  let folder = try WorkFolder.make(for: report.environment, in: project)
  try initialise(prepared, in: project)
  let present = try prepared.keepState(in: project)
  if let present, present.lineage != copy.lineage, !isForced {
    throw OperationError(
      "copy \(copy.number) isn't of the state that \(report.environment) has now",
      help: "It comes from another history. If that is meant, add `--force`.")
  }
  report.restored = copy
  guard try confirm(report) else {
    throw OperationError("nothing was done", help: "It wasn't agreed to.")
  }
  let errors = CollectedOutput(hiding: prepared.hidden)
  // A copy is older than the state by nature, which the engine refuses otherwise.
  var call = prepared.call(["state", "push", "-force", prepared.path(of: copy.path)])
  (call.output, call.errors) = (errors.stream, errors.stream)
  guard try run(call) == .exited(0) else {
    throw OperationError("the state can't be written", help: visibleLines(errors.text))
  }
  try keepOutputs(prepared, in: project)
  _ = consume folder
  return report
}

private func find(_ number: Int?, in report: StateReport) throws(OperationError) -> StateCopy {
  guard let last = report.copies.first else {
    throw OperationError(
      "no copy of the state of \(report.environment) is kept here",
      help: "Each command that writes the state keeps one in the folder that it runs in.")
  }
  guard let number else { return last }
  if let copy = report.copies.first(where: { $0.number == number }) { return copy }
  throw OperationError(
    "there is no copy \(number) of the state of \(report.environment)",
    help: "There is \(listed(report.copies.map { "\($0.number)" }, "and")).")
}
