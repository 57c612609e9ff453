import AppManifest
import JSON
import ProviderModel

/// The schema of `infra` at the root: backends and the settings of providers among it.
struct InfraSchema {
  /// The whole object.
  let node: JSONNode
  /// The settings of each backend and provider.
  let definitions: [(String, JSONNode)]

  init(_ catalog: Catalog) {
    var definitions: [(String, JSONNode)] = []
    var backends: [JSONNode] = []
    for backend in catalog.backends {
      let name = "backend_\(backend.name)"
      let keys = ConfigSchema.keys(of: backend.settings, definition: name)
      definitions.append((name, Self.backend(keys, backend)))
      let isMeant = SchemaNode.with(
        [
          (
            "type",
            SchemaNode.make([("enum", SchemaNode.strings([backend.name] + backend.aliases))])
          )
        ],
        isRequired: true)
      backends.append(SchemaNode.when(isMeant, then: SchemaNode.reference(name)))
    }
    for provider in catalog.providers {
      let name = "provider_\(provider.name)"
      let keys = ConfigSchema.keys(of: provider.settings, provider, definition: name)
      let node = SchemaNode.make([
        ("type", .string("object")), ("properties", .object(keys.properties)),
        ("additionalProperties", .bool(false)),
      ])
      definitions.append((name, node))
    }
    self.definitions = definitions
    let names = SchemaNode.strings(
      catalog.backends.map(\.name) + catalog.backends.flatMap(\.aliases))
    node = SchemaNode.make(
      [("type", SchemaNode.strings(["object", "null"]))]
        + SchemaNode.closed(
          Self.plain + [
            ("backend", Self.backend(names, backends)),
            ("providers", Self.providers(catalog.providers)),
          ]))
  }

  private static let plain: [(String, JSONNode)] = [
    (
      "engine",
      SchemaNode.words(
        InfraSettings.Engine.allCases.map(\.rawValue), silent: ["tofu"],
        "Program that runs the tree.")
    ),
    (
      "directory",
      SchemaNode.optional(
        ["string"], "Folder of the tree, inside of the project.", [("default", .string("infra"))])
    ),
    (
      "environments",
      SchemaNode.optional(
        ["array"], "Environments that are deployed, the main one first.",
        [
          ("items", .object([("type", .string("string"))])), ("minItems", .number(1)),
          ("uniqueItems", .bool(true)),
          ("examples", .array([SchemaNode.strings(["production", "staging"])])),
        ])
    ),
    (
      "name",
      SchemaNode.optional(
        ["string"], "Pattern of names in the cloud.",
        [
          ("pattern", .string("\\{name\\}")),
          ("examples", SchemaNode.strings(["{project}-{environment}-{name}"])),
        ])
    ),
    (
      "protect",
      SchemaNode.optional(
        ["boolean"], "Let no plan destroy or replace what holds data.",
        [("default", .bool(false))])
    ),
    (
      "tags",
      SchemaNode.optional(
        ["object", "array"], "Tags of everything that takes some.",
        [
          (
            "additionalProperties",
            .object([("type", SchemaNode.strings(["string", "number", "boolean"]))])
          ), ("items", .object([("type", .string("string"))])),
        ])
    ),
  ]

  private static func backend(_ keys: ConfigSchema.Keys, _ spec: BackendSpec) -> JSONNode {
    var keywords: [(String, JSONNode)] = [
      ("properties", .object([("type", SchemaNode.anything(spec.title + "."))] + keys.properties)),
      ("additionalProperties", .bool(false)),
    ]
    let required = keys.required.filter { spec.settingVariables[$0.first ?? ""] == nil }
      .map(SchemaNode.anyKey)
    if !required.isEmpty { keywords.append(("allOf", .array(required))) }
    return SchemaNode.make(keywords)
  }

  private static func backend(_ names: JSONNode, _ settings: [JSONNode]) -> JSONNode {
    let word = SchemaNode.make([("enum", names)])
    let object = SchemaNode.make([
      ("type", .string("object")),
      ("properties", .object([("type", SchemaNode.make([("enum", names)], "Kind of backend."))])),
      ("allOf", .array([SchemaNode.required("type")] + settings)),
    ])
    return SchemaNode.make(
      [
        ("if", .object([("type", .string("object"))])), ("then", object),
        ("else", .object([("anyOf", .array([word, .object([("type", .string("null"))])]))])),
      ],
      "Where the state is kept: its type, or an object with `type` and settings.")
  }

  private static func providers(_ providers: [ProviderSpec]) -> JSONNode {
    let properties = providers.map { ($0.name, SchemaNode.anything($0.title + ".")) }
    let patterns = providers.map { provider in
      let words = ([provider.name] + provider.aliases).map(SchemaNode.spellings)
      return (
        "^(\(words.joined(separator: "|")))$", SchemaNode.reference("provider_\(provider.name)")
      )
    }
    return SchemaNode.optional(
      ["object"], "Settings of providers, by provider.",
      [
        ("properties", .object(properties)), ("patternProperties", .object(patterns)),
        ("additionalProperties", .bool(false)),
      ])
  }
}

extension SchemaNode {
  /// A condition that one of some keys is there.
  static func anyKey(_ keys: [String]) -> JSONNode {
    let each = keys.map { JSONNode.object([("required", strings([$0]))]) }
    return each.count == 1 ? each[0] : .object([("anyOf", .array(each))])
  }
}
