import AppManifest
public import Diagnostics
public import Generation

/// What a project costs, or why that can't be told.
public struct CostsReport: Sendable {
  /// The findings.
  public var diagnostics: Diagnostics
  /// The costs; nil where the manifest has errors.
  public var costs: CostReport?
}

/// Works out what a project costs a month, from app.json and the prices of the specs alone.
///
/// - Parameters:
///   - project: The project.
///   - environment: The one environment to look at; nil for all.
///   - generator: The pure functions.
/// - Returns: The costs.
/// - Throws: When the manifest can't be read, or there is no such environment.
public func costs(
  of project: Project, in environment: String? = nil, with generator: Generator
) throws(OperationError) -> CostsReport {
  let (description, diagnostics) = try describe(project, environment, with: generator)
  let costs = description.map { found in
    environment.map { found.costs.limited(to: $0) } ?? found.costs
  }
  return CostsReport(diagnostics: diagnostics, costs: costs)
}

/// What there is to tell of a project without its tree.
///
/// - Throws: When the manifest can't be read, or has no environment of that name.
func describe(
  _ project: Project, _ environment: String?, with generator: Generator
) throws(OperationError) -> (ProjectDescription?, Diagnostics) {
  var diagnostics = Diagnostics()
  guard let manifest = generator.read(try project.manifest(), &diagnostics) else {
    return (nil, diagnostics)
  }
  if let environment { try check(environment, isAmong: manifest.environments) }
  return (generator.describe?(manifest, &diagnostics), diagnostics)
}
