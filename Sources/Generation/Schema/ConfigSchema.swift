import HCL
import JSON
import ProviderModel

/// The schemas of what a spec's variables take, by their types and what is known of their values.
struct ConfigSchema {
  /// Facts by path of a variable.
  var facts: [String: ArgumentFacts] = [:]
  /// The definition that holds the keys.
  var definition = ""
  /// What expressions of the spec see: `values`, `prices`.
  var scope = FixedScope([:])

  /// Keys of a `config` object.
  struct Keys {
    /// Schemas by key, in order.
    var properties: [(String, JSONNode)] = []
    /// For each key that has to be there, the words for it.
    var required: [[String]] = []
  }

  /// The keys of a leaf's `config`: inputs that the manifest gives, settings, other words for both.
  static func keys(
    of module: ModuleSpec, _ provider: ProviderSpec, _ catalog: Catalog, definition: String? = nil
  ) -> Keys {
    let prices = provider.prices.mapValues { table in
      Value.object(table.amounts.mapValues(Value.number))
    }
    let schema = ConfigSchema(
      facts: LeafAnalysis(module, catalog).facts.merging(
        module.settings.map { ($0.name, $0.facts) }
      ) { known, _ in known }, definition: definition ?? module.callName,
      scope: FixedScope(["values": .object(provider.values), "prices": .object(prices)]))
    let inputs = module.variables.filter(\.isManifestKey)
    let settings = module.settings.filter(\.isManifestKey)
    let entries = (inputs + settings).map {
      ($0, $0.isTakenUnchanged ? schema.schema(of: $0) : schema.open($0))
    }
    var keys = schema.keys(entries)
    keys.required = inputs.filter { $0.from == nil && $0.defaultValue == nil }.map {
      [$0.name] + $0.aliases
    }
    return keys
  }

  /// The keys that a backend or a provider may be set with.
  static func keys(
    of settings: [VariableSpec], _ provider: ProviderSpec? = nil, definition: String
  ) -> Keys {
    let facts = Dictionary(settings.map { ($0.name, $0.facts) }) { first, _ in first }
    let schema = ConfigSchema(
      facts: facts, definition: definition,
      scope: FixedScope(["values": .object(provider?.values ?? [:])]))
    var keys = schema.keys(settings.map { ($0, schema.schema(of: $0)) })
    keys.required = settings.filter { $0.defaultValue == nil }.map { [$0.name] + $0.aliases }
    return keys
  }

  private func keys(_ entries: [(VariableSpec, JSONNode)]) -> Keys {
    var result = Keys()
    for (spec, schema) in entries { result.properties.append((spec.name, schema)) }
    for (spec, _) in entries {
      for alias in spec.aliases where !result.properties.contains(where: { $0.0 == alias }) {
        let target = "\(definition)/properties/\(spec.name)"
        result.properties.append(
          (alias, SchemaNode.reference(target, "Other word for `\(spec.name)`.")))
      }
    }
    return result
  }

  // MARK: - One variable

  private func schema(of spec: VariableSpec) -> JSONNode {
    var keywords =
      spec.refersTo == nil
      ? self.keywords(spec, spec.type, [spec.name], "\(definition)/properties/\(spec.name)")
      : Self.item
    if !spec.also.isEmpty { keywords = respelled(keywords, spec) }
    return SchemaNode.make(keywords + remarks(spec), Self.description(spec))
  }

  /// A variable of which only remarks are made.
  private func open(_ spec: VariableSpec) -> JSONNode {
    SchemaNode.make(remarks(spec), Self.description(spec))
  }

  static func description(_ spec: VariableSpec) -> String {
    let text = spec.description.isEmpty ? "Setting `\(spec.name)`" : spec.description
    return (spec.deprecated.map { "Deprecated: \($0). " } ?? "") + text + "."
  }

  /// The default and samples; lists of known values grow, so that they are no more than samples.
  func remarks(_ spec: VariableSpec) -> [(String, JSONNode)] {
    var keywords: [(String, JSONNode)] = []
    if let value = spec.defaultValue, !value.isNull { keywords.append(("default", value.json)) }
    var examples = spec.example.map { [$0.json] } ?? []
    for text in known(spec) where !examples.contains(.string(text)) {
      examples.append(.string(text))
    }
    if !examples.isEmpty { keywords.append(("examples", .array(examples))) }
    return keywords
  }

  private func known(_ spec: VariableSpec) -> [String] {
    guard let known = spec.known else { return [] }
    let value = Evaluator(scope).value(of: known)
    return value.attributes?.keys.sorted() ?? value.elements?.compactMap(\.scalarText) ?? []
  }

  /// The name of another item, or what the provider calls one.
  private static let item: [(String, JSONNode)] = [
    ("type", SchemaNode.strings(["string", "number", "array", "object", "null"]))
  ]

  private func respelled(
    _ keywords: [(String, JSONNode)], _ spec: VariableSpec
  ) -> [(String, JSONNode)] {
    // Without an enum every spelling is allowed already.
    guard case .string = spec.type,
      facts[spec.name]?.oneOf != nil || facts[spec.name]?.pattern != nil
    else {
      return facts[spec.name]?.oneOf == nil ? keywords : []
    }
    let spelled = SchemaNode.make([("enum", SchemaNode.strings(spec.also.keys.sorted()))])
    return [("anyOf", .array([SchemaNode.make(keywords), spelled]))]
  }
}

extension VariableSpec {
  /// Whether the value of `config.<name>` arrives as it is: its own type is the manifest's then.
  fileprivate var isTakenUnchanged: Bool {
    guard let first = from?.first else { return true }
    let key = ["config", name]
    if first.attributePath == key { return true }
    // One branch hands it on, the other one joins it with an older key.
    guard case .conditional(let choice) = first else { return false }
    return choice.then.attributePath == key || choice.otherwise.attributePath == key
  }
}
