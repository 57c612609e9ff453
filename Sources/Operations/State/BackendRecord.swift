import Diagnostics
import Files
import JSON
import Platform

/// What the engine noted of where the state is when the folder was initialised last.
struct BackendRecord {
  /// Its word for the backend.
  let type: String
  private let settings: JSONNode
  private let path: RelativePath
  private let bytes: [UInt8]
  private let environment: String

  /// Reads the note.
  ///
  /// - Throws: When there is none.
  init(_ prepared: PreparedRun, in project: Project) throws(OperationError) {
    environment = prepared.target.environment
    let text = "\(prepared.tree.text)/\(prepared.target.dataDirectory)/terraform.tfstate"
    var problems = Diagnostics()
    guard let path = RelativePath(text),
      let bytes = try mapErrors({ () throws(FileError) in try project.folder.read(path) }),
      let node = parseJSON(SourceFile(name: text, bytes: bytes), into: &problems),
      let backend = node.member("backend"), let type = backend.member("type")?.text,
      let settings = backend.member("config")
    else {
      throw OperationError(
        "nobody knows here where the state of \(prepared.target.environment) was",
        help: """
          Migrate in the folder that it was applied in last: the engine notes the place in \(text). Or \
          fetch it by hand, and put it where it belongs: `webkit infra exec -- state push FILE`.
          """)
    }
    (self.path, self.bytes, self.type, self.settings) = (path, bytes, type, settings)
  }

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
