import Diagnostics
import Platform
import ProviderModel
import SpecTools

/// Writes schema.json and constraints.json beside each provider's spec, cut out of whole schemas.
///
/// - Parameters:
///   - specs: The specs that say which types are used.
///   - schemas: The folder of whole schemas, a file for each provider, by the last part of its
///     source; `constraints` in it holds what their format lacks under the same names.
///   - directory: The folder that the command works in.
///   - isCheck: Whether nothing is written.
/// - Returns: What was written, or what keeps it from being written.
/// - Throws: When a file can't be read or written.
public func excerptSchemas(
  of specs: SpecFolder, from schemas: String, in directory: String, isCheck: Bool
) throws(OperationError) -> SpecFilesReport {
  try specs.needFolder()
  let catalog = specs.catalog
  var report = SpecFilesReport(isCheck: isCheck)
  var files: [(path: String, text: String)] = []
  for provider in catalog.providers {
    let name = provider.source.split(separator: "/").last.map { $0.lowercased() } ?? ""
    let constraints = "\(schemas)/constraints/\(name).json"
    // Not of every provider is more known than the schema says.
    let isKnown = FileSystem.kind(of: ShownPath.location(constraints, in: directory)) == .file
    let excerpt = excerptSchema(
      of: provider, in: catalog, schema: try source("\(schemas)/\(name).json", in: directory),
      constraints: isKnown ? try source(constraints, in: directory) : nil,
      into: &report.diagnostics)
    guard let excerpt else { continue }
    files.append(("\(provider.name)/schema.json", excerpt.schema))
    files.append(("\(provider.name)/constraints.json", excerpt.constraints))
  }
  guard !report.diagnostics.hasErrors else { return report }
  for (path, text) in files { try specs.write(Array(text.utf8), to: path, &report) }
  return report
}
