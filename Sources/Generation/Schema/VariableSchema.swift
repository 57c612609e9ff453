import AppManifest
import JSON

/// The schemas of `env` in its three spellings.
enum VariableSchema {
  /// What the schemas of apps refer to.
  static let definitions: [(String, JSONNode)] = [
    ("env", env), ("block", block), ("variable", variable), ("entry", entry), ("fields", fields),
    ("sourceWord", word), ("resourceWord", resourceWord),
  ]

  private static let known = [
    "default", "dev", "development", "stag", "stage", "staging", "prod", "production",
  ].map { $0.map(SchemaNode.anyCase).joined() }.joined(separator: "|")

  private static let env = SchemaNode.make([
    ("type", SchemaNode.strings(["object", "array", "null"])),
    ("items", SchemaNode.reference("entry")),
    (
      "properties",
      .object([
        ("default", SchemaNode.reference("block", "Variables of every environment.")),
        ("dev", SchemaNode.reference("block", "Variables of the owner's machine.")),
        ("staging", SchemaNode.reference("block", "Variables of staging.")),
        ("production", SchemaNode.reference("block", "Variables of production.")),
      ])
    ),
    // The name of a variable or of an environment.
    (
      "propertyNames",
      .object([("pattern", .string("^([A-Za-z_][A-Za-z0-9_]*|[a-z][a-z0-9-]*)$"))])
    ),
    // Variables are written in capitals, environments aren't.
    (
      "patternProperties",
      .object([("^(?!(\(known))$).*[A-Z_]", SchemaNode.reference("variable"))])
    ),
    (
      "additionalProperties",
      .object([
        ("anyOf", .array([SchemaNode.reference("variable"), SchemaNode.reference("block")]))
      ])
    ),
  ])

  /// The variables of an environment: a list, or an object by name.
  ///
  /// An object without environments may have a variable that is called like one, and so may hold
  /// a text here.
  private static let block = SchemaNode.make([
    ("items", SchemaNode.reference("entry")),
    ("propertyNames", .object([("pattern", .string("^[A-Za-z_][A-Za-z0-9_]*$"))])),
    ("additionalProperties", SchemaNode.reference("variable")),
  ])

  private static let variable = SchemaNode.make(
    [
      ("type", SchemaNode.strings(["string", "number", "boolean", "object"])),
      ("allOf", .array([SchemaNode.reference("fields")])),
    ], "A value, or an object that says where the value comes from.")

  private static let entry = SchemaNode.make(
    [
      ("type", .string("object")),
      (
        "allOf", .array([SchemaNode.reference("fields"), SchemaNode.required("key", or: ["name"])])
      ),
    ], "A variable in a list.")

  private static let fields = SchemaNode.make(
    SchemaNode.closed([
      ("key", SchemaNode.anything("Name of the variable, in a list.")),
      ("name", SchemaNode.anything("Other word for `key`.")),
      ("source", SchemaNode.anything("Where the value comes from: value, resource or secret.")),
      ("type", SchemaNode.anything("Other word for `source`.")),
      ("value", SchemaNode.anything("The value, or what `from` says.")),
      (
        "from",
        SchemaNode.anything(
          "What the source is asked for: an output as `resource:db:connection_url` or "
            + "`db.connection_url`, or the name of a secret.")
      ),
      ("resource", SchemaNode.anything("The resource, whose output `output` names.")),
      ("output", SchemaNode.text("Output of the resource.")),
      ("secret", SchemaNode.anything("Name of the secret.")),
      ("path", SchemaNode.anything("Where the secret is kept.")),
      ("scope", SchemaNode.words(scopes, silent: silentScopes, "When the app sees the variable.")),
      ("encrypt", SchemaNode.flag("Let the provider store the value encrypted.", default: false)),
      ("description", SchemaNode.anything("What the variable is for.")),
    ]) + [
      (
        "allOf",
        .array([
          sources, reference(to: "from", beside: []), reference(to: "resource", beside: ["from"]),
          reference(to: "value", beside: ["from", "resource"]),
        ])
      )
    ])

  private static let scopes = Variable.Scope.allCases.map(\.rawValue)
  private static let silentScopes = ["runtime", "buildtime", "runandbuild", "runandbuildtime"]

  /// A nested `source` is a variable of its own; else `type` counts before `source`.
  private static let sources: JSONNode = {
    let nested = SchemaNode.with(
      [("source", .object([("type", .string("object"))]))], isRequired: true)
    let inner = SchemaNode.with([("source", SchemaNode.reference("fields"))])
    let typed = JSONNode.object([("required", SchemaNode.strings(["type"]))])
    return .object([
      ("if", nested), ("then", inner),
      (
        "else",
        .object([
          ("if", typed), ("then", SchemaNode.with([("type", SchemaNode.reference("sourceWord"))])),
          ("else", SchemaNode.with([("source", SchemaNode.reference("sourceWord"))])),
        ])
      ),
    ])
  }()

  private static let word = SchemaNode.words(
    ["value", "resource", "secret", "sops", "from_resource"],
    silent: ["static", "literal", "plain", "resource_reference"], endings: ["secret"])

  private static let resourceWord = SchemaNode.make([
    ("type", .string("string")),
    (
      "allOf",
      .array([
        SchemaNode.words(["resource", "from_resource"], silent: ["resource_reference"])
      ])
    ),
  ])

  /// What a reference looks like that stands in one member where others don't.
  private static func reference(to key: String, beside others: [String]) -> JSONNode {
    let isResource = SchemaNode.reference("resourceWord")
    let words = JSONNode.array(
      ["type", "source"].map { SchemaNode.with([($0, isResource)], isRequired: true) })
    // Another source, an output of its own or another place decides instead.
    let elsewhere = (["output"] + others).map { key in
      JSONNode.object([("required", SchemaNode.strings([key]))])
    }
    let mixed = JSONNode.object([("required", SchemaNode.strings(["type", "source"]))])
    return SchemaNode.when(
      .object([
        ("anyOf", words), ("not", .object([("anyOf", .array(elsewhere + [mixed]))])),
      ]),
      then: SchemaNode.with([
        (
          key,
          SchemaNode.make([
            ("type", SchemaNode.strings(["string", "null"])),
            ("pattern", .string("^(resource:)?[^.:]+[.:][^.:]+$")),
          ])
        )
      ]))
  }
}
