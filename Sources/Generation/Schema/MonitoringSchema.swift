import AppManifest
import JSON
import ProviderModel

/// The schemas of `monitoring` and `notifications`.
struct MonitoringSchema {
  /// What is watched.
  let monitoring: JSONNode
  /// Who is told.
  let notifications: JSONNode
  /// What may be said of each service that tells somebody.
  let definitions: [(String, JSONNode)]

  init(_ catalog: Catalog) {
    monitoring = SchemaNode.optional(
      ["object", "boolean"], "What is watched; false switches it off.",
      SchemaNode.closed([
        ("enabled", SchemaNode.flag("Whether anything is watched.", default: true)),
        ("environments", Self.texts("Where it is watched, in the main environment unless given.")),
        ("regions", Self.texts("Where from it is asked, in the provider's words.")),
        ("limits", Self.limits), ("statusPage", Self.statusPage), ("custom", Self.checks),
      ]))
    var services: [(String, JSONNode)] = []
    var words: [(String, JSONNode)] = []
    var definitions: [(String, JSONNode)] = []
    for provider in catalog.providers {
      let modules = catalog.modules(of: provider.name, roles: [.notification])
      guard !modules.isEmpty else { continue }
      let name = "notification_\(provider.name)"
      var properties: [(String, JSONNode)] = []
      for module in modules {
        properties +=
          ConfigSchema.keys(of: module, provider, catalog, definition: name).properties
      }
      definitions.append(
        (
          name,
          SchemaNode.optional(
            ["object", "boolean"], "What is told by \(provider.title).",
            [("properties", .object(properties)), ("additionalProperties", .bool(false))])
        ))
      services.append((provider.name, SchemaNode.anything("Tells by \(provider.title).")))
      let spellings = ([provider.name] + provider.aliases).map(SchemaNode.spellings)
      words.append(("^(\(spellings.joined(separator: "|")))$", SchemaNode.reference(name)))
    }
    self.definitions = definitions
    notifications = Self.notifications(services, words)
  }

  private static func notifications(
    _ services: [(String, JSONNode)], _ words: [(String, JSONNode)]
  ) -> JSONNode {
    let emails = SchemaNode.optional(
      ["array", "string"], "Addresses that are told.",
      [("items", .object([("type", .string("string"))]))])
    let own =
      "^(\\$|//|_)|^(\(["emails", "email"].map(SchemaNode.spellings).joined(separator: "|")))$"
    return SchemaNode.optional(
      ["object"], "Who is told when something breaks.",
      [
        ("properties", .object([("emails", emails), ("email", emails)] + services)),
        ("patternProperties", .object([(own, .object([]))] + words)),
        ("additionalProperties", .bool(false)),
      ])
  }

  private static func texts(_ description: String) -> JSONNode {
    SchemaNode.optional(
      ["array", "string"], description, [("items", .object([("type", .string("string"))]))])
  }

  // MARK: - Parts of `monitoring`

  private static let limits = SchemaNode.optional(
    ["object"], "Limits from which somebody is told.",
    SchemaNode.closed([
      ("latency_ms", limit("Milliseconds of an answer.")),
      ("certificate_days", limit("Days that a certificate is valid still.")),
      ("cpu_percent", share("Use of the processors.")),
      ("memory_percent", share("Use of the memory.")),
      ("disk_percent", share("Use of the disk.")),
      ("connections_percent", share("Use of the connections.")),
      ("load", limit("Load of a machine.")),
    ]))

  private static func limit(_ description: String) -> JSONNode {
    SchemaNode.optional(["number"], description, [("exclusiveMinimum", .number(0))])
  }

  private static func share(_ description: String) -> JSONNode {
    SchemaNode.optional(
      ["number"], description, [("exclusiveMinimum", .number(0)), ("maximum", .number(100))])
  }

  private static let statusPage = SchemaNode.optional(
    ["object"], "Page that shows what is watched.",
    SchemaNode.closed([
      ("domain", SchemaNode.text("Domain of the page.")),
      ("slug", SchemaNode.text("Path of the page.")),
      (
        "theme",
        SchemaNode.make(
          [("enum", .array(["auto", "light", "dark"].map(JSONNode.string) + [.null]))],
          "Colours of the page.")
      ),
    ]))

  private static let checks = SchemaNode.optional(
    ["array"], "Checks of the project's own.", [("items", check)])

  private static let check = SchemaNode.make(
    [("type", .string("object"))]
      + SchemaNode.closed([
        ("name", SchemaNode.text("Name of the check.")),
        (
          "type",
          SchemaNode.make(
            [
              (
                "pattern",
                .string(
                  "^(\(Monitoring.Check.Kind.allCases.map { $0.rawValue.map(SchemaNode.anyCase).joined() }.joined(separator: "|")))$"
                )
              ), ("examples", SchemaNode.strings(Monitoring.Check.Kind.allCases.map(\.rawValue))),
            ],
            "What is asked.")
        ),
        (
          "interval",
          SchemaNode.optional(
            ["integer"], "Seconds between two questions.", [("minimum", .number(20))])
        ),
        ("identifier", SchemaNode.text("What other tools call the check.")),
        (
          "config",
          SchemaNode.optional(["object"], "What is asked in detail, as the type wants it.")
        ),
      ]) + [("allOf", .array([SchemaNode.required("name"), SchemaNode.required("type")]))])
}
