import Diagnostics
import JSON

/// The schemas of providers; each type is read when it is first asked for.
final class SchemaLibrary {
  private var entries: [String: ProviderOutline] = [:]
  private var blocks: [String: BlockType?] = [:]
  /// The constraints of providers; also those of a provider whose schema is another's.
  private var constraints: [String: JSONOutline] = [:]
  /// Where the constraints of types stand, by provider and kind.
  private var demanded: [String: [String: Range<Int>]] = [:]

  /// Takes sources; where two have a provider, the first counts.
  init(_ sources: [SchemaSource], findings: Findings) {
    for source in sources {
      guard let providers = source.providers else {
        findings.error(
          "bad-schema", "`\(source.file.name)` is no file of providers' schemas", at: nil,
          help: "Make it with `terraform providers schema -json`.")
        continue
      }
      for (address, outline) in providers {
        if let demands = source.constraints, constraints[address] == nil {
          constraints[address] = demands
        }
        if entries[address] == nil { entries[address] = outline }
      }
    }
  }

  /// The addresses of all providers, sorted.
  var addresses: [String] { entries.keys.sorted() }

  func knows(_ provider: ProviderAddress) -> Bool { entries[provider.text] != nil }

  /// Whether all types of a provider are known.
  func isWhole(_ provider: ProviderAddress) -> Bool { entries[provider.text]?.isWhole ?? false }

  /// The functions of a provider; nil where it isn't known.
  func functions(of provider: ProviderAddress) -> Set<String>? {
    entries[provider.text].flatMap { $0.isWhole || !$0.functions.isEmpty ? $0.functions : nil }
  }

  /// The names of a provider's types, sorted.
  func types(of provider: ProviderAddress, _ mode: ResourceMode) -> [String] {
    (entries[provider.text]?.types[mode] ?? [:]).keys.sorted()
  }

  /// The block of a resource type; nil where it isn't known.
  func block(_ provider: ProviderAddress, _ mode: ResourceMode, _ type: String) -> BlockType? {
    let part = mode == .managed ? "resources" : "data_sources"
    return read(provider, mode.rawValue + "." + type, rules: (part, type)) { $0.types[mode]?[type] }
  }

  /// The block of a provider's configuration; nil where it isn't known.
  func configuration(of provider: ProviderAddress) -> BlockType? {
    // A provider without a block of its own takes no arguments.
    let block = read(provider, "provider") { $0.provider }
    return block ?? (knows(provider) ? BlockType() : nil)
  }

  private func read(
    _ provider: ProviderAddress, _ name: String, rules: (part: String, type: String)? = nil,
    _ find: (ProviderOutline) -> Range<Int>?
  ) -> BlockType? {
    let key = provider.text + " " + name
    if let known = blocks[key] { return known }
    var block = entries[provider.text].flatMap { entry in
      find(entry).flatMap { Self.node(entry.outline, $0)?.member("block") }.map(BlockType.init)
    }
    if let rules, block != nil, let read = self.rules(provider, rules) { block?.add(read) }
    blocks[key] = .some(block)
    return block
  }

  private static func node(_ outline: JSONOutline, _ range: Range<Int>) -> JSONNode? {
    var ignored = Diagnostics()
    let file = SourceFile(name: "schema", bytes: Array(outline.bytes[range]))
    return parseJSON(file, into: &ignored)
  }

  private func rules(
    _ provider: ProviderAddress, _ place: (part: String, type: String)
  ) -> [String: ArgumentRules]? {
    guard let outline = constraints[provider.text] else { return nil }
    // The file is looked through once, not for each type.
    let key = provider.text + " " + place.part
    let types =
      demanded[key]
      ?? outline.member(place.part, 0..<outline.bytes.count).map { part in
        Dictionary(outline.members(part).map { ($0.key, $0.value) }) { first, _ in first }
      } ?? [:]
    demanded[key] = types
    guard let type = types[place.type],
      let members = Self.node(outline, type)?.member("attributes")?.members
    else { return nil }
    return Dictionary(members.map { ($0.key, ArgumentRules($0.value)) }) { first, _ in first }
  }
}
