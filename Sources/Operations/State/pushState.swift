import Diagnostics
import Files
import JSON
import Platform

extension PreparedRun {
  /// Writes a state by the engine, which locks it, looks whether it has arrived, and keeps a copy.
  ///
  /// - Parameters:
  ///   - bytes: The state.
  ///   - serial: The serial that it gets; nil for its own.
  ///   - folder: Where its file stands for a while.
  ///   - project: The project.
  ///   - tell: Called where the copy can't be kept.
  /// - Throws: When it can't be written, or isn't there afterwards.
  func push(
    _ bytes: [UInt8], serial: Int? = nil, in folder: borrowing WorkFolder, _ project: Project,
    _ tell: (EngineMessage) -> Void
  ) throws(OperationError) {
    let bytes = serial.map { with($0, bytes) } ?? bytes
    guard let file = folder.file("state"), let wanted = StateCopy(bytes, file) else {
      throw OperationError("a state can't be kept", help: "Look at `.webkit/cache`.")
    }
    try mapErrors { () throws(FileError) in
      try project.folder.replace(file, with: bytes, access: .owner)
    }
    // Where there is no state, the engine begins a history of its own; over that it writes the right
    // one.
    for _ in 0..<2 {
      try push(file)
      let now = try presentState(in: project)
      if now.copy?.hasContent(of: wanted) ?? false {
        return try keep(result: now, in: project, tell)
      }
    }
    throw OperationError(
      "the state isn't what was written",
      help: "Somebody else wrote it meanwhile: `webkit infra state versions` shows what there is.")
  }

  /// By force, since what comes from another history is refused otherwise: who calls has looked.
  private func push(_ file: RelativePath) throws(OperationError) {
    let errors = CollectedOutput(hiding: hidden)
    var call = call(["state", "push", "-force", path(of: file)])
    (call.output, call.errors) = (errors.stream, errors.stream)
    guard try run(call) == .exited(0) else {
      throw OperationError(
        "the state can't be written", help: explained(errors.text, in: target.environment))
    }
  }
}

/// A state with another serial.
private func with(_ serial: Int, _ bytes: [UInt8]) -> [UInt8] {
  var problems = Diagnostics()
  let node = parseJSON(SourceFile(name: "state", bytes: bytes), into: &problems)
  guard let members = node?.members else { return bytes }
  return JSONPrinter.printBytes(
    .object(members.map { ($0.key, $0.key == "serial" ? .number(serial) : $0.value) }))
}
