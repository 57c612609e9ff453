import Diagnostics
import Files
import Generation
import JSON
import Platform

extension Ledger {
  /// The format that is written, and the newest one that is read.
  static let format = 1

  /// The file's bytes: equal for equal content, one file a line so that merges stay easy.
  var bytes: [UInt8] { JSONPrinter.printBytes(.object(members)) }

  fileprivate var members: [(String, JSONNode)] {
    let names = memory.cloudNames.sorted { $0.key < $1.key }.map { environment, names in
      let names = names.sorted { $0.key < $1.key }.map { ($0.key, JSONNode.string($0.value)) }
      return (environment, JSONNode.object(names))
    }
    return [
      ("$comment", .string("What webkit wrote; commit it, and leave it to `webkit update`.")),
      ("format", .number(Self.format)),
      ("files", .object(Self.members(of: files))),
      ("providers", .array(memory.providers.map { .string($0) })),
      ("cloud_names", .object(names)),
      ("links", .array(memory.links.map { .string($0) })),
    ] + (memory.items.isEmpty ? [] : [("items", .object(Self.members(of: memory.items)))])
      + (memory.backend.map { [("backend", .string($0))] } ?? [])
  }

  fileprivate static func members(of files: [RelativePath: Digest]) -> [(String, JSONNode)] {
    files.sorted { $0.key < $1.key }.map { ($0.key.text, .string($0.value.hex)) }
  }

  /// What was made, by environment and item.
  private static func members(
    of items: [String: [String: MadeItem]]
  ) -> [(String, JSONNode)] {
    items.sorted { $0.key < $1.key }.map { environment, items in
      let members = items.sorted { $0.key < $1.key }.map { name, item -> (String, JSONNode) in
        var parts: [(String, JSONNode)] = [
          ("leaf", .string(item.leaf)), ("manage", .string(item.management)),
        ]
        if !item.kept.isEmpty {
          let kept = item.kept.sorted { $0.key < $1.key }
          parts.append(("kept", .object(kept.map { ($0.key, .string($0.value)) })))
        }
        if !item.places.isEmpty {
          let places = item.places.sorted { $0.key < $1.key }.map { input, names in
            (input, JSONNode.array(names.map { .string($0) }))
          }
          parts.append(("places", .object(places)))
        }
        return (name, .object(parts))
      }
      return (environment, .object(members))
    }
  }

  /// Reads what was made; earlier versions of webkit remembered names alone.
  private static func items(_ node: JSONNode?) -> [String: [String: MadeItem]] {
    var result: [String: [String: MadeItem]] = [:]
    for environment in node?.members ?? [] {
      for item in environment.value.members ?? [] {
        guard let leaf = item.value.member("leaf")?.text,
          let management = item.value.member("manage")?.text
        else { continue }
        var made = MadeItem(leaf: leaf, management: management)
        for kept in item.value.member("kept")?.members ?? [] {
          made.kept[kept.key] = kept.value.text
        }
        for places in item.value.member("places")?.members ?? [] {
          made.places[places.key] = places.value.elements?.compactMap(\.text)
        }
        result[environment.key, default: [:]][item.key] = made
      }
    }
    return result
  }

  fileprivate static func files(_ node: JSONNode?) -> [RelativePath: Digest]? {
    guard let members = node?.members else { return nil }
    var files: [RelativePath: Digest] = [:]
    for member in members {
      guard let path = RelativePath(member.key), path.isForGeneratedFiles,
        let digest = member.value.text.flatMap({ Digest(hex: $0) })
      else { return nil }
      files[path] = digest
    }
    return files
  }

  fileprivate init?(_ node: JSONNode) {
    guard let files = Self.files(node.member("files")),
      let providers = node.member("providers")?.elements,
      let environments = node.member("cloud_names")?.members
    else { return nil }
    self.files = files
    memory.providers = providers.compactMap(\.text)
    memory.links = node.member("links")?.elements?.compactMap(\.text) ?? []
    memory.backend = node.member("backend")?.text
    memory.items = Self.items(node.member("items"))
    for environment in environments {
      var names: [String: String] = [:]
      for name in environment.value.members ?? [] { names[name.key] = name.value.text }
      memory.cloudNames[environment.key] = names
    }
  }

  /// Reads a ledger.
  ///
  /// - Throws: When the text isn't one, or a newer webkit wrote it.
  static func read(_ bytes: [UInt8], at path: RelativePath) throws(OperationError) -> Ledger {
    guard let ledger = Ledger(try document(bytes, at: path)) else { throw damaged(path) }
    return ledger
  }

  fileprivate static func document(
    _ bytes: [UInt8], at path: RelativePath
  ) throws(OperationError) -> JSONNode {
    var diagnostics = Diagnostics()
    let node = parseJSON(SourceFile(name: path.text, bytes: bytes), into: &diagnostics)
    guard let node, !diagnostics.hasErrors, let format = node.member("format")?.integer else {
      throw damaged(path)
    }
    guard format <= Self.format else {
      throw OperationError(
        "\(path) was written by a newer webkit (format \(format))",
        help: "Update webkit to the version that wrote it.")
    }
    return node
  }

  fileprivate static func damaged(_ path: RelativePath) -> OperationError {
    OperationError(
      "\(path) can't be understood",
      help: path == .pendingUpdate
        ? """
        Remove it and run the command again; files that a killed update wrote may then count as \
        edited by hand.
        """
        : """
        If a merge left marks in it, take either side and run `webkit update`; otherwise fetch it \
        from version control.
        """)
  }
}

extension PendingUpdate {
  /// The file's bytes.
  var bytes: [UInt8] {
    JSONPrinter.printBytes(
      .object(ledger.members + [("before", .object(Ledger.members(of: before)))]))
  }

  /// Reads what a killed update was about to do.
  ///
  /// - Throws: When the text isn't that, or a newer webkit wrote it.
  static func read(
    _ bytes: [UInt8], at path: RelativePath
  ) throws(OperationError) -> PendingUpdate {
    let node = try Ledger.document(bytes, at: path)
    guard let ledger = Ledger(node), let before = Ledger.files(node.member("before")) else {
      throw Ledger.damaged(path)
    }
    return PendingUpdate(ledger: ledger, before: before)
  }
}

extension Records {
  /// What the files of the records hold; nil where there is none.
  struct Source: Hashable, Sendable {
    var ledger: [UInt8]?
    var pending: [UInt8]?

    /// Reads the files of a project.
    ///
    /// - Throws: When one of them can't be read.
    init(of project: Project) throws(OperationError) {
      (ledger, pending) = try mapErrors { () throws(FileError) in
        (try project.folder.read(.ledger), try project.folder.read(.pendingUpdate))
      }
    }
  }

  /// Reads what is known of a project's files.
  ///
  /// - Throws: When a record can't be understood.
  init(_ source: Source) throws(OperationError) {
    if let old = source.ledger { ledger = try Ledger.read(old, at: .ledger) }
    if let new = source.pending { pending = try PendingUpdate.read(new, at: .pendingUpdate) }
  }

  /// Reads what is known of a project's files.
  ///
  /// - Throws: When a record can't be read or understood.
  init(of project: Project) throws(OperationError) { try self.init(Source(of: project)) }
}
