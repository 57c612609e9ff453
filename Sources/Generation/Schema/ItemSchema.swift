import AppManifest
import JSON
import ProviderModel

/// The schemas of apps and resources, with the settings of each provider and type.
struct ItemSchema {
  /// An element of `apps`.
  let app: JSONNode
  /// An element of `resources`.
  let resource: JSONNode
  /// The words for each provider, and the `config` of each leaf.
  let definitions: [(String, JSONNode)]

  init(_ catalog: Catalog) {
    let modules = catalog.allModules.filter { $0.role == .app || $0.role == .resource }
    let words = catalog.providers.map { provider in
      ("word_\(provider.name)", SchemaNode.words([provider.name] + provider.aliases))
    }
    definitions =
      words
      + modules.compactMap { module in
        guard let provider = catalog.provider(module.provider) else { return nil }
        let keys = ConfigSchema.keys(of: module, provider, catalog)
        return (module.callName, Self.config(module, keys))
      }
    app = Self.item(
      Self.appProperties, isClosed: false,
      [
        Self.infraIsThere,
        Self.rules(.app, catalog) { SchemaNode.with([("infra", $0)], isRequired: $1) },
      ])
    resource = Self.item(
      [("provider", Self.provider), ("type", Self.type), ("config", Self.config)]
        + [("backup", SchemaNode.anything("Nothing acts on this yet."))], isClosed: true,
      [
        SchemaNode.required("provider"), SchemaNode.required("type"),
        Self.rules(.resource, catalog) { node, _ in node },
      ])
  }

  /// What both kinds of items refer to.
  static let parts: [(String, JSONNode)] = [
    ("environments", environments), ("build", build), ("domains", domains), ("domain", domain),
  ]

  static let provider = SchemaNode.text("Provider that it is made at.")
  static let type = SchemaNode.text("What is made of it there.")
  static let config = SchemaNode.optional(["object"], "Settings of the type.")

  private static func item(
    _ own: [(String, JSONNode)], isClosed: Bool, _ rules: [JSONNode]
  ) -> JSONNode {
    let properties = common + own + placement
    let keywords =
      isClosed
      ? SchemaNode.closed(properties) : [("properties", .object(properties))]
    return SchemaNode.make(
      [("type", .string("object"))] + keywords
        + [("allOf", .array([SchemaNode.required("name")] + rules))])
  }

  private static let common: [(String, JSONNode)] = [
    (
      "name",
      SchemaNode.text(
        "Name, unique among all apps and resources.", pattern: SchemaNode.namePattern)
    ),
    ("title", SchemaNode.text("Name for people.")),
    ("description", SchemaNode.text("What it is, in at most 200 characters.")),
  ]

  private static let placement: [(String, JSONNode)] = [
    (
      "environments",
      SchemaNode.reference(
        "environments",
        "Where it is deployed, everywhere unless given: a list, or a map of what differs.")
    ),
    ("manage", manage),
    ("id", byEnvironment("What the provider calls the one that exists; also by environment.")),
    ("was", formerNames),
    (
      "cloud_name",
      byEnvironment("Name in the cloud, instead of the pattern's; also by environment.")
    ),
    (
      "monitoring",
      SchemaNode.optional(
        ["boolean", "object"], "Whether it is watched.", [("default", .bool(true))])
    ),
    (
      "terraformManaged",
      SchemaNode.flag("Whether Terraform files are made for it.", default: true)
    ),
  ]

  private static func identifier(_ description: String) -> JSONNode {
    SchemaNode.optional(["string", "number"], description, [("minLength", .number(1))])
  }

  private static func byEnvironment(_ description: String) -> JSONNode {
    let text: [(String, JSONNode)] = [("minLength", .number(1))]
    return SchemaNode.optional(
      ["string", "number", "object"], description,
      text + [
        (
          "additionalProperties",
          .object([("type", SchemaNode.strings(["string", "number", "null"]))] + text)
        )
      ])
  }

  private static let formerNames: JSONNode = {
    let pattern: [(String, JSONNode)] = [("pattern", .string(SchemaNode.namePattern))]
    return SchemaNode.optional(
      ["string", "array"], "Name that it had before, or all of them.",
      pattern + [("items", .object([("type", .string("string"))] + pattern))])
  }()

  private static let ways = SchemaNode.strings(Item.Management.allCases.map(\.rawValue))

  private static let manage = SchemaNode.make(
    [
      (
        "anyOf",
        .array([
          .object([("enum", ways)]),
          SchemaNode.make([
            ("type", SchemaNode.strings(["object", "null"])),
            ("additionalProperties", .object([("enum", ways)])),
          ]),
        ])
      )
    ], "Who brings it into being; also by environment.")

  private static let environments: JSONNode = {
    let override = SchemaNode.make(
      [("type", SchemaNode.strings(["object", "boolean"]))]
        + SchemaNode.closed(
          [
            ("config", SchemaNode.optional(["object"], "Settings that differ there.")),
            ("manage", .object([("enum", .array((ways.elements ?? []) + [.null]))])),
            ("id", identifier("What the provider calls the one that exists there.")),
            ("cloud_name", identifier("Name in the cloud there.")),
          ], allowsRemarks: false), "What differs there; false where it isn't deployed.")
    return SchemaNode.make([
      ("type", SchemaNode.strings(["array", "object", "string", "null"])),
      ("items", .object([("type", .string("string"))])), ("uniqueItems", .bool(true)),
      (
        "properties",
        .object(
          ["production", "staging"].map { ($0, SchemaNode.anything("What differs in \($0).")) })
      ), ("patternProperties", .object([("", override)])),
    ])
  }()
}
