import AppManifest
public import Diagnostics

/// What there is to say of a manifest.
public struct ValidationReport: Sendable {
  /// The findings.
  public var diagnostics: Diagnostics
  /// The environments that the manifest deploys; empty where it can't be read.
  public var environments: [String]
}

/// Reads and checks the manifest alone; what is generated of it isn't looked at.
///
/// - Throws: When the file can't be read.
public func validate(
  _ project: Project, with generator: Generator
) throws(OperationError) -> ValidationReport {
  var diagnostics = Diagnostics()
  let manifest = generator.read(try project.manifest(), &diagnostics)
  return ValidationReport(diagnostics: diagnostics, environments: manifest?.environments ?? [])
}
