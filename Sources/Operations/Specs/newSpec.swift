public import Diagnostics
import Files
import Platform
import ProviderModel
public import SpecTools

/// What a spec is to be made of.
public struct NewSpecOptions: Sendable {
  /// A file of `terraform providers schema -json`.
  public var schema: String
  /// The resource type.
  public var type: String
  /// A file of the provider's constraints.
  public var constraints: String?
  /// The manifest's word for the provider.
  public var provider: String?
  /// The file of the leaf; nil for `<specs>/<provider>/<type>.hcl`.
  public var output: String?
  /// The folder of all specs.
  public var specs: String?

  /// Makes options.
  public init(schema: String, type: String) {
    self.schema = schema
    self.type = type
  }
}

/// What became of a spec that was to be made.
public struct NewSpecReport: Sendable {
  /// What is wrong with the schema.
  public var diagnostics = Diagnostics()
  /// The folder of all specs, as messages call it.
  public var folder: String
  /// What was made; nil where nothing was.
  public var draft: SpecDraft?

  /// The files that were written, as messages call them.
  public var paths: [String] {
    (draft?.files ?? []).map { ShownPath.joined(folder, $0.path) }
  }
}

/// Writes the spec of a resource type, and a provider's spec and schemas where they are needed.
///
/// - Throws: When there is a spec already, or a file can't be read or written.
public func newSpec(
  _ options: NewSpecOptions, in directory: String
) throws(OperationError) -> NewSpecReport {
  let place = try Place(options)
  let isThere = FileSystem.kind(of: ShownPath.location(place.folder, in: directory)) == .folder
  let specs =
    isThere
    ? try SpecFolder(place.folder, in: directory, needsProvider: false)
    : SpecFolder(emptyNamed: place.folder, in: directory)
  var request = DraftRequest(
    schema: try source(options.schema, in: directory), type: options.type, catalog: specs.catalog)
  if let path = options.constraints { request.constraints = try source(path, in: directory) }
  request.provider = place.provider
  request.word = place.word
  var report = NewSpecReport(folder: specs.name)
  report.draft = draftSpec(request, into: &report.diagnostics)
  guard let draft = report.draft, !report.diagnostics.hasErrors else { return report }
  try specs.write(draft)
  return report
}

/// Where a leaf goes.
private struct Place {
  var folder: String
  var provider: String?
  var word: String?

  init(_ options: NewSpecOptions) throws(OperationError) {
    folder = options.specs ?? Catalog.standardRoot
    provider = options.provider
    guard let output = options.output else { return }
    let parts = output.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let file = parts.last, file.hasSuffix(".hcl"), parts.count > 1,
      let name = parts.dropLast().last, !name.isEmpty, name != ".", name != ".."
    else {
      throw OperationError(
        "`\(output)` can't be the file of a leaf",
        help: "Write <specs>/<provider>/<type>.hcl.", kind: .wrongUsage)
    }
    word = String(file.dropLast(".hcl".count))
    provider = options.provider ?? name
    let above = parts.dropLast(2).joined(separator: "/")
    folder = options.specs ?? (parts.count == 2 ? "." : above.isEmpty ? "/" : above)
  }
}

/// A file that the user named.
func source(
  _ path: String, in directory: String
) throws(OperationError) -> SourceFile {
  let bytes = try mapErrors { () throws(FileError) in
    try FileSystem.read(ShownPath.location(path, in: directory))
  }
  return SourceFile(name: path, bytes: bytes)
}

extension SpecFolder {
  /// Writes what is new; nothing where a file is there that it doesn't replace.
  fileprivate func write(_ draft: SpecDraft) throws(OperationError) {
    for file in draft.files where !file.replaces {
      guard FileSystem.kind(of: ShownPath.joined(location, file.path)) == nil else {
        throw OperationError(
          "there is a \(ShownPath.joined(name, file.path)) already, which stays as it is",
          help: "Give the leaf another word: `--output \(name)/\(draft.provider)/<type>.hcl`.")
      }
    }
    try mapErrors { () throws(FileError) in
      let (start, way) = nearestFolder
      let base = try Folder(start)
      for file in draft.files {
        guard let path = RelativePath((way + [file.path]).joined(separator: "/")) else { continue }
        let bytes = Array(file.text.utf8)
        if file.replaces {
          try base.replace(path, with: bytes)
        } else {
          try base.create(path, with: bytes)
        }
      }
    }
  }
}

extension SpecFolder {
  /// The nearest folder that is there, and the way from it to this one.
  private var nearestFolder: (start: String, way: [String]) {
    var parts = location.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    var way: [String] = []
    while !parts.isEmpty {
      let start = parts.count == 1 && parts[0].isEmpty ? "/" : parts.joined(separator: "/")
      if FileSystem.kind(of: start) == .folder { return (start, way) }
      way.insert(parts.removeLast(), at: 0)
    }
    return (".", way)
  }
}

extension ShownPath {
  /// Where a path is found that the user wrote in a folder.
  static func location(_ path: String, in directory: String) -> String {
    path.utf8.first == UInt8(ascii: "/") ? path : joined(directory, path)
  }
}
