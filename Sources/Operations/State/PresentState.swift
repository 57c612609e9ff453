import Diagnostics
import Files
import Generation
import JSON
import Platform

/// What stands where an environment's state should be.
enum PresentState {
  /// Nothing, or a state that was never written.
  case blank([UInt8])
  /// A state.
  case written(StateCopy, [UInt8])
  /// Something that the engine can't read, with its words.
  case broken([UInt8], String)

  /// The state; nil where there is none.
  var copy: StateCopy? {
    if case .written(let copy, _) = self { copy } else { nil }
  }

  /// Its bytes.
  var bytes: [UInt8] {
    switch self {
    case .blank(let bytes), .written(_, let bytes), .broken(let bytes, _): bytes
    }
  }
}

/// A question for the state as it is now.
struct StatePull {
  /// The call of the engine that answers it.
  let call: ProgramCall
  private let prepared: PreparedRun
  private let output = CollectedOutput()
  private let errors: CollectedOutput

  init(_ prepared: PreparedRun) {
    errors = CollectedOutput(hiding: prepared.hidden)
    var call = prepared.call(["state", "pull"])
    (call.output, call.errors) = (output.stream, errors.stream)
    (self.call, self.prepared) = (call, prepared)
  }

  /// What was answered; where the engine can't read it, what is there.
  ///
  /// - Parameters:
  ///   - end: How the call ended.
  ///   - project: The project.
  /// - Returns: The state.
  /// - Throws: When it can't be reached.
  func present(_ end: ProgramEnd, in project: Project) throws(OperationError) -> PresentState {
    guard let path = RelativePath("state") else { return .blank([]) }
    if end == .exited(0) {
      guard let copy = StateCopy(output.bytes, path), !copy.isBlank else {
        return .blank(output.bytes)
      }
      return .written(copy, output.bytes)
    }
    // Where that isn't answered either, the engine has said why.
    let bytes = (try? prepared.rawState(in: project)).flatMap { $0 }
    if let bytes, StateCopy(bytes, path) == nil {
      return .broken(bytes, visibleLines(errors.text))
    }
    if bytes == nil, saysStateIsDamaged(errors.text) {
      return .broken([], visibleLines(errors.text))
    }
    throw OperationError(
      "the state can't be read, so that no copy of it can be kept",
      help: explained(errors.text, in: prepared.target.environment))
  }
}

extension PreparedRun {
  /// Asks the engine for the state; where it can't read it, looks at what is there.
  ///
  /// - Throws: When the state can't be reached.
  func presentState(in project: Project) throws(OperationError) -> PresentState {
    if let sound = try soundLocalState(in: project) { return sound }
    let pull = StatePull(self)
    return try pull.present(try run(pull.call), in: project)
  }

  /// The state, where it is a file that holds a whole one; nil elsewhere.
  ///
  /// To ask the engine for it takes longer than all else that surrounds a small apply.
  func soundLocalState(in project: Project) throws(OperationError) -> PresentState? {
    guard let file = try localState(in: project), let path = RelativePath("state") else {
      return nil
    }
    let bytes = try mapErrors { () throws(FileError) in try project.folder.read(file) }
    guard let bytes, let copy = StateCopy(bytes, path), !copy.isBlank else { return nil }
    return .written(copy, bytes)
  }

  /// What is there, past the engine; nil where nothing is, or webkit doesn't reach it.
  fileprivate func rawState(in project: Project) throws(OperationError) -> [UInt8]? {
    if let file = try localState(in: project) {
      return try mapErrors { () throws(FileError) in try project.folder.read(file) }
    }
    guard let store, store.obstacle == nil else { return nil }
    return try store.present(try stateKey(in: project))
  }

  /// Takes away what can't be read, which stays beside the copies.
  ///
  /// - Returns: Where it is kept.
  /// - Throws: When webkit can't reach it.
  func removeBrokenState(
    _ bytes: [UInt8], in project: Project
  ) throws(OperationError) -> RelativePath? {
    let kept = try StateCopies(of: target.environment, in: project).keepBroken(bytes)
    if let file = try localState(in: project) {
      try mapErrors { () throws(FileError) in try project.folder.remove(file) }
    } else {
      try store?.remove(try stateKey(in: project))
    }
    return kept
  }

  /// The file of the state; nil where it isn't one, and in workspaces, for which the engine has others.
  private func localState(in project: Project) throws(OperationError) -> RelativePath? {
    guard state.isLocal, let name = state.states[target.environment],
      ["", "default"].contains(variables.values["TF_WORKSPACE"] ?? "")
    else { return nil }
    return RelativePath("\(tree.text)/\(name)")
  }

  /// Keeps a copy of the state as it is.
  ///
  /// - Returns: The copy of it; nil where there is no state yet.
  @discardableResult
  func keepState(in project: Project) throws(OperationError) -> StateCopy? {
    let present = try presentState(in: project)
    if case .broken(_, let words) = present { throw .brokenState(target.environment, words) }
    return try StateCopies(of: target.environment, in: project).keep(present.bytes)
  }

  /// Keeps what a command of the engine made: a copy of the state, and the outputs.
  ///
  /// That they can't be kept is said, and no error: all of it stands in the state.
  func keepResult(
    in project: Project, _ tell: (EngineMessage) -> Void
  ) throws(OperationError) {
    try keep(result: try presentState(in: project), in: project, tell)
  }

  /// Keeps what a command of the engine made, of which the state is known.
  func keep(
    result present: PresentState, in project: Project, _ tell: (EngineMessage) -> Void
  ) throws(OperationError) {
    if case .broken(_, let words) = present { throw .brokenState(target.environment, words) }
    do throws(OperationError) {
      try StateCopies(of: target.environment, in: project).keep(present.bytes)
    } catch {
      tell(.finding(.copyNotKept(target.environment, error)))
    }
    let outputs = JSONPrinter.printBytes(present.copy?.outputs ?? .object([]))
    try Operations.keep(outputs: outputs, of: target.environment, in: project, tell)
  }

  /// The path of a file of the project's, as the engine is told of it, who works in the tree's folder.
  func path(of file: RelativePath) -> String { path(ofGiven: file.text) }

  /// A path that the user gave, as the engine is told of it; a relative one starts from the project's folder.
  func path(ofGiven path: String) -> String {
    path.hasPrefix("/")
      ? path : (tree.parts.map { _ in ".." } + [path]).joined(separator: "/")
  }
}

extension Diagnostic {
  fileprivate static func copyNotKept(
    _ environment: String, _ error: OperationError
  ) -> Diagnostic {
    Diagnostic(
      .warning, "state.not-kept", "no copy of the state of \(environment) is kept",
      detail: "\(error.summary.capitalizedFirst).", help: error.help)
  }
}

extension OperationError {
  /// The state is there and none.
  static func brokenState(_ environment: String, _ words: String) -> OperationError {
    OperationError(
      "what stands in the place of the state of \(environment) is none",
      help: """
        It was cut off, or something else overwrote it. `webkit infra state versions` lists what it was \
        before, and `webkit infra state restore` puts one back. The engine says:
        \(words)
        """)
  }
}
