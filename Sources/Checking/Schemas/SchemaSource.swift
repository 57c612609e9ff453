public import Diagnostics

/// A file of providers' schemas, in the shape of `terraform providers schema -json`.
///
/// It is looked through once; types are read when a check first needs them.
public struct SchemaSource: Sendable {
  /// The file.
  public let file: SourceFile
  /// Whether it has all types of its providers; a type that an excerpt lacks may still exist.
  public let isWhole: Bool
  /// What the providers demand beyond their schema, as `constraints.json` of a spec has it.
  let constraints: JSONOutline?
  /// The providers in it, by address; nil where it is no such file.
  let providers: [String: ProviderOutline]?

  /// Makes a source.
  public init(_ file: SourceFile, isWhole: Bool, constraints: SourceFile? = nil) {
    self.file = file
    self.isWhole = isWhole
    self.constraints = constraints.map { JSONOutline(bytes: $0.bytes) }
    let outline = JSONOutline(bytes: file.bytes)
    let members = outline.member("provider_schemas", 0..<file.bytes.count)
    providers = members.map { members in
      Dictionary(
        outline.members(members).map { ($0.key, ProviderOutline(outline, $0.value, isWhole)) }
      ) { first, _ in first }
    }
  }
}

/// Where the parts of a provider's schema stand in a file.
struct ProviderOutline: Sendable {
  let outline: JSONOutline
  let isWhole: Bool
  private(set) var provider: Range<Int>?
  private(set) var types: [ResourceMode: [String: Range<Int>]] = [:]
  private(set) var functions: Set<String> = []

  fileprivate init(_ outline: JSONOutline, _ range: Range<Int>, _ isWhole: Bool) {
    self.outline = outline
    self.isWhole = isWhole
    func types(_ range: Range<Int>) -> [String: Range<Int>] {
      Dictionary(outline.members(range).map { ($0.key, $0.value) }) { first, _ in first }
    }
    for (key, value) in outline.members(range) {
      switch key {
      case "provider": provider = value
      case "resource_schemas": self.types[.managed] = types(value)
      case "data_source_schemas": self.types[.data] = types(value)
      case "ephemeral_resource_schemas": self.types[.ephemeral] = types(value)
      case "functions": functions = Set(outline.members(value).map(\.key))
      default: break
      }
    }
  }
}
