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

  private static let provider = SchemaNode.text("Provider that it is made at.")
  private static let type = SchemaNode.text("What is made of it there.")
  private static let config = SchemaNode.optional(["object"], "Settings of the type.")

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

  // MARK: - What depends on the provider and the type

  private static func config(_ module: ModuleSpec, _ keys: ConfigSchema.Keys) -> JSONNode {
    SchemaNode.make(
      [
        ("type", SchemaNode.strings(["object", "null"])),
        ("properties", .object(keys.properties)), ("additionalProperties", .bool(false)),
      ], "\(module.title): \(module.description).")
  }

  /// What holds for items that are deployed somewhere; nothing else is looked at.
  ///
  /// `wrap` puts a schema of provider, type and config where an item has them, and says whether they
  /// have to be there.
  private static func rules(
    _ role: ModuleSpec.Role, _ catalog: Catalog, wrap: (JSONNode, Bool) -> JSONNode
  ) -> JSONNode {
    let providers = catalog.providers.filter { provider in
      !provider.isUtility && catalog.modules(of: provider.name).contains { $0.role == role }
    }
    let names = SchemaNode.words(
      providers.map(\.name), silent: providers.flatMap(\.aliases), "Provider that it is made at.")
    var rules = [wrap(SchemaNode.with([("provider", names)]), false)]
    for provider in providers {
      let isProvider = SchemaNode.reference("word_\(provider.name)")
      let modules = catalog.modules(of: provider.name).filter { $0.role == role }
      let types = SchemaNode.words(
        modules.flatMap { [$0.type] + $0.aliases }, "What is made of it there.")
      rules.append(
        SchemaNode.when(
          wrap(SchemaNode.with([("provider", isProvider)], isRequired: true), true),
          then: wrap(SchemaNode.with([("type", types)]), false)))
      for module in modules {
        // One word may stand for two types; the catalog says which.
        let words = ([module.type] + module.aliases).filter { word in
          catalog.module(provider: provider.name, type: word, roles: [role])?.type == module.type
        }
        let isModule = SchemaNode.with(
          [("provider", isProvider), ("type", SchemaNode.words(words))], isRequired: true)
        rules.append(
          SchemaNode.when(wrap(isModule, true), then: settings(of: module, catalog, wrap)))
      }
    }
    return .object([("if", isNowhere), ("else", .object([("allOf", .array(rules))]))])
  }

  private static func settings(
    of module: ModuleSpec, _ catalog: Catalog, _ wrap: (JSONNode, Bool) -> JSONNode
  ) -> JSONNode {
    let config = SchemaNode.with([("config", SchemaNode.reference(module.callName))])
    let overrides = SchemaNode.with([
      ("environments", .object([("additionalProperties", config)]))
    ])
    var rules = [wrap(config, false), overrides]
    let required = module.variables.filter {
      $0.isManifestKey && $0.from == nil && $0.defaultValue == nil
    }
    if !required.isEmpty {
      // An environment may give what the item itself doesn't.
      let hasOverrides = SchemaNode.with(
        [("environments", .object([("type", .string("object"))]))], isRequired: true)
      let keys = required.map { SchemaNode.anyKey([$0.name] + $0.aliases) }
      // What exists already needs nothing that only its making asks for.
      let isManaged = SchemaNode.with(
        [("manage", .object([("not", .object([("type", .string("null"))]))]))], isRequired: true)
      let isThere = SchemaNode.with([("config", .object([("allOf", .array(keys))]))])
      let isExempt = JSONNode.object([("anyOf", .array([hasOverrides, isManaged]))])
      rules.append(.object([("if", isExempt), ("else", wrap(isThere, false))]))
    }
    return .object([("allOf", .array(rules))])
  }

  /// Whether Terraform doesn't manage an item, or no environment has it.
  private static let isNowhere: JSONNode = {
    let notFalse = JSONNode.object([("not", .object([("const", .bool(false))]))])
    let unmanaged = JSONNode.object([
      (
        "not",
        .object([
          (
            "patternProperties",
            .object([("^\(SchemaNode.spellings("terraformManaged"))$", notFalse)])
          )
        ])
      )
    ])
    let nowhere = SchemaNode.with(
      [
        (
          "environments",
          .object([
            ("type", .string("object")), ("minProperties", .number(1)),
            ("additionalProperties", .object([("const", .bool(false))])),
          ])
        )
      ], isRequired: true)
    return .object([("anyOf", .array([unmanaged, nowhere]))])
  }()
}

