import Diagnostics
import JSON

/// The keys that an object of the manifest may have.
struct KeyTable {
  /// What messages call the object.
  let place: String
  /// The keys that are read, in the spelling that is proposed.
  let known: [String]
  /// Other spellings that are read, and keys that only other tools read.
  var silent: [String] = []
  /// What to do about keys that are often put here by mistake.
  var hints: [String: String] = [:]
  /// What to do about keys that resemble no other.
  var otherwise: String?

  static let root = KeyTable(
    place: "the manifest",
    known: [
      "project", "apps", "resources", "shared", "infra", "monitoring", "notifications",
      "webkit_version", "$schema",
    ],
    silent: [
      "infrastructure", "status_page", "utilities", "commands", "tools", "ci", "cicd", "language",
      "brand",
    ],
    hints: [
      "env": "Variables that all apps share stand in `shared.env`.",
      "environment": "Variables that all apps share stand in `shared.env`.",
      "environments": "The environments are listed in `infra.environments`.",
      "backend": "The backend stands in `infra.backend`.",
      "tags": "Tags stand in `infra.tags`.",
      "providers": "Settings of providers stand in `infra.providers`.",
      "name": "The project's name stands in `project.name`.",
      "domains": "Domains stand in the app that serves them.",
    ])

  static let shared = KeyTable(place: "`shared`", known: ["env"], silent: ["environment"])

  static let project = KeyTable(
    place: "`project`", known: ["name", "title", "description", "repo", "brand"],
    silent: ["repository"])

  static let repo = KeyTable(place: "`repo`", known: ["owner", "name"])

  /// The keys that apps and resources have in common.
  private static let item = [
    "name", "title", "type", "description", "environments", "manage", "id", "was", "cloud_name",
    "monitoring", "terraformManaged",
  ]

  static let app = KeyTable(
    place: "an app", known: item + ["path", "build", "infra", "env", "domains"],
    silent: [
      "infrastructure", "environment", "domain", "commands", "tools", "usesNPM", "language", "ci",
      "brand", "utilities",
    ],
    hints: [
      "provider": "Write it into the app's `infra`.", "config": "Write it into the app's `infra`.",
      "port": "Write it into `build`.", "dockerfile": "Write it into `build`.",
      "size": "Write it into `infra.config`.", "region": "Write it into `infra.config`.",
    ])

  static let appInfra = KeyTable(
    place: "an app's `infra`", known: ["provider", "type", "config"],
    otherwise: "Settings of the type stand in `config`.")

  static let build = KeyTable(
    place: "`build`", known: ["port", "dockerfile", "context", "health_check_path", "release"])

  static let domain = KeyTable(
    place: "a domain", known: ["name", "type", "zone", "wildcard"], silent: ["domain"])

  static let resource = KeyTable(
    place: "a resource", known: item + ["provider", "config"], silent: ["backup"],
    hints: ["env": "Variables stand in the app that reads them."],
    otherwise: "Settings of the type stand in `config`.")

  static let variable = KeyTable(
    place: "a variable",
    known: [
      "key", "type", "source", "value", "from", "resource", "output", "scope", "encrypt", "path",
    ], silent: ["name", "secret", "description"])

  static let monitoring = KeyTable(
    place: "`monitoring`",
    known: ["enabled", "environments", "statusPage", "custom", "limits", "regions"],
    hints: [
      "emails": "Addresses stand in `notifications.emails`.",
      "notifications": "Who is told stands in `notifications`, at the root.",
    ])

  static let statusPage = KeyTable(place: "`statusPage`", known: ["domain", "slug", "theme"])

  static let check = KeyTable(
    place: "a check", known: ["name", "type", "interval", "identifier", "config"],
    hints: ["url": "Write it into `config`."])

  static let limits = KeyTable(
    place: "`limits`",
    known: [
      "latency_ms", "certificate_days", "cpu_percent", "memory_percent", "disk_percent",
      "connections_percent",
      "load",
    ])

  static let infra = KeyTable(
    place: "`infra`",
    known: [
      "engine", "directory", "environments", "backend", "name", "protect", "tags", "providers",
    ],
    hints: [
      "provider": "An app's provider stands in the app's own `infra`.",
      "config": "Settings of an app stand in the app's own `infra`.",
    ])
}

extension KeyTable {
  /// Whether a key is read, in any of its spellings.
  fileprivate func reads(_ key: String) -> Bool {
    known.contains { isSameKey($0, key) } || silent.contains { isSameKey($0, key) }
  }
}

extension ManifestReader {
  /// Warns of keys that nobody reads.
  mutating func checkKeys(of node: JSONNode, _ table: KeyTable) {
    for member in node.members ?? [] where !table.reads(member.key) {
      // A key that begins with these is a remark or belongs to an editor.
      if member.key.hasPrefix("$") || member.key.hasPrefix("//") || member.key.hasPrefix("_") {
        continue
      }
      let nearest = nearestMatch(member.key, in: table.known + table.silent)
        .map { "Did you mean `\($0)`?" }
      warning(
        "manifest.unknown-key", "`\(member.key)` isn't a key of \(table.place)",
        at: member.keyRange,
        detail: "Nothing reads it. The keys are \(listed(table.known, "and")).",
        help: table.hints[plainKey(member.key)] ?? nearest ?? table.otherwise)
    }
  }
}
