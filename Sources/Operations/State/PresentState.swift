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

extension PreparedRun {
  /// Asks the engine for the state; where it can't read it, looks at what is there.
  ///
  /// - Throws: When the state can't be reached.
  func presentState(in project: Project) throws(OperationError) -> PresentState {
    let (output, errors) = (CollectedOutput(), CollectedOutput())
    var call = call(["state", "pull"])
    (call.output, call.errors) = (output.stream, errors.stream)
    let end = try run(call)
    guard let path = RelativePath("state") else { return .blank([]) }
    if end == .exited(0) {
      let bytes = output.bytes
      guard let copy = StateCopy(bytes, path), !copy.isBlank else { return .blank(bytes) }
      return .written(copy, bytes)
    }
    if let bytes = try rawState(in: project), StateCopy(bytes, path) == nil {
      return .broken(bytes, visibleLines(errors.text))
    }
    throw OperationError("the state can't be read", help: visibleLines(errors.text))
  }

  /// What is there, past the engine; nil where nothing is, or webkit doesn't reach it.
  private func rawState(in project: Project) throws(OperationError) -> [UInt8]? {
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
  func keepResult(in project: Project) throws(OperationError) {
    try keep(result: try presentState(in: project), in: project)
  }

  /// Keeps what a command of the engine made, of which the state is known.
  func keep(result present: PresentState, in project: Project) throws(OperationError) {
    if case .broken(_, let words) = present { throw .brokenState(target.environment, words) }
    try StateCopies(of: target.environment, in: project).keep(present.bytes)
    let outputs = present.copy?.outputs ?? .object([])
    let path = try outputsPath(target.environment)
    try mapErrors { () throws(FileError) in
      try project.ignoreCaches()
      try project.folder.replace(path, with: JSONPrinter.printBytes(outputs), access: .owner)
    }
  }

  /// The path of a file of the project's, as the engine is told of it, who works in the tree's folder.
  func path(of file: RelativePath) -> String {
    (tree.parts.map { _ in ".." } + [file.text]).joined(separator: "/")
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
