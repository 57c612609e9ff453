import Diagnostics
import Files
import Generation
import JSON
import Platform

/// What the engine noted of where the state is when the folder was initialised last.
struct BackendRecord {
  /// Its word for the backend.
  let type: String
  fileprivate let settings: JSONNode
  fileprivate let path: RelativePath
  fileprivate let bytes: [UInt8]
  fileprivate let environment: String

  /// Reads the note; nil where there is none.
  static func find(
    _ prepared: PreparedRun, in project: Project
  ) throws(OperationError) -> BackendRecord? {
    let text = place(prepared)
    var problems = Diagnostics()
    guard let path = RelativePath(text),
      let bytes = try mapErrors({ () throws(FileError) in try project.folder.read(path) }),
      let node = parseJSON(SourceFile(name: text, bytes: bytes), into: &problems),
      let backend = node.member("backend"), let type = backend.member("type")?.text,
      let settings = backend.member("config")
    else { return nil }
    return BackendRecord(
      type: type, settings: settings, path: path, bytes: bytes,
      environment: prepared.target.environment)
  }

  private static func place(_ prepared: PreparedRun) -> String {
    "\(prepared.tree.text)/\(prepared.target.dataDirectory)/terraform.tfstate"
  }

  /// What to say where there is none.
  static func missing(_ prepared: PreparedRun) -> OperationError {
    OperationError(
      "nobody knows here where the state of \(prepared.target.environment) was",
      help: """
        Migrate in the folder that it was applied in last: the engine notes the place in \
        \(place(prepared)). Or fetch it by hand, and put it where it belongs: `webkit infra exec -- \
        state push FILE`.
        """)
  }

  /// Whether it names the same state that is meant now.
  func isPlace(of prepared: PreparedRun) -> Bool {
    guard type == prepared.state.type, var place = prepared.state.places[environment] else {
      return false
    }
    for setting in prepared.variables.stateSettings {
      let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { place[parts[0]] = .string(parts[1]) }
    }
    return prepared.state.placeArguments.allSatisfy { name in
      let then = settings.member(name)?.withoutNulls ?? JSONNode(.null)
      return then == (place[name]?.withoutNulls ?? JSONNode(.null))
    }
  }

  /// What to do where the place of the state changed.
  static let way =
    "If `infra.backend` of app.json changed: `webkit infra state migrate` takes the state along."

  /// The place isn't of a kind that webkit knows.
  var unknown: OperationError {
    OperationError(
      "the state of \(environment) was in a backend `\(type)`, which webkit doesn't know",
      help: "Take it along by the engine: `webkit infra exec -- init -migrate-state`.")
  }

  /// A configuration that has the backend and nothing else.
  ///
  /// - Parameters:
  ///   - folder: The folder that it is for, relative to the project's.
  ///   - tree: The folder from which paths of files start that it was told.
  /// - Returns: The text of a `.tf.json` file.
  func configuration(forFolderOf folder: RelativePath, _ tree: RelativePath) -> [UInt8] {
    let members = (settings.members ?? []).compactMap { member -> (String, JSONNode)? in
      guard member.value != JSONNode(.null) else { return nil }
      guard type == "local", member.key == "path", let file = member.value.text,
        !file.hasPrefix("/")
      else { return (member.key, member.value.withoutNulls) }
      let way = folder.parts.map { _ in ".." } + [tree.text, file]
      return (member.key, .string(way.joined(separator: "/")))
    }
    let backend = JSONNode.object([(type, .object(members))])
    return JSONPrinter.printBytes(
      .object([("terraform", .object([("backend", backend)]))]))
  }

  /// Writes the note as it was.
  func restore(in project: Project) throws(OperationError) {
    try mapErrors { () throws(FileError) in
      try project.folder.replace(path, with: bytes, access: .owner)
    }
  }
}

extension JSONNode {
  /// The same without members that say nothing.
  fileprivate var withoutNulls: JSONNode {
    guard let members else { return self }
    return .object(
      members.filter { $0.value != JSONNode(.null) }.map { ($0.key, $0.value.withoutNulls) })
  }
}

extension Project {
  /// Removes a folder with the files in it, and one beside it.
  func remove(_ path: RelativePath, and file: RelativePath) throws(OperationError) {
    try mapErrors { () throws(FileError) in
      for file in try folder.files(below: path) + [file] { try folder.remove(file) }
    }
    folder.removeIfEmpty(path)
  }
}
