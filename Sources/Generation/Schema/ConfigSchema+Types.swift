import JSON
import ProviderModel

/// The schemas of types.
extension ConfigSchema {
  /// The keywords of a type, as the conversion takes values: text for numbers, `true` for an
  /// object, one element for a list.
  ///
  /// Facts about it stand at the path, and the keywords themselves at the place in the schema.
  func keywords(
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
      let isKnown = spec.type.objectAttributes != nil
      var keywords = self.keywords(
        field ?? spec.ofPart, attribute.type, isKnown ? path + [attribute.name] : path,
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
}
