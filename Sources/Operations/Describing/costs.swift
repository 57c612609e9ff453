import AppManifest
public import Diagnostics
import Files
public import Generation
import Platform

/// What a project costs, or why that can't be told.
public struct CostsReport: Sendable {
  /// The findings.
  public var diagnostics: Diagnostics
  /// The costs; nil where the manifest has errors.
  public var costs: CostReport?
  /// What changes against another manifest, by environment in order; nil where nothing was compared.
  public var differences: [CostDifference]?
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

/// Works out what a project costs more or less than it did, with the same prices.
///
/// - Parameters:
///   - project: The project.
///   - path: The manifest that it had before; a relative path starts from the project's folder.
///   - environment: The one environment to look at; nil for all.
///   - generator: The pure functions.
/// - Returns: The costs, and what changes; environments that are gone come last.
/// - Throws: When a manifest can't be read, or there is no such environment.
public func costs(
  of project: Project, comparedWith path: String, in environment: String? = nil,
  with generator: Generator
) throws(OperationError) -> CostsReport {
  var report = try costs(of: project, in: environment, with: generator)
  guard let now = report.costs else { return report }
  let bytes = try mapErrors { () throws(FileError) in
    try FileSystem.read(ShownPath.location(path, in: project.folder.name))
  }
  var problems = Diagnostics()
  let read = generator.read(SourceFile(name: path, bytes: bytes), &problems)
  guard let former = read.flatMap({ generator.describe?($0, &problems) })?.costs else {
    report.costs = nil
    report.diagnostics = problems
    return report
  }
  let before = environment.map { former.limited(to: $0) } ?? former
  let names = now.environments.map(\.name)
  let gone = before.environments.map(\.name).filter { !names.contains($0) }
  report.differences = (names + gone).map { name in
    let old = before.environments.first { $0.name == name }
    return CostDifference(
      name, before: old ?? .nothing(in: name),
      after: now.environments.first { $0.name == name })
  }
  return report
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
