import Files
import Platform

extension PreparedRun {
  /// What `init` is told.
  var initialArguments: [String] {
    ["-input=false", "-backend-config=\(target.backendFile)"]
      + variables.stateSettings.map { "-backend-config=\($0)" }
  }
}

/// Initialises the tree's folder for an environment, unless that was done for the same files.
///
/// Providers are never upgraded by it: with a lock file, only what stands in that is taken.
///
/// - Throws: When a file can't be read or written, or `init` fails; what it said stands in the error.
func initialise(_ prepared: PreparedRun, in project: Project) throws(OperationError) {
  if let unheard = prepared.unheard { throw unheard }
  let stamp = try Stamp(prepared, project)
  if try stamp.isThere { return }
  var arguments = ["init", "-no-color"] + prepared.initialArguments
  if stamp.isLocked { arguments.append("-lockfile=readonly") }
  let former = try BackendRecord.find(prepared, in: project)
  // The engine asks to migrate whatever changed; what says only how a state is reached needs none.
  if former?.isPlace(of: prepared) == true { arguments.append("-reconfigure") }
  let (output, errors) = (CollectedOutput(), CollectedOutput(hiding: prepared.hidden))
  var call = prepared.call(arguments)
  (call.output, call.errors) = (output.stream, errors.stream)
  guard try run(call) == .exited(0) else {
    throw OperationError(
      "`\(prepared.engine.kind.program) init` failed for \(prepared.target.environment)",
      help: explained(errors.text, in: prepared.target.environment)
        + (former == nil || former?.isPlace(of: prepared) == true ? "" : "\n" + BackendRecord.way))
  }
  // The lock file that it made is part of what it is done for.
  try Stamp(prepared, project).write()
}

/// What the engine says on a terminal, without colours and the lines that it draws around it.
func visibleLines(_ text: String) -> String {
  withoutColors(text).split(separator: "\n").map {
    $0.drop { "\u{2502}\u{2577}\u{2575} ".contains($0) }
  }
  .filter { !$0.isEmpty }.joined(separator: "\n")
}

/// A text without the sequences that colour it: an escape, a bracket, and all up to a letter.
private func withoutColors(_ text: String) -> String {
  var result = ""
  var isSequence = false
  for scalar in text.unicodeScalars {
    if scalar == "\u{1B}" {
      isSequence = true
    } else if isSequence {
      isSequence = !scalar.properties.isAlphabetic
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// What the engine says, and below it what to do next where that doesn't say it.
func explained(_ text: String, in environment: String) -> String {
  let advice = advice(on: text, in: environment)
  return [visibleLines(text), advice].compactMap(\.self).joined(separator: "\n")
}

/// What a folder was initialised for: the files that `init` reads, and the engine.
private struct Stamp {
  let project: Project
  let path: RelativePath
  let digest: Digest
  /// Whether there is a lock file of providers.
  let isLocked: Bool

  init(_ prepared: PreparedRun, _ project: Project) throws(OperationError) {
    let tree = prepared.tree
    guard let path = RelativePath("\(tree.text)/\(prepared.target.dataDirectory)/webkit-init"),
      let lock = RelativePath("\(tree.text)/.terraform.lock.hcl")
    else {
      throw OperationError(
        "`\(prepared.target.environment)` is no name of a folder", help: "Give it another name.")
    }
    self.project = project
    self.path = path
    var bytes = Array("\(prepared.engine.program) \(prepared.engine.version)\n".utf8)
    for setting in prepared.variables.stateSettings { bytes += Array("\(setting)\n".utf8) }
    let files = try mapErrors { () throws(FileError) in
      try project.folder.contents(below: tree, leavingOut: [".terraform"])
    }
    for file in files
    where file.path == lock || [".tf", ".tfbackend"].contains(where: file.path.text.hasSuffix) {
      bytes += Array("\(file.path.text) \(file.bytes.count)\n".utf8) + file.bytes
    }
    isLocked = files.contains { $0.path == lock }
    digest = Digest(of: bytes)
  }

  var isThere: Bool {
    get throws(OperationError) {
      try mapErrors { () throws(FileError) in try project.folder.read(path) }
        == Array(digest.hex.utf8)
    }
  }

  func write() throws(OperationError) {
    try mapErrors { () throws(FileError) in
      try project.folder.replace(path, with: Array(digest.hex.utf8), access: .owner)
    }
  }
}
