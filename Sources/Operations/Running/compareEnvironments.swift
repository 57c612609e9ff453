public import Diagnostics
public import Generation

/// What two environments don't have alike.
public struct ComparisonReport: Sendable {
  /// The findings; with errors nothing was compared.
  public var diagnostics = Diagnostics()
  /// The two environments.
  public var environments: [String]
  /// The differences, by item and key in order.
  public var differences: [EnvironmentDifference] = []
}

/// Compares two environments of a manifest; nothing is run or written.
///
/// - Throws: When the manifest can't be read, or one of the environments isn't there.
public func compareEnvironments(
  _ project: Project, _ first: String, _ second: String, with generator: Generator
) throws(OperationError) -> ComparisonReport {
  var report = ComparisonReport(environments: [first, second])
  let source = try project.manifest()
  let records = try Records(of: project)
  let manifest = generator.read(source, &report.diagnostics)
  let made = manifest.flatMap {
    generator.make($0, records.memory, Generator.Permissions(), &report.diagnostics)
  }
  guard let environments = made?.environments, !report.diagnostics.hasErrors else { return report }
  for name in [first, second] where !environments.names.contains(name) {
    let near = nearestMatch(name, in: environments.names)
    throw OperationError(
      "there is no environment `\(name)`",
      help: near.map { "Did you mean `\($0)`?" }
        ?? "There is \(listed(environments.names, "and")).",
      kind: .wrongUsage)
  }
  report.differences = environments.differences(between: first, and: second)
  return report
}
