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

  private static func description(_ spec: VariableSpec) -> String {
    let text = spec.description.isEmpty ? "Setting `\(spec.name)`" : spec.description
    return (spec.deprecated.map { "Deprecated: \($0). " } ?? "") + text + "."
  }

  /// The default and samples; lists of known values grow, so that they are no more than samples.
  private func remarks(_ spec: VariableSpec) -> [(String, JSONNode)] {
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

  // MARK: - Types

  /// The keywords of a type, as the conversion takes values: text for numbers, `true` for an
  /// object, one element for a list.
  ///
  /// Facts about it stand at the path, and the keywords themselves at the place in the schema.
  private func keywords(
    _ spec: VariableSpec, _ type: TypeConstraint, _ path: [String], _ place: String
  ) -> [(String, JSONNode)] {
    switch type {
    case .any: return []
    case .bool: return Self.boolean
    case .number: return number(facts[path.joined(separator: ".")] ?? ArgumentFacts())
    case .string: return text(facts[path.joined(separator: ".")] ?? ArgumentFacts(), spec)
    case .list(let element), .set(let element):
      if element.isSequence {
        let items = keywords(spec, element, path, place + "/items")
        return [
          ("type", SchemaNode.strings(["array", "null"])), ("items", SchemaNode.make(items)),
        ]
      }
      let one = SchemaNode.make(keywords(spec, element, path, place + "/anyOf/1"))
      let list = SchemaNode.make([
        ("type", .string("array")), ("items", whole(element, place + "/anyOf/1")),
      ])
      return [("anyOf", .array([list, one]))]
    case .tuple(let elements):
      let items = elements.enumerated().map { index, element in
        SchemaNode.make(keywords(spec, element, path, "\(place)/items/\(index)"))
      }
      return [
        ("type", SchemaNode.strings(["array", "null"])), ("items", .array(items)),
        ("minItems", .number(elements.count)), ("maxItems", .number(elements.count)),
      ]
    case .map(let element):
      var inner = self
      if element.objectAttributes != nil { inner.facts = [:] }
      let values = inner.keywords(spec, element, path, place + "/additionalProperties")
      return [
        ("type", SchemaNode.strings(["object", "null"])),
        ("additionalProperties", SchemaNode.make(values)),
      ]
    case .object(let attributes): return object(attributes, spec, path, place)
    }
  }

  /// An element of a list, which is whole: of other objects an environment may override parts.
  private func whole(_ element: TypeConstraint, _ place: String) -> JSONNode {
    let required = (element.objectAttributes ?? []).filter { !$0.isOptional }.map(\.name)
    guard case .object = element, !required.isEmpty else { return SchemaNode.reference(place) }
    return SchemaNode.make([
      ("allOf", .array([SchemaNode.reference(place)])), ("required", SchemaNode.strings(required)),
    ])
  }

  private func object(
    _ attributes: [TypeConstraint.ObjectAttribute], _ spec: VariableSpec, _ path: [String],
    _ place: String
  ) -> [(String, JSONNode)] {
    let isSwitch =
      attributes.contains { $0.name == "enabled" } || attributes.allSatisfy(\.isOptional)
    let properties = attributes.map { attribute in
      let field = spec.fields.first { $0.name == attribute.name }
      var inner = field ?? spec
      if field == nil {
        inner.fields = []
        inner.known = nil
        inner.retired = [:]
      }
      let isKnown = spec.type.objectAttributes != nil
      var keywords = self.keywords(
        inner, attribute.type, isKnown ? path + [attribute.name] : path,
        "\(place)/properties/\(attribute.name)")
      if attribute.defaultValue != .null {
        keywords.append(("default", attribute.defaultValue.json))
      }
      if let field { keywords += remarks(field) }
      return (attribute.name, SchemaNode.make(keywords, field.map(Self.description)))
    }
    var types = isSwitch ? ["object", "boolean", "null"] : ["object", "null"]
    // A text stands for an object of one attribute.
    if attributes.count == 1 { types.insert("string", at: 1) }
    return [
      ("type", SchemaNode.strings(types)),
      ("properties", .object(properties)), ("additionalProperties", .bool(false)),
    ]
  }

  // MARK: - Scalars

  private static let boolean: [(String, JSONNode)] = [
    ("type", SchemaNode.strings(["boolean", "string", "null"])),
    ("pattern", .string("^(true|false)$")),
  ]

  private func number(_ facts: ArgumentFacts) -> [(String, JSONNode)] {
    let written = SchemaNode.reference(facts.isWhole ? "whole" : "number")
    if let allowed = facts.oneOf, !allowed.isEmpty {
      let text = SchemaNode.make([("type", .string("string"))])
      let numbers = SchemaNode.make([("enum", .array(allowed.map(\.json) + [.null]))])
      return [
        ("anyOf", .array([numbers, SchemaNode.make([("allOf", .array([written, text]))])]))
      ]
    }
    var keywords = [("allOf", JSONNode.array([written]))]
    if let range = facts.range {
      if range.lowerBound > -1e15 {
        keywords.append(("minimum", JSONNode(.number(Number(range.lowerBound).text))))
      }
      if range.upperBound < 1e15 {
        keywords.append(("maximum", JSONNode(.number(Number(range.upperBound).text))))
      }
    }
    return keywords
  }

  private func text(_ facts: ArgumentFacts, _ spec: VariableSpec) -> [(String, JSONNode)] {
    if let allowed = facts.oneOf?.compactMap(\.scalarText), !allowed.isEmpty {
      // Numbers are written as texts, so that those that read like one are allowed too.
      let numbers = allowed.compactMap { text in
        Number(text).flatMap { $0.text == text ? JSONNode(.number(text)) : nil }
      }
      let listed = JSONNode.array(allowed.map(JSONNode.string) + numbers + [.null])
      guard facts.ignoresCase else { return [("enum", listed)] }
      let words = allowed.map { $0.map(SchemaNode.anyCase).joined() }
      let spelled = SchemaNode.make([
        ("type", .string("string")),
        ("pattern", .string("^(\(words.joined(separator: "|")))$")),
      ])
      return [("anyOf", .array([SchemaNode.make([("enum", listed)]), spelled]))]
    }
    var keywords = [
      ("type", SchemaNode.strings(["string", "number", "boolean", "null"]))
    ]
    if let length = facts.length {
      if length.lowerBound > 0 { keywords.append(("minLength", .number(length.lowerBound))) }
      if length.upperBound < 1 << 40 { keywords.append(("maxLength", .number(length.upperBound))) }
    }
    if let pattern = facts.pattern, Self.isPortable(pattern) {
      keywords.append(("pattern", .string(pattern)))
    }
    if !spec.retired.isEmpty {
      let retired = SchemaNode.strings(spec.retired.keys.sorted())
      keywords.append(("not", .object([("enum", retired)])))
    }
    return keywords
  }

  /// Whether a pattern means the same to editors: no marked groups, no classes by name.
  private static func isPortable(_ pattern: String) -> Bool {
    let bytes = Array(pattern.utf8)
    for (byte, next) in zip(bytes, bytes.dropFirst()) {
      let isOpening = byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[")
      if isOpening, next == UInt8(ascii: "?") || next == UInt8(ascii: ":") {
        return false
      }
      if byte == UInt8(ascii: "\\"), "AzQpP".utf8.contains(next) { return false }
    }
    return true
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