// MARK: - Parts of apps

extension ItemSchema {
  private static let infra = SchemaNode.optional(
    ["object"], "What the app runs on.",
    SchemaNode.closed([("provider", provider), ("type", type), ("config", config)])
      + [
        ("allOf", .array([SchemaNode.required("provider"), SchemaNode.required("type")]))
      ])

  private static let infraIsThere = SchemaNode.required("infra", or: ["infrastructure"])

  /// Keys of other tools pass in an app.
  fileprivate static let appProperties: [(String, JSONNode)] = [
    ("type", SchemaNode.text("Framework or language of the app, for other tools.")),
    ("path", SchemaNode.text("Folder of the app, inside of the project.")),
    ("build", SchemaNode.reference("build", "How the app is built.")),
    ("infra", infra),
    ("env", SchemaNode.reference("env", "Environment variables of the app.")),
    ("environment", SchemaNode.reference("env", "Other word for `env`.")),
    ("domains", SchemaNode.reference("domains", "Domains of the app.")),
    ("domain", SchemaNode.reference("domains", "Other word for `domains`.")),
  ]

  fileprivate static let build = SchemaNode.make(
    [("type", SchemaNode.strings(["object", "null"]))]
      + SchemaNode.closed([
        (
          "port",
          SchemaNode.optional(
            ["integer"], "Port that the app listens on.",
            [("minimum", .number(1)), ("maximum", .number(65535))])
        ),
        (
          "dockerfile",
          SchemaNode.optional(["string", "boolean"], "Dockerfile of the app.")
        ),
        ("context", SchemaNode.text("Folder that is built.")),
        (
          "health_check_path",
          SchemaNode.text("Path that answers when the app works.", pattern: "^/")
        ),
        ("release", SchemaNode.flag("Whether images are released.", default: true)),
      ]))

  fileprivate static let domains: JSONNode = {
    let domain = SchemaNode.reference("domain")
    let some = SchemaNode.make([
      ("if", .object([("type", .string("array"))])),
      ("then", .object([("items", domain)])),
      ("else", .object([("anyOf", .array([domain, .object([("type", .string("null"))])]))])),
    ])
    let roles = ["primary", "aliases", "alias", "unmanaged"].map { ($0, some) }
    return SchemaNode.make(
      [("type", SchemaNode.strings(["array", "object", "string", "null"])), ("items", domain)]
        + domainName + SchemaNode.closed(roles, allowsRemarks: false))
  }()

  private static let domainName: [(String, JSONNode)] = [
    ("pattern", .string("^[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+$"))
  ]

  fileprivate static let domain: JSONNode = {
    let name = SchemaNode.optional(["string"], "Name as `www.example.com`.", domainName)
    return SchemaNode.make(
      [("type", SchemaNode.strings(["object", "string"]))] + domainName
        + SchemaNode.closed([
          ("name", name), ("domain", name),
          (
            "type",
            SchemaNode.words(Domain.Role.allCases.map(\.rawValue), "What it is to the app.")
          ),
          ("zone", SchemaNode.optional(["string"], "Zone of the DNS that it lies in.", domainName)),
          ("wildcard", SchemaNode.flag("Whether all names below it count too.", default: false)),
        ]) + [("allOf", .array([SchemaNode.required("name", or: ["domain"])]))])
  }()
}
