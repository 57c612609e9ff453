import Diagnostics
import Files
import JSON
import Platform

/// What an engine that writes the state says, kept until the run has ended well.
///
/// The guard adds to it, so that it tells what was in flight also when this process is killed.
struct RunJournal {
  private let project: Project
  let path: RelativePath

  init(of environment: String, in project: Project) throws(OperationError) {
    guard let path = RelativePath("\(RelativePath.runs.text)/\(environment).journal") else {
      throw OperationError("`\(environment)` is no name of a file", help: "Give it another name.")
    }
    self.project = project
    self.path = path
  }

  /// Begins anew with what the run is about to do.
  ///
  /// - Parameters:
  ///   - command: The command: `apply`.
  ///   - copy: The copy of the state from before; nil where there was no state.
  ///   - orphans: The addresses of what an earlier run may have made, and nobody knows of still.
  /// - Throws: When the file can't be written.
  func begin(
    _ command: String, after copy: StateCopy?, orphans: [String]
  ) throws(OperationError) {
    var members = [JSONMember("type", .string("run")), JSONMember("command", .string(command))]
    if let copy {
      members += [
        JSONMember("copy", .number(copy.number)), JSONMember("serial", .number(copy.serial)),
        JSONMember("lineage", .string(copy.lineage)),
      ]
    }
    members.append(JSONMember("orphans", JSONNode(.array(orphans.map { .string($0) }))))
    let text = JSONPrinter.printCompact(JSONNode(.object(members))) + "\n"
    try mapErrors { () throws(FileError) in
      try project.folder.replace(path, with: Array(text.utf8), access: .owner)
    }
  }

  /// Notes that what the engine couldn't store is kept as a copy.
  func note(left copy: StateCopy) throws(OperationError) {
    let members = [
      JSONMember("type", .string("left_state")), JSONMember("copy", .number(copy.number)),
    ]
    let line = JSONPrinter.printCompact(JSONNode(.object(members))) + "\n"
    try mapErrors { () throws(FileError) in
      let bytes = try project.folder.read(path) ?? []
      try project.folder.replace(path, with: bytes + Array("\n\(line)".utf8), access: .owner)
    }
  }

  /// Forgets the run, which ended well.
  func end() throws(OperationError) {
    try mapErrors { () throws(FileError) in
      try project.folder.remove(path)
      try project.folder.removeLeftover(of: path)
    }
  }

  /// The run that didn't end well; nil where there is none.
  ///
  /// What this process heard of it itself is added, since on a full disk the guard can't keep it.
  func read(heard: [UInt8] = []) throws(OperationError) -> UnfinishedRun? {
    try mapErrors { () throws(FileError) in
      guard let bytes = try project.folder.read(path) else { return nil }
      return UnfinishedRun(journal: bytes + Array("\n".utf8) + heard)
    }
  }

  /// The file, as this process names it.
  var name: String { project.shownPath(of: path) }
}

/// A run that wrote the state and didn't end well.
struct UnfinishedRun: Hashable, Sendable {
  /// Something that was begun, and of which nobody knows how it ended.
  struct Change: Hashable, Sendable {
    /// Where it is in the tree.
    var address: String
    /// What was done to it, in the engine's word: `create`, `update`, `delete`.
    var action: String
  }

  /// The command; nil where its journal doesn't tell.
  var command: String?
  /// The number of the copy of the state from before.
  var copy: Int?
  /// The history of that state.
  var lineage: String?
  /// How often it had been written.
  var serial: Int?
  /// The number of the copy that is what the engine couldn't store.
  var left: Int?
  /// The state that the engine printed because it could write it nowhere.
  var dumped: [UInt8]?
  /// The addresses of what runs before it may have made.
  var orphans: [String] = []
  /// What was in flight, in the order in which it was begun.
  var open: [Change] = []
  /// What was done, in the same order; the state may have been written before.
  var done: [Change] = []

  /// Reads a journal, up to where it was cut off.
  init(journal: [UInt8]) {
    var failed: Set<Change> = []
    var explained: Set<String> = []
    for line in journal.split(separator: UInt8(ascii: "\n")) {
      var problems = Diagnostics()
      let file = SourceFile(name: "", bytes: Array(line))
      guard let node = parseJSON(file, into: &problems), !problems.hasErrors else { continue }
      switch (node.member("type")?.text, Change(node)) {
      case ("run", _): read(head: node)
      case ("left_state", _): left = node.member("copy")?.integer
      case ("apply_start", let change?):
        open.removeAll { $0 == change }
        open.append(change)
      case ("apply_complete", let change?):
        open.removeAll { $0 == change }
        done.append(change)
      case ("apply_errored", let change?): failed.insert(change)
      case ("diagnostic", _):
        if let address = Self.explained(node.member("diagnostic")) { explained.insert(address) }
      default:
        if let state = node.member("state"), state.member("lineage") != nil {
          dumped = Array(JSONPrinter.printCompact(state).utf8)
        }
      }
    }
    // What failed in a provider's own words is known; what failed for want of an answer isn't.
    open.removeAll { failed.contains($0) && explained.contains($0.address) }
  }

  private mutating func read(head: JSONNode) {
    command = head.member("command")?.text
    copy = head.member("copy")?.integer
    serial = head.member("serial")?.integer
    lineage = head.member("lineage")?.text
    orphans = head.member("orphans")?.elements?.compactMap(\.text) ?? []
  }

  /// What is said where a provider's process didn't answer the engine, or nobody the provider.
  private static let silences = [
    "Plugin did not respond", "Request cancelled", "Plugin error", "i/o timeout",
    "deadline exceeded", "connection reset by peer", "unexpected EOF", "Client.Timeout exceeded",
  ]

  /// The address that an error explains; nil where it only says that there was no answer.
  private static func explained(_ finding: JSONNode?) -> String? {
    guard let finding, finding.member("severity")?.text == "error",
      let summary = finding.member("summary")?.text
    else { return nil }
    let text = "\(summary)\n\(finding.member("detail")?.text ?? "")"
    return silences.contains(where: text.contains) ? nil : finding.member("address")?.text
  }
}

extension UnfinishedRun.Change {
  /// What a message of the engine speaks of.
  fileprivate init?(_ message: JSONNode) {
    guard let hook = message.member("hook"),
      let address = hook.member("resource")?.member("addr")?.text,
      let action = hook.member("action")?.text, action != "read"
    else { return nil }
    self.init(address: address, action: action)
  }
}
