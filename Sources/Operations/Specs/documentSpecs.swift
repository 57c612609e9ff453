public import Diagnostics
import Files
import Platform
import ProviderModel
import SpecTools

/// What became of files beside the specs.
public struct SpecFilesReport: Sendable {
  /// What keeps them from being written.
  public var diagnostics = Diagnostics()
  /// The files that differ from what they should be, as messages call them.
  public var changed: [String] = []
  /// How many files there are.
  public var count = 0
  /// Whether nothing was written.
  public var isCheck: Bool
}

/// Writes the reference of every provider, and that of the backends, beside their specs.
///
/// - Throws: When no folder holds the specs, or a file can't be read or written.
public func documentSpecs(
  _ specs: SpecFolder, isCheck: Bool
) throws(OperationError) -> SpecFilesReport {
  try specs.needFolder()
  let catalog = specs.catalog
  var report = SpecFilesReport(isCheck: isCheck)
  for provider in catalog.providers where !provider.isUtility {
    guard let folder = provider.file.name.folder else { continue }
    let text = renderProvider(provider, catalog)
    let path = folder.dropFirst(specs.name == "." ? 0 : specs.name.utf8.count + 1) + "/README.md"
    try specs.write(Array(text.utf8), to: String(path), &report)
  }
  if !catalog.backends.isEmpty {
    try specs.write(Array(renderBackends(catalog).utf8), to: "backends/README.md", &report)
  }
  return report
}

extension String {
  /// The path without its last name.
  fileprivate var folder: Substring? { lastIndex(of: "/").map { self[..<$0] } }
}

extension SpecFolder {
  /// Stops where the specs are those that are part of webkit, beside which nothing can be written.
  func needFolder() throws(OperationError) {
    guard isEmbedded else { return }
    throw OperationError(
      "there is no folder \(name)", help: "Name the folder of the specs with `--specs`.")
  }

  /// Brings a file beside the specs up to date.
  func write(
    _ bytes: [UInt8], to path: String, _ report: inout SpecFilesReport
  ) throws(OperationError) {
    report.count += 1
    let isCheck = report.isCheck
    let isChanged = try mapErrors { () throws(FileError) -> Bool in
      guard let path = RelativePath(path) else { return false }
      let folder = try Folder(location)
      guard try folder.read(path) != bytes else { return false }
      if !isCheck { try folder.replace(path, with: bytes) }
      return true
    }
    if isChanged { report.changed.append(ShownPath.joined(name, path)) }
  }
}
