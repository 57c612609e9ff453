import AppManifest
import JSON

/// Parts of apps.
extension ItemSchema {
  private static let infra = SchemaNode.optional(
    ["object"], "What the app runs on.",
    SchemaNode.closed([("provider", provider), ("type", type), ("config", config)])
      + [
        ("allOf", .array([SchemaNode.required("provider"), SchemaNode.required("type")]))
      ])

  static let infraIsThere = SchemaNode.required("infra", or: ["infrastructure"])

  /// Keys of other tools pass in an app.
  static let appProperties: [(String, JSONNode)] = [
    ("type", SchemaNode.text("Framework or language of the app, for other tools.")),
    ("path", SchemaNode.text("Folder of the app, inside of the project.")),
    ("build", SchemaNode.reference("build", "How the app is built.")),
    ("infra", infra),
    ("env", SchemaNode.reference("env", "Environment variables of the app.")),
    ("environment", SchemaNode.reference("env", "Other word for `env`.")),
    ("domains", SchemaNode.reference("domains", "Domains of the app.")),
    ("domain", SchemaNode.reference("domains", "Other word for `domains`.")),
  ]

  static let build = SchemaNode.make(
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

  static let domains: JSONNode = {
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

  static let domain: JSONNode = {
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
