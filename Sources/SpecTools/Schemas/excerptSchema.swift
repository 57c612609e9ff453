public import Diagnostics
import JSON
public import ProviderModel

/// What of a provider's schema and constraints its specs use.
public struct ProviderExcerpt: Sendable {
  /// The text of `schema.json`.
  public var schema: String
  /// The text of `constraints.json`.
  public var constraints: String
}

/// Cuts the types that the leaves of a catalog use out of a provider's whole schema.
///
/// - Parameters:
///   - provider: The provider.
///   - catalog: All specs: one leaf may hold types of several providers.
///   - schema: The file of `terraform providers schema -json`.
///   - constraints: What that format lacks; nil where nobody wrote it down.
///   - diagnostics: Where it is reported what the schema lacks.
/// - Returns: The excerpt; nil where the schema doesn't give it.
public func excerptSchema(
  of provider: ProviderSpec, in catalog: Catalog, schema: SourceFile, constraints: SourceFile?,
  into diagnostics: inout Diagnostics
) -> ProviderExcerpt? {
  let limits = constraints.map { parseJSON($0, into: &diagnostics) }
  guard let json = parseJSON(schema, into: &diagnostics), limits != .some(nil) else { return nil }
  let used = UsedTypes(catalog.allModules).of(provider)
  let files = SchemaFile.all(in: json)
  guard
    let file = files.first(where: { $0.source.lowercased() == provider.source.lowercased() })
  else {
    diagnostics.append(.holdsOther(provider, schema))
    return nil
  }
  let missing = used.resources.subtracting(file.types)
    .union(used.dataSources.subtracting(file.dataSources)).sorted()
  guard missing.isEmpty else {
    diagnostics.append(.lacks(missing, schema))
    return nil
  }
  let known = limits.flatMap(\.self) ?? .object([])
  return ProviderExcerpt(
    schema: SchemaExcerpt.schema(
      file, resources: used.resources, dataSources: used.dataSources),
    constraints: SchemaExcerpt.constraints(
      known, resources: used.resources, dataSources: used.dataSources))
}

extension Diagnostic {
  static func lacks(_ types: [String], _ file: SourceFile) -> Diagnostic {
    let names = types.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      .error, "new.other-types", "\(file.name) lacks \(names), which leaves use",
      help: "Take the schema of the provider's release that the specs are for, whole.")
  }

  fileprivate static func holdsOther(_ provider: ProviderSpec, _ file: SourceFile) -> Diagnostic {
    Diagnostic(
      .error, "excerpt.other-provider", "\(file.name) holds no schema of \(provider.source)",
      help:
        "Make the file with `terraform providers schema -json` in a folder that requires the provider."
    )
  }
}
