public import Diagnostics
import HCL
import JSON
import Platform
public import ProviderModel

/// What there is to say of specs.
public struct SpecReport: Sendable {
  /// The folder, as messages call it.
  public var folder: String
  /// The findings.
  public var diagnostics: Diagnostics
  /// How many leaves were looked at.
  public var leafCount: Int
  /// What of their resources leaves reach; nil where nobody asked.
  public var coverage: [LeafCoverage]?

  /// Whether anything is wrong.
  public var fails: Bool {
    diagnostics.hasErrors || coverage?.contains { !$0.missing.isEmpty } == true
  }
}

/// What is to be checked of specs.
public struct SpecCheckOptions: Sendable {
  /// The folder or the files that are looked at, relative to the working folder; empty for all.
  public var paths: [String] = []
  /// Whether arguments that nothing reaches are listed.
  public var coverage = false
  /// The file with the addresses that are recorded; nil for the one beside the specs.
  public var addresses: String?
  /// The file with the defaults that are recorded; nil for the one beside the specs.
  public var defaults: String?

  /// Makes options that check everything.
  public init() {}
}

/// Checks specs against each other, the providers' schemas and what is recorded.
///
/// - Throws: When a file can't be read, or a path isn't one of the specs.
public func checkSpecFolder(
  _ specs: SpecFolder, _ options: SpecCheckOptions, in directory: String
) throws(OperationError) -> SpecReport {
  var found = Diagnostics()
  let catalog = Catalog(files: specs.files, root: specs.name, into: &found)
  // What follows from half a file says nothing of the whole one.
  let broken = Set(
    found.items.filter { $0.severity == .error && $0.id.hasPrefix("hcl.") }
      .compactMap { $0.location?.file.name })
  var judged = Diagnostics()
  checkSpecs(catalog, into: &judged)
  checkReasons(catalog, into: &judged)
  if let addresses = try specs.record(options.addresses, "addresses.txt", in: directory) {
    checkAddresses(catalog, recorded: addresses, into: &judged)
  }
  if let defaults = try specs.record(options.defaults, "frozen-defaults.txt", in: directory) {
    checkFrozenDefaults(catalog, recorded: defaults, into: &judged)
  }
  for item in judged.items where !broken.contains(item.location?.file.name ?? "") {
    found.append(item)
  }
  let wanted = try specs.filter(options.paths)
  var shown = Diagnostics()
  for item in found.items where wanted(item.location?.file.name) { shown.append(item) }
  let leaves = catalog.allModules.filter { wanted($0.file.name) }
  return SpecReport(
    folder: specs.name, diagnostics: shown, leafCount: leaves.count,
    coverage: options.coverage ? leaves.map { coverage(of: $0, catalog) } : nil)
}

extension SpecFolder {
  /// A file of what is recorded; the one that stands beside the specs may be absent.
  fileprivate func record(
    _ path: String?, _ name: String, in directory: String
  ) throws(OperationError) -> SourceFile? {
    if path == nil, isEmbedded { return nil }
    let shown = path ?? ShownPath.shown(ShownPath.joined(self.name, "../golden/" + name), from: "/")
    let beside = ShownPath.joined(location, "../golden/" + name)
    let place =
      path.map { $0.utf8.first == UInt8(ascii: "/") ? $0 : ShownPath.joined(directory, $0) }
      ?? beside
    if path == nil, FileSystem.kind(of: place) != .file { return nil }
    let bytes = try mapErrors { () throws(FileError) in try FileSystem.read(place) }
    return SourceFile(name: shown, bytes: bytes)
  }

  /// Whether findings about a file are wanted, by its name in messages.
  fileprivate func filter(
    _ paths: [String]
  ) throws(OperationError) -> (String?) -> Bool {
    if paths.isEmpty { return { _ in true } }
    let names = files.map { ShownPath.joined(name, $0.path) }
    for path in paths
    where !names.contains(where: {
      Self.covers(path, $0) || Self.covers(ShownPath.joined(name, path), $0)
    }) {
      throw OperationError(
        "there is no spec at \(path)",
        help: nearestMatch(path, in: names).map { "Did you mean `\($0)`?" }
          ?? "Name a provider's folder or a file in \(name).",
        kind: .wrongUsage)
    }
    let folder = name
    return { file in
      guard let file else { return false }
      return paths.contains {
        Self.covers($0, file) || Self.covers(ShownPath.joined(folder, $0), file)
      }
    }
  }

  private static func covers(_ path: String, _ file: String) -> Bool {
    var path = Substring(path)
    while path.hasSuffix("/") { path = path.dropLast() }
    return path == file || file.hasPrefix(path + "/") || path + ".hcl" == file
  }
}
