import AppManifest
public import Diagnostics
import Files
import Generation

/// What there is to say of a manifest and the tree that it gives.
public struct InfrastructureReport: Sendable {
  /// A question that every manifest is asked, and the errors that answer it with no.
  public struct Check: Sendable {
    /// The question.
    public var topic: Topic
    /// The errors; empty where all is well.
    public var errors: [Diagnostic]
    /// Whether earlier errors kept the question from being asked.
    public var isSkipped: Bool
  }

  /// What is asked.
  public enum Topic: String, Sendable, CaseIterable {
    /// Whether the manifest is well-formed: keys, types, names.
    case schema
    /// Whether every reference to a resource's output has its target.
    case references
    /// Whether there is a leaf for every provider and type.
    case support
    /// Whether the settings of every item hold, in every environment.
    case configuration
    /// Whether the generated Terraform is well-formed.
    case tree
  }

  /// The findings.
  public var diagnostics: Diagnostics
  /// The checks in the order of their topics.
  public var checks: [Check]
  /// The environments that were looked at; empty where the manifest can't be read.
  public var environments: [String]
  /// How many files the tree has.
  public var fileCount: Int
}

/// Checks the manifest for every environment, and the tree that it gives; nothing is written.
///
/// - Throws: When a file can't be read.
public func validateInfrastructure(
  _ project: Project, with generator: Generator
) throws(OperationError) -> InfrastructureReport {
  let source = try project.manifest()
  let records = try Records(of: project)
  var found = Diagnostics()
  let manifest = generator.read(source, &found)
  let tree = manifest.flatMap { generator.examine($0, records.memory, &found) }

  let errors = found.sorted().filter { $0.severity == .error }
  var checks = InfrastructureReport.Topic.allCases.map { topic in
    InfrastructureReport.Check(
      topic: topic, errors: errors.filter { $0.topic == topic },
      isSkipped: manifest == nil && topic != .schema)
  }
  if let index = checks.firstIndex(where: { $0.topic == .tree }) {
    checks[index].errors = tree?.findings.sorted().filter { $0.severity == .error } ?? []
    checks[index].isSkipped = tree == nil
  }
  if let tree { found.append(contentsOf: tree.findings) }
  return InfrastructureReport(
    diagnostics: found, checks: checks, environments: manifest?.environments ?? [],
    fileCount: tree.map { $0.fileCount + (generator.editorSchema == nil ? 0 : 1) } ?? 0)
}

extension Diagnostic {
  /// Errors of the manifest that concern what a variable refers to.
  private static let referenceErrors: Set = [
    "manifest.bad-reference", "manifest.reference-to-app", "manifest.unknown-resource",
    "manifest.unmanaged-resource", "manifest.unreachable-resource",
  ]

  /// The question that an error of the manifest belongs to.
  var topic: InfrastructureReport.Topic {
    if Self.referenceErrors.contains(id) { return .references }
    return switch id.prefix(while: { $0 != "." }) {
    case "reference": .references
    case "provider": .support
    case "json", "manifest": .schema
    default: .configuration
    }
  }
}
