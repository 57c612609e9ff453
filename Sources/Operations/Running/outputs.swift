public import Diagnostics
import Files
import Generation
public import JSON
public import Platform

/// An output of the tree.
public struct TreeOutput: Sendable {
  /// Its name.
  public var name: String
  /// Whether it is a secret.
  public var isSensitive: Bool
  /// Its value.
  public var value: JSONNode

  /// The value on one line: a text as it is, all else as JSON.
  public var text: String { value.text ?? JSONPrinter.printCompact(value) }
}

/// What is known of an environment's outputs.
public struct OutputsReport: Sendable {
  /// Why there are none.
  public var diagnostics = Diagnostics()
  /// The outputs, by name in order.
  public var outputs: [TreeOutput] = []
  /// When they were read from the state, in seconds since 1970; nil where that was now.
  public var readAt: Int?
}

/// The outputs of the last apply, or of the state as it is now.
///
/// - Parameters:
///   - project: The project.
///   - options: The environment and the engine.
///   - refreshes: Whether the engine is asked; else nothing is run and no credential is needed.
///   - generator: What tells the environments.
///   - environment: The variables of this process.
///   - tell: Called with what there is to say of a run that didn't end well.
/// - Returns: The outputs.
/// - Throws: When there are none that are known, or the engine can't be asked.
public func outputs(
  _ project: Project, _ options: RunOptions, refreshes: Bool, with generator: Generator,
  in environment: Environment, tell: (EngineMessage) -> Void = { _ in }
) throws(OperationError) -> OutputsReport {
  var report = OutputsReport()
  if refreshes {
    let prepared = try prepareRun(
      project, options, with: generator, in: environment, into: &report.diagnostics)
    guard let prepared else { return report }
    try checkCredentials(prepared.variables.missingForState)
    try initialise(prepared, in: project)
    try prepared.tellOfLastRunIfOver(in: project, tell)
    let bytes = try keepOutputs(prepared, in: project, tell)
    report.outputs = try read(bytes)
    return report
  }
  let validation = try validate(project, with: generator)
  guard !validation.diagnostics.hasErrors else {
    report.diagnostics = validation.diagnostics
    return report
  }
  let name = try choose(options.environment, validation.environments, environment)
  let path = try outputsPath(name)
  let bytes = try mapErrors { () throws(FileError) in try project.folder.read(path) }
  guard let bytes else {
    throw OperationError(
      "no outputs of \(name) are known here",
      help: "`webkit infra apply` keeps them; `webkit infra output --refresh` asks the state.")
  }
  report.outputs = try read(bytes)
  report.readAt = try mapErrors { () throws(FileError) in
    try project.folder.modificationTime(of: path)
  }
  return report
}

/// Asks the state for its outputs, and keeps them for their owner alone.
///
/// That they can't be kept is said, and no error: they stand in the state.
@discardableResult
func keepOutputs(
  _ prepared: PreparedRun, in project: Project, _ tell: (EngineMessage) -> Void = { _ in }
) throws(OperationError) -> [UInt8] {
  let (output, errors) = (CollectedOutput(), CollectedOutput(hiding: prepared.hidden))
  var call = prepared.call(["output", "-json"])
  (call.output, call.errors) = (output.stream, errors.stream)
  guard try run(call) == .exited(0) else {
    throw OperationError(
      "the outputs can't be read", help: explained(errors.text, in: prepared.target.environment))
  }
  try keep(outputs: output.bytes, of: prepared.target.environment, in: project, tell)
  return output.bytes
}

/// Keeps outputs for their owner alone, or says that they can't be kept.
func keep(
  outputs: [UInt8], of environment: String, in project: Project, _ tell: (EngineMessage) -> Void
) throws(OperationError) {
  let path = try outputsPath(environment)
  do throws(FileError) {
    try project.ignoreCaches()
    try project.folder.replace(path, with: outputs, access: .owner)
  } catch {
    tell(
      .finding(
        Diagnostic(
          .warning, "outputs.not-kept", "the outputs of \(environment) aren't kept",
          detail: "\(error.summary.capitalizedFirst).",
          help: "`webkit infra output --refresh` asks the state. \(error.help)")))
  }
}

/// Where the outputs of the last apply are kept.
func outputsPath(_ environment: String) throws(OperationError) -> RelativePath {
  guard let path = RelativePath("\(RelativePath.outputs.text)/\(environment).json") else {
    throw OperationError("`\(environment)` is no name of a file", help: "Give it another name.")
  }
  return path
}

private func read(_ bytes: [UInt8]) throws(OperationError) -> [TreeOutput] {
  var problems = Diagnostics()
  let file = SourceFile(name: "outputs", bytes: bytes)
  guard let members = parseJSON(file, into: &problems)?.members, !problems.hasErrors else {
    throw OperationError(
      "the outputs can't be read", help: "Read them anew: `webkit infra output --refresh`.")
  }
  return members.sorted { $0.key < $1.key }.map { member in
    TreeOutput(
      name: member.key, isSensitive: member.value.member("sensitive")?.flag ?? false,
      value: member.value.member("value") ?? JSONNode(.null))
  }
}
