import AppManifest
public import Diagnostics
public import Generation
public import Platform

/// A picture of an environment, or why there is none.
public struct GraphReport: Sendable {
  /// The findings.
  public var diagnostics: Diagnostics
  /// The picture; nil where the manifest has errors.
  public var graph: StackGraph?
}

/// What an environment holds, and what refers to what in it, from app.json and the specs alone.
///
/// - Parameters:
///   - project: The project.
///   - name: The environment; nil where it is clear.
///   - generator: The pure functions.
///   - environment: The variables of the process.
/// - Returns: The graph.
/// - Throws: When the manifest can't be read, or the environment isn't clear.
public func graph(
  of project: Project, in name: String? = nil, with generator: Generator,
  in environment: Environment
) throws(OperationError) -> GraphReport {
  let (description, diagnostics) = try describe(project, name, with: generator)
  guard let graphs = description?.graphs else { return GraphReport(diagnostics: diagnostics) }
  let chosen = try choose(name, graphs.map(\.environment), environment)
  return GraphReport(
    diagnostics: diagnostics, graph: graphs.first { $0.environment == chosen }?.graph)
}
