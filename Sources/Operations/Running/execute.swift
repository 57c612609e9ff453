public import Diagnostics
import Files
import Generation
public import Platform

/// How a command of the engine ended.
public struct ExecutionReport: Sendable {
  /// Why nothing was run; with errors where the manifest has some.
  public var diagnostics = Diagnostics()
  /// How the engine ended; nil where it wasn't run.
  public var end: ProgramEnd?
}

/// Runs a command of the engine on the project's tree, which is initialised first where need be.
///
/// What the engine reads and writes is this process's own input and output.
///
/// - Parameters:
///   - project: The project.
///   - arguments: The command and all behind it: `["state", "list"]`.
///   - options: What the caller wants.
///   - generator: What tells whether the tree is that of the manifest.
///   - environment: The variables of this process.
///   - isInteractive: Whether somebody at a terminal may talk to the engine.
///   - tell: Called with what there is to say of a run that didn't end well.
/// - Returns: How the engine ended, or why it wasn't run.
/// - Throws: When there is nothing to run, or something that the command needs is missing.
public func execute(
  _ project: Project, _ arguments: [String], _ options: RunOptions, with generator: Generator,
  in environment: Environment, isInteractive: Bool, tell: (EngineMessage) -> Void = { _ in }
) throws(OperationError) -> ExecutionReport {
  var report = ExecutionReport()
  let prepared = try prepareRun(
    project, options, with: generator, in: environment, into: &report.diagnostics)
  guard var prepared else { return report }
  let use = EngineUse(arguments)
  let isReady = try prepared.isReady(
    for: arguments,
    lacking: (use.reachesProviders ? prepared.variables.missing : [])
      + (use.reachesState ? prepared.variables.missingForState : []), project, environment,
    into: &report.diagnostics)
  guard isReady else { return report }
  if use == .initialises {
    if let unheard = prepared.unheard { throw unheard }
    prepared.variables.values["TF_CLI_ARGS_init"] = quoted(prepared.initialArguments)
  } else if use != .staysAlone {
    try initialise(prepared, in: project)
  }
  var call = prepared.call(arguments)
  call.input = nil
  call.interruption = isInteractive ? .left : .relayed
  let errors = CollectedOutput(hiding: prepared.hidden)
  // A program that talks to a person has to see the terminal.
  if !isInteractive { call.errors = errors.passingOn }
  if EngineUse.writesState(arguments) {
    report.end = try runWriting(call, arguments, prepared, in: project, tell)
  } else {
    if use.reachesState, use != .initialises {
      try prepared.tellOfLastRunIfOver(in: project, tell)
    }
    report.end = try run(call)
  }
  if !isInteractive { errors.finish() }
  if report.end != .exited(0), let advice = advice(on: errors.text, in: prepared.target.environment)
  {
    tell(.finding(Diagnostic(.information, "engine.advice", "what can be done", help: advice)))
  }
  return report
}

/// Runs a command that writes the state, of which a copy is kept before.
private func runWriting(
  _ call: ProgramCall, _ arguments: [String], _ prepared: PreparedRun, in project: Project,
  _ tell: (EngineMessage) -> Void
) throws(OperationError) -> ProgramEnd {
  // Held to the end, so that no other run of webkit's writes meanwhile.
  let folder = try WorkFolder.make(for: prepared.target.environment, in: project)
  let last = try prepared.tellOfLastRun(in: project, tell)
  let words = arguments.filter { !$0.hasPrefix("-") }
  // What mends the state may find it in any condition.
  let isMending = words.prefix(2) == ["state", "push"]
  if let refusal = last?.refusal, !isMending { throw refusal }
  try prepared.tellOfLock(in: project, tell)
  let isPartial = arguments.contains { argument in
    ["-target", "-destroy", "-refresh-only"].contains(where: argument.hasPrefix)
  }
  let writing = Writing(
    words.prefix(words.first == "state" ? 2 : 1).joined(separator: " "),
    after: isMending ? try? prepared.keepState(in: project) : try prepared.checkState(in: project),
    since: last, isWhole: words.first == "apply" && !isPartial)
  let journal = try prepared.begin(writing, in: project)
  let end = try run(call)
  if isMending, end == .exited(0) {
    // What was pushed is the state to go on with, whatever it was before.
    try prepared.keepState(in: project)
    try journal.end()
  } else {
    try prepared.end(writing, end, in: project, tell)
  }
  _ = consume folder
  return end
}

/// What a command of the engine needs.
private enum EngineUse {
  /// Nothing but itself.
  case staysAlone
  /// It prepares the folder itself.
  case initialises
  /// A prepared folder, and the state.
  case reachesState
  /// The providers as well.
  case reachesProviders

  init(_ arguments: [String]) {
    let asksForHelp = arguments.contains { ["-help", "--help", "-h", "-version"].contains($0) }
    switch arguments.first(where: { !$0.hasPrefix("-") }) {
    case _ where asksForHelp: self = .staysAlone
    case "init" where arguments.contains("-backend=false"): self = .staysAlone
    case "init": self = .initialises
    case nil, "fmt", "login", "logout", "version", "metadata": self = .staysAlone
    case "plan", "apply", "destroy", "refresh", "import": self = .reachesProviders
    default: self = .reachesState
    }
  }

  /// Whether a command changes what stands in the state.
  static func writesState(_ arguments: [String]) -> Bool {
    let words = arguments.filter { !$0.hasPrefix("-") }
    switch words.first {
    case "apply", "destroy", "import", "refresh", "taint", "untaint": return true
    case "state": return ["mv", "rm", "push", "replace-provider"].contains(words.dropFirst().first)
    default: return false
    }
  }

  var reachesProviders: Bool { self == .reachesProviders }
  var reachesState: Bool { self != .staysAlone }
}

/// Arguments as the engine reads them from a variable.
private func quoted(_ arguments: [String]) -> String {
  arguments.map { argument in
    let parts = argument.split(separator: "'", omittingEmptySubsequences: false)
    return parts.count == 1 && !argument.contains(where: { " \t\n\"\\$`;&|<>()".contains($0) })
      ? argument : "'" + parts.joined(separator: #"'"'"'"#) + "'"
  }.joined(separator: " ")
}

/// Names all credentials that are missing, at once.
func checkCredentials(_ missing: [RunNeeds.Credential]) throws(OperationError) {
  guard !missing.isEmpty else { return }
  let lines = missing.map { credential in
    "\(credential.names.map { "`\($0)`" }.joined(separator: " or ")): \(credential.description)"
  }
  throw OperationError(
    missing.count == 1 ? "a credential is missing" : "\(missing.count) credentials are missing",
    help: "Export " + lines.joined(separator: "; ") + ".")
}

/// Runs a program to its end; what it writes is for its owner alone.
func run(_ call: ProgramCall) throws(OperationError) -> ProgramEnd {
  try runAsIs(call.withPrivateFiles)
}

/// Runs programs at the same time, each to its end; what they write is for their owner alone.
func run(_ calls: [ProgramCall]) throws(OperationError) -> [ProgramEnd] {
  do throws(ProcessError) {
    return try runTogether(calls.map(\.withPrivateFiles))
  } catch {
    throw OperationError(error)
  }
}

/// Runs a program to its end.
func runAsIs(_ call: ProgramCall) throws(OperationError) -> ProgramEnd {
  do throws(ProcessError) {
    return try runProgram(call)
  } catch {
    throw OperationError(error)
  }
}

extension OperationError {
  fileprivate init(_ error: ProcessError) {
    self.init(
      "\(error.program) can't be run: \(error.reason)", help: "Look whether it may be executed.")
  }
}
