public import JSON
public import ProviderModel

/// The JSON Schema of `app.json`, for editors: every key with a description, every provider and
/// type of the catalog, and the settings of each.
///
/// It allows whatever webkit accepts without a warning, and so it can't tell all mistakes.
public func manifestSchema(_ catalog: Catalog) -> JSONNode {
  let items = ItemSchema(catalog)
  let infra = InfraSchema(catalog)
  let monitoring = MonitoringSchema(catalog)
  let definitions: [(String, JSONNode)] =
    [("project", project), ("app", items.app), ("resource", items.resource)]
    + [("infra", infra.node)] + VariableSchema.definitions + ItemSchema.parts
    + items.definitions + infra.definitions + monitoring.definitions
    + [("number", number), ("whole", whole)]
  return SchemaNode.make([
    ("$schema", .string("http://json-schema.org/draft-07/schema#")),
    ("title", .string("app.json")),
    ("description", .string("A project: its apps, what they need and how it is deployed.")),
    ("type", .string("object")),
    ("properties", .object(properties + watched(monitoring))),
    ("allOf", .array([SchemaNode.required("project")])),
    ("definitions", .object(definitions)),
  ])
}

/// Keys of other tools pass here, so that the object stays open.
private let properties: [(String, JSONNode)] = [
  ("$schema", SchemaNode.text("Schema of this file, for editors.")),
  ("webkit_version", SchemaNode.text("Version of webkit that wrote this file last.")),
  ("project", SchemaNode.reference("project", "What everything belongs to.")),
  ("apps", list("app", "What is built and runs.")),
  ("resources", list("resource", "What the apps need: databases, buckets and so on.")),
  ("shared", shared),
  ("infra", SchemaNode.reference("infra", "How the tree of Terraform files is made.")),
  ("infrastructure", SchemaNode.reference("infra", "Other word for `infra`.")),
]

private func watched(_ schema: MonitoringSchema) -> [(String, JSONNode)] {
  [
    ("monitoring", schema.monitoring), ("status_page", schema.monitoring),
    ("notifications", schema.notifications),
  ]
}

private func list(_ definition: String, _ description: String) -> JSONNode {
  SchemaNode.optional(
    ["array"], description, [("items", SchemaNode.reference(definition))])
}

private let shared = SchemaNode.optional(
  ["object"], "What all apps share.",
  SchemaNode.closed([
    ("env", SchemaNode.reference("env", "Variables of every app.")),
    ("environment", SchemaNode.reference("env", "Other word for `env`.")),
  ]))

private let project = SchemaNode.make(
  [("type", .string("object"))]
    + SchemaNode.closed([
      (
        "name",
        SchemaNode.text(
          "Name of the project, with which names in the cloud begin.",
          pattern: SchemaNode.namePattern)
      ),
      ("title", SchemaNode.text("Name of the project for people.")),
      ("description", SchemaNode.text("What the project is, in at most 200 characters.")),
      (
        "repo",
        repository("Repository of the code: owner and name, also as \"owner/name\" or its URL.")
      ),
      ("repository", repository("Other word for `repo`.")),
      ("brand", SchemaNode.anything("Colours and pictures, for other tools.")),
    ]) + [("allOf", .array([SchemaNode.required("name")]))])

private func repository(_ description: String) -> JSONNode {
  SchemaNode.optional(
    ["object", "string"], description,
    SchemaNode.closed([
      ("owner", SchemaNode.text("Person or organisation.")),
      ("name", SchemaNode.text("Name of the repository.")),
    ]))
}

/// A whole number, also as a text.
private let whole = SchemaNode.make([
  ("type", SchemaNode.strings(["integer", "string", "null"])),
  (
    "pattern",
    .string(
      "^-?(0[xX][0-9a-fA-F.pP+-]+|[0-9]+(\\.0*)?|([0-9]+\\.?[0-9]*|\\.[0-9]+)[eE][+-]?[0-9]+)$")
  ),
])

/// A number, also as a text.
private let number = SchemaNode.make([
  ("type", SchemaNode.strings(["number", "string", "null"])),
  (
    "pattern",
    .string("^-?(0[xX][0-9a-fA-F.pP+-]+|([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?)$")
  ),
])
