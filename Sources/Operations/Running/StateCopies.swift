import Diagnostics
import Files
import JSON
import Platform

/// A copy of an environment's state that was kept before a command wrote it.
public struct StateCopy: Sendable {
  /// Its number; the last one has the highest.
  public var number: Int
  /// When it was made, in seconds since 1970.
  public var madeAt: Int
  /// How often the state had been written by then.
  public var serial: Int
  /// How many resources it holds; data sources aren't any.
  public var resourceCount: Int
  /// What tells states of one history from those of another.
  var lineage: String
  /// What it holds: resources and outputs.
  fileprivate var content: [JSONNode]
  /// Its file in the project's folder.
  var path: RelativePath

  /// Whether it says the same as another.
  ///
  /// Bytes don't tell, since the engine writes the results of checks in any order.
  fileprivate func isSame(as other: StateCopy) -> Bool {
    (lineage, serial) == (other.lineage, other.serial) && content == other.content
  }
}

/// The copies of one environment's state: 0600, the last ten.
struct StateCopies {
  private static let limit = 10
  let project: Project
  let folder: RelativePath

  init(of environment: String, in project: Project) throws(OperationError) {
    guard let folder = RelativePath("\(RelativePath.states.text)/\(environment)") else {
      throw OperationError("`\(environment)` is no name of a folder", help: "Give it another name.")
    }
    self.project = project
    self.folder = folder
  }

  /// The copies, the last one first.
  func all() throws(OperationError) -> [StateCopy] {
    try mapErrors { () throws(FileError) in
      var copies: [StateCopy] = []
      for path in try project.folder.files(below: folder) {
        guard let number = Self.number(of: path), let bytes = try project.folder.read(path),
          let time = try project.folder.modificationTime(of: path),
          var copy = StateCopy(bytes, path, number)
        else { continue }
        copy.madeAt = time
        copies.append(copy)
      }
      return copies.sorted { $0.number > $1.number }
    }
  }

  /// Keeps a state, unless it is empty or the last copy is the same; the oldest ones go.
  ///
  /// - Returns: The copy of it; nil where there is none.
  @discardableResult
  func keep(_ bytes: [UInt8]) throws(OperationError) -> StateCopy? {
    let copies = try all()
    let number = (copies.first?.number ?? 0) + 1
    guard let path = RelativePath("\(folder.text)/\(number).tfstate"),
      let copy = StateCopy(bytes, path, number)
    else { return nil }
    return try mapErrors { () throws(FileError) in
      if let last = copies.first, last.isSame(as: copy) { return last }
      try project.folder.makeFolder(folder, access: .owner)
      try project.ignoreCaches()
      try project.folder.replace(path, with: bytes, access: .owner)
      for old in copies.dropFirst(Self.limit - 1) { try project.folder.remove(old.path) }
      return copy
    }
  }

  private static func number(of path: RelativePath) -> Int? {
    let name = path.text.split(separator: "/").last ?? ""
    return name.hasSuffix(".tfstate") ? Int(name.dropLast(".tfstate".count)) : nil
  }
}

extension StateCopy {
  /// Reads a state; nil for what is none, and for one that was never written.
  fileprivate init?(_ bytes: [UInt8], _ path: RelativePath, _ number: Int) {
    var problems = Diagnostics()
    guard let node = parseJSON(SourceFile(name: "state", bytes: bytes), into: &problems),
      !problems.hasErrors, let lineage = node.member("lineage")?.text,
      let serial = node.member("serial")?.integer
    else { return nil }
    let resources = node.member("resources")?.elements ?? []
    // A store without a state gives the one that the engine would begin with.
    guard serial > 0 || !resources.isEmpty else { return nil }
    self.init(
      number: number, madeAt: 0, serial: serial,
      resourceCount: resources.count { $0.member("mode")?.text == "managed" }, lineage: lineage,
      content: [node.member("resources"), node.member("outputs")].compactMap(\.self), path: path)
  }
}

extension Project {
  /// Whatever happens, git is never to see what is kept here for a while.
  func ignoreCaches() throws(FileError) {
    if try folder.entry(.cacheIgnore) == .absent {
      try folder.replace(.cacheIgnore, with: Array("*\n".utf8))
    }
  }
}

/// A question for the state as it is now, of which a copy is kept.
struct StatePull {
  /// The call of the engine that answers it.
  let call: ProgramCall
  private let environment: String
  private let output = CollectedOutput()
  private let errors: CollectedOutput

  init(_ prepared: PreparedRun) {
    errors = CollectedOutput(hiding: prepared.hidden)
    var call = prepared.call(["state", "pull"])
    (call.output, call.errors) = (output.stream, errors.stream)
    self.call = call
    environment = prepared.target.environment
  }

  /// Keeps what was answered.
  ///
  /// - Parameters:
  ///   - end: How the call ended.
  ///   - project: The project.
  /// - Returns: The copy; nil where there is no state yet.
  /// - Throws: When nothing was answered, or the copy can't be written.
  @discardableResult
  func keep(_ end: ProgramEnd, in project: Project) throws(OperationError) -> StateCopy? {
    guard end == .exited(0) else {
      throw OperationError(
        "the state can't be read, so that no copy of it can be kept",
        help: explained(errors.text, in: environment))
    }
    return try StateCopies(of: environment, in: project).keep(output.bytes)
  }
}

extension PreparedRun {
  /// Keeps a copy of the state as it is.
  ///
  /// - Returns: The copy of it; nil where there is no state yet.
  @discardableResult
  func keepState(in project: Project) throws(OperationError) -> StateCopy? {
    let pull = StatePull(self)
    return try pull.keep(try run(pull.call), in: project)
  }

  /// The path of a file of the project's, as the engine is told of it, who works in the tree's folder.
  func path(of file: RelativePath) -> String { path(ofGiven: file.text) }

  /// A path that the user gave, as the engine is told of it; a relative one starts from the project's folder.
  func path(ofGiven path: String) -> String {
    path.hasPrefix("/")
      ? path : (tree.parts.map { _ in ".." } + [path]).joined(separator: "/")
  }
}
