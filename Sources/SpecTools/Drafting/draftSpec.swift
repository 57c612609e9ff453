public import Diagnostics
import HCL
import JSON
public import ProviderModel

/// What a spec is drafted from.
public struct DraftRequest: Sendable {
  /// A file of `terraform providers schema -json`.
  public var schema: SourceFile
  /// The constraints of the same provider; nil where nobody wrote any down.
  public var constraints: SourceFile?
  /// The resource type.
  public var type: String
  /// The manifest's word for the provider; nil to take the one there is, or Terraform's.
  public var provider: String?
  /// The manifest's word for the type; nil to take Terraform's.
  public var word: String?
  /// The specs that are there already.
  public var catalog: Catalog

  /// Makes a request.
  public init(schema: SourceFile, type: String, catalog: Catalog) {
    self.schema = schema
    self.type = type
    self.catalog = catalog
  }
}

/// The files of a drafted spec.
public struct SpecDraft: Sendable {
  /// A file, by its path relative to the folder of all specs.
  public struct File: Sendable {
    /// The path.
    public var path: String
    /// What it holds.
    public var text: String
    /// Whether it takes the place of one that is there.
    public var replaces: Bool
  }

  /// The manifest's word for the provider.
  public var provider: String
  /// The manifest's word for the type.
  public var word: String
  /// The files, the leaf first.
  public var files: [File]

  /// How many choices are left to a person.
  public var choiceCount: Int {
    files.map { $0.text.matches(of: "# Choose: ") }.reduce(0, +)
  }
}

/// Drafts the spec of a resource type: a leaf that passes the checks as it is, and a provider's
/// spec and the schemas where they are needed.
///
/// - Returns: The files; nil where the schema doesn't give them, which is reported.
public func draftSpec(
  _ request: DraftRequest, into diagnostics: inout Diagnostics
) -> SpecDraft? {
  guard let json = parseJSON(request.schema, into: &diagnostics) else { return nil }
  let constraints = request.constraints.flatMap { parseJSON($0, into: &diagnostics) }
  return draftSpec(request, json, constraints, into: &diagnostics)
}

/// Drafts a spec from what files hold.
func draftSpec(
  _ request: DraftRequest, _ json: JSONNode, _ constraints: JSONNode?,
  into diagnostics: inout Diagnostics
) -> SpecDraft? {
  guard let file = find(request, in: json, into: &diagnostics),
    let schema = file.resource(request.type)
  else { return nil }
  let localName = String(request.type.prefix { $0 != "_" })
  let known = request.catalog.providers.first { provider in
    request.provider.map { $0 == provider.name }
      ?? (provider.source.lowercased() == file.source.lowercased())
  }
  let name = known?.name ?? request.provider ?? localName
  let word = request.word ?? String(request.type.dropFirst(localName.count + 1))
  let tags = known.map { $0.tags.map(kind) } ?? kind(of: schema)
  let leaf = DraftedLeaf(
    type: request.type, word: word, schema: schema, dataSource: file.dataSource(request.type),
    tags: tags, knowsWholeNumbers: constraints != nil)
  var draft = SpecDraft(
    provider: name, word: word,
    files: [.init(path: "\(name)/\(word).hcl", text: leaf.text, replaces: false)])
  if known == nil {
    let text = draftProvider(
      file, name: name, localName: localName, type: request.type, tags: tags)
    draft.files.append(.init(path: "\(name)/provider.hcl", text: text, replaces: false))
  }
  var used = known.map { UsedTypes(request.catalog.allModules).of($0) } ?? UsedTypes()
  used.resources.insert(request.type)
  if leaf.dataSource != nil { used.dataSources.insert(request.type) }
  let missing = used.resources.subtracting(file.types).sorted()
  if !missing.isEmpty {
    diagnostics.append(.lacks(missing, request.schema))
    return nil
  }
  let excerpt = SchemaExcerpt.schema(
    file, resources: used.resources, dataSources: used.dataSources)
  draft.files.append(.init(path: "\(name)/schema.json", text: excerpt, replaces: known != nil))
  if let constraints {
    let text = SchemaExcerpt.constraints(
      constraints, resources: used.resources, dataSources: used.dataSources)
    draft.files.append(.init(path: "\(name)/constraints.json", text: text, replaces: known != nil))
  }
  return draft
}

/// The provider of a file that has the resource type.
private func find(
  _ request: DraftRequest, in json: JSONNode, into diagnostics: inout Diagnostics
) -> SchemaFile? {
  let files = SchemaFile.all(in: json)
  if let found = files.first(where: { $0.types.contains(request.type) }) { return found }
  let types = files.flatMap(\.types)
  diagnostics.append(
    Diagnostic(
      .error, "new.unknown-type",
      types.isEmpty
        ? "\(request.schema.name) holds no resource types"
        : "\(request.schema.name) has no resource type `\(request.type)`",
      help: nearestMatch(request.type, in: types).map { "Did you mean `\($0)`?" }
        ?? "Make the file with `terraform providers schema -json` in a folder that requires the provider."
    ))
  return nil
}

private func kind(_ rule: ProviderSpec.TagRule) -> DraftedLeaf.TagKind {
  guard case .forExpression(let loop) = rule.value, loop.key != nil else { return .list }
  return .map
}

private func kind(of schema: SchemaBlock) -> DraftedLeaf.TagKind? {
  let attribute = schema.settable.first { ["tags", "labels"].contains($0.name) }
  switch attribute?.type.text {
  case "list(string)", "set(string)": return .list
  case "map(string)": return .map
  default: return nil
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func matches(of text: String) -> Int {
    var count = 0
    var rest = self[...]
    while let found = rest.firstRange(of: text) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}
