import Diagnostics
import JSON
import Synchronization

/// The schemas of providers; each type is read when it is first asked for.
final class SchemaLibrary: Sendable {
  private let entries: [String: ProviderOutline]
  private let blocks = Mutex<[BlockKey: BlockType?]>([:])
  /// The constraints of providers; also those of a provider whose schema is another's.
  private let constraints: [String: LazyConstraints]

  /// Takes sources; where two have a provider, the first counts.
  init(_ sources: [SchemaSource], findings: Findings) {
    var entries: [String: ProviderOutline] = [:]
    var constraints: [String: LazyConstraints] = [:]
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
    self.entries = entries
    self.constraints = constraints
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
    let address = provider.text
    let key = BlockKey(address: address, mode: mode, type: type)
    if let known = blocks.withLock({ $0[key] }) { return known }
    let block = readBlock(address, mode, type)
    blocks.withLock { $0[key] = .some(block) }
    return block
  }

  private func readBlock(_ address: String, _ mode: ResourceMode, _ type: String) -> BlockType? {
    guard let entry = entries[address], var block = Self.block(entry, entry.types[mode]?[type])
    else { return nil }
    // Ephemeral resources of a name demand what the data source does.
    if let demands = constraints[address]?.outline,
      let range = demands.types[mode == .managed ? .managed : .data]?[type],
      let rules = Self.rules(demands, range)
    {
      block.add(rules)
    }
    return block
  }

  /// The block of a provider's configuration; nil where it isn't known.
  func configuration(of provider: ProviderAddress) -> BlockType? {
    // A provider without a block of its own takes no arguments.
    entries[provider.text].map { Self.block($0, $0.provider) ?? BlockType() }
  }

  private static func block(_ entry: ProviderOutline, _ range: Range<Int>?) -> BlockType? {
    guard let range else { return nil }
    var block: BlockType?
    _ = entry.outline.walk(from: range.lowerBound) { key, value in
      guard key == "block" else { return nil }
      let (read, end) = BlockType.read(entry.outline, from: value)
      block = read
      return end
    }
    return block
  }

  private static func rules(
    _ demands: ConstraintOutline, _ range: Range<Int>
  ) -> [String: ArgumentRules]? {
    var rules: [String: ArgumentRules]?
    _ = demands.outline.walk(from: range.lowerBound) { key, value in
      guard key == "attributes" else { return nil }
      let (read, end) = ArgumentRules.readAll(demands.outline, from: value)
      rules = read
      return end
    }
    return rules
  }
}

/// A type of a provider.
private struct BlockKey: Hashable {
  let address: String
  let mode: ResourceMode
  let type: String
}
