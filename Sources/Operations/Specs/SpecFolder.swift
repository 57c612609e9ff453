import Platform
import ProviderModel
import ProviderSpecs

/// The specs that a command works on: a folder, or those that are part of webkit.
public struct SpecFolder: Sendable {
  /// What messages call the folder.
  public let name: String
  /// Whether the specs are those that are part of webkit.
  public let isEmbedded: Bool
  /// Where the folder is found.
  let location: String
  /// The files that specs consist of, by path relative to the folder, in order.
  private(set) var files: [(path: String, text: String)] = []

  /// Takes a folder; without a name `ProviderSpecs`, or what is part of webkit.
  ///
  /// - Parameters:
  ///   - name: The folder as the user named it, relative to the directory; nil for the usual one.
  ///   - directory: The folder that the command works in.
  ///   - needsProvider: Whether a folder without any spec is a mistake.
  /// - Throws: When there is no such folder, or a file in it can't be read.
  public init(
    _ name: String?, in directory: String, needsProvider: Bool = true
  ) throws(OperationError) {
    let standard = Catalog.standardRoot
    self.name = name ?? standard
    location = ShownPath.location(self.name, in: directory)
    isEmbedded = name == nil && FileSystem.kind(of: location) != .folder
    if isEmbedded {
      files = EmbeddedSpecs.files.map { ($0.path, $0.text) }
      return
    }
    guard FileSystem.kind(of: location) == .folder else {
      throw OperationError(
        "there is no folder \(self.name)", help: "Name the folder that holds a folder a provider.")
    }
    try read("")
    guard !needsProvider || files.contains(where: { $0.path.hasSuffix("/provider.hcl") }) else {
      throw OperationError(
        "no specs stand in \(self.name)",
        help: "Name the folder that holds `<provider>/provider.hcl`.")
    }
  }

  /// The specs that are part of webkit.
  public static let embedded = SpecFolder()

  private init() {
    name = Catalog.standardRoot
    location = name
    isEmbedded = true
    files = EmbeddedSpecs.files.map { ($0.path, $0.text) }
  }

  /// An empty folder that needn't exist, for specs that are about to be written.
  init(emptyNamed name: String, in directory: String) {
    self.name = name
    location = ShownPath.location(name, in: directory)
    isEmbedded = false
  }

  /// The catalog of the specs.
  var catalog: Catalog { Catalog(files: files, root: name) }

  /// What files of specs are called.
  private static let suffixes = [".hcl", ".json", ".tftpl"]

  private mutating func read(_ folder: String) throws(OperationError) {
    let place = folder.isEmpty ? location : ShownPath.joined(location, folder)
    let entries = try mapErrors { () throws(FileError) in try FileSystem.entries(of: place) }
    for entry in entries where !entry.name.hasPrefix(".") {
      let path = folder.isEmpty ? entry.name : folder + "/" + entry.name
      if entry.kind == .folder {
        try read(path)
      } else if Self.suffixes.contains(where: entry.name.hasSuffix) {
        files.append((path, try text(of: path)))
      }
    }
  }

  private func text(of path: String) throws(OperationError) -> String {
    let bytes = try mapErrors { () throws(FileError) in
      try FileSystem.read(ShownPath.joined(location, path))
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw OperationError(
        "\(ShownPath.joined(name, path)) isn't UTF-8", help: "Save the file as UTF-8.")
    }
    return text
  }
}
