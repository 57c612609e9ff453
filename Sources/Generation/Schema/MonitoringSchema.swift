import AppManifest
import JSON
import ProviderModel

/// The schemas of `monitoring` and `notifications`.
struct MonitoringSchema {
  /// Who is told, with the services of the catalog.
  let notifications: JSONNode
  /// What the services take, and the parts of `monitoring`.
  let definitions: [(String, JSONNode)]

  init(_ catalog: Catalog) {
    var services: [(String, JSONNode)] = []
    var spellings: [(String, JSONNode)] = []
    var definitions = [("monitoring", Self.monitoring), ("check", Self.check)]
    for provider in catalog.providers {
      let modules = catalog.modules(of: provider.name, roles: [.notification])
      guard let module = modules.first else { continue }
      let keys = ConfigSchema.keys(of: module, provider, catalog)
      definitions.append(
        (
          module.callName,
          SchemaNode.make([
            ("type", SchemaNode.strings(["object", "boolean", "null"])),
            ("properties", .object(keys.properties)), ("additionalProperties", .bool(false)),
          ])
        ))
      let node = SchemaNode.reference(module.callName, module.description + ".")
      services.append((provider.name, node))
      let words = ([provider.name] + provider.aliases).map(SchemaNode.spellings)
      spellings.append(
        ("^(\(words.joined(separator: "|")))$", SchemaNode.reference(module.callName)))
    }
    self.definitions = definitions
    // Other services are told by other tools.
    notifications = SchemaNode.make(
      [
        ("type", SchemaNode.strings(["object", "null"])),
        ("properties", .object(Self.addresses + services)),
        ("patternProperties", .object(spellings)),
      ], "Who is told when something breaks.")
  }

  private static let addresses: [(String, JSONNode)] = ["emails", "email"].map { key in
    (
      key,
      SchemaNode.optional(
        ["array", "string"], "Email addresses that are told.",
        [("items", .object([("type", .string("string"))]))])
    )
  }

  // MARK: - Monitoring

  private static let monitoring = SchemaNode.optional(
    ["object", "boolean"], "What is watched.",
    SchemaNode.closed([
      ("enabled", SchemaNode.flag("Whether anything is watched.", default: true)),
      (
        "environments",
        SchemaNode.optional(
          ["array"], "Environments that are watched, the main one unless given.",
          [("items", .object([("type", .string("string"))]))])
      ),
      ("statusPage", statusPage),
      (
        "custom",
        SchemaNode.optional(
          ["array"], "Checks of your own.", [("items", SchemaNode.reference("check"))])
      ),
      ("limits", limits),
      (
        "regions",
        SchemaNode.optional(
          ["array", "string"], "Where it is asked from, in the provider's words.",
          [("items", .object([("type", .string("string"))]))])
      ),
    ]))

  private static let statusPage = SchemaNode.optional(
    ["object"], "Page that shows how everything is.",
    SchemaNode.closed([
      ("domain", SchemaNode.text("Domain of the page.")),
      ("slug", SchemaNode.text("Name of the page in its address.")),
      (
        "theme",
        SchemaNode.make(
          [("enum", .array(["auto", "light", "dark"].map(JSONNode.string) + [.null]))],
          "Look of the page.")
      ),
    ]))

  private static let limits = SchemaNode.optional(
    ["object"], "Limits from which somebody is told.",
    SchemaNode.closed([
      ("latency_ms", limit("Milliseconds that an answer may take.")),
      ("certificate_days", limit("Days before a certificate ends.")),
      ("cpu_percent", limit("Use of the processors in per cent.", most: 100)),
      ("memory_percent", limit("Use of the memory in per cent.", most: 100)),
      ("disk_percent", limit("Use of the disk in per cent.", most: 100)),
      ("connections_percent", limit("Use of the connections in per cent.", most: 100)),
      ("load", limit("Load of a machine, over its processors.")),
    ]))

  private static func limit(_ description: String, most: Int? = nil) -> JSONNode {
    SchemaNode.optional(
      ["number"], description,
      [("exclusiveMinimum", .number(0))] + (most.map { [("maximum", .number($0))] } ?? []))
  }

  private static let check = SchemaNode.make(
    [("type", .string("object"))]
      + SchemaNode.closed([
        ("name", SchemaNode.text("Name, unique among the checks.")),
        (
          "type",
          SchemaNode.words(Monitoring.Check.Kind.allCases.map(\.rawValue), "What is asked.")
        ),
        (
          "interval",
          SchemaNode.optional(
            ["integer"], "Seconds between two questions.", [("minimum", .number(20))])
        ),
        ("identifier", SchemaNode.text("Name of the check in other tools.")),
        ("config", config),
      ]) + [("allOf", .array([SchemaNode.required("name"), SchemaNode.required("type")]))],
    "A check of your own.")

  private static let config = SchemaNode.optional(
    ["object"], "What is asked in detail.",
    SchemaNode.closed([
      ("url", SchemaNode.text("URL that is asked.")),
      ("method", SchemaNode.text("Method of the request.")),
      (
        "max_redirects", SchemaNode.optional(["number"], "Redirections that are followed at most.")
      ),
      ("keyword", SchemaNode.text("Text that the answer has to hold.")),
      ("invert_keyword", SchemaNode.flag("Whether the answer mustn't hold the text.")),
      ("domain", SchemaNode.text("Name whose records are asked for.")),
      ("resolver_type", SchemaNode.text("Kind of the records, such as A.")),
      ("connection_string", SchemaNode.text("How the database is reached.")),
      ("host", SchemaNode.text("Machine that is asked.")),
      ("port", SchemaNode.optional(["number", "string"], "Port that has to be open.")),
    ]))
}
