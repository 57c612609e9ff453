import Diagnostics
import JSON

extension ManifestReader {
  /// Reads the elements of `apps` or `resources`.
  mutating func readItems(_ root: JSONNode, kind: Item.Kind) -> [ItemDraft] {
    let key = kind == .app ? "apps" : "resources"
    guard let member = entry(root, key) else { return [] }
    guard let elements = member.value.elements else {
      error(
        "manifest.wrong-type", "`\(key)` must be a list, not \(member.value.kindName)",
        at: member.keyRange, help: "Write `[{\"name\": ...}, ...]`.")
      return []
    }
    var drafts: [ItemDraft] = []
    for element in elements {
      guard element.members != nil else {
        wrongType(element, "An element of `\(key)`", "an object")
        continue
      }
      drafts.append(readItem(element, kind: kind))
    }
    return drafts
  }

  private mutating func readItem(_ node: JSONNode, kind: Item.Kind) -> ItemDraft {
    checkKeys(of: node, kind == .app ? .app : .resource)
    let start = opening(node)
    let nothing = Located("", at: start)
    let name = required(node, "name", of: kind, in: "The \(kind.rawValue)", at: start)
    if let name { checkName(name, of: kind == .app ? "An app" : "A resource") }
    let what = name.map { "The \(kind.rawValue) `\($0.value)`" } ?? "The \(kind.rawValue)"
    let place = name?.range ?? start

    var infra: JSONNode? = node
    if kind == .app { infra = readAppInfra(node, in: what, at: place) }
    let inside = kind == .app ? what + ", in its `infra`," : what
    let infraPlace = kind == .app ? infra.map(opening) ?? place : place
    let provider = infra.flatMap { required($0, "provider", of: kind, in: inside, at: infraPlace) }
    let type = infra.flatMap { required($0, "type", of: kind, in: inside, at: infraPlace) }

    var item = Item(
      kind: kind, name: name ?? nothing, type: type ?? nothing, provider: provider ?? nothing,
      node: node)
    item.config = infra.flatMap { object($0, "config") }
    readCommon(node, into: &item)
    if kind == .app { readAppParts(node, into: &item) } else { readBackup(node) }
    return ItemDraft(item: item, isComplete: name != nil && type != nil && provider != nil)
  }

  /// A string that has to be there and isn't empty.
  private mutating func required(
    _ node: JSONNode, _ key: String, of kind: Item.Kind, in what: String, at range: SourceRange
  ) -> Located<String>? {
    guard let member = entry(node, key) else {
      missing(key, in: what, at: range, help: "Write \(Self.example(of: key, kind)).")
      return nil
    }
    guard let text = member.value.text else { return wrongType(member, "a string") }
    if text.isEmpty, key != "name" {
      error("manifest.empty", "`\(member.key)` is empty", at: member.value.range)
      return nil
    }
    return Located(text, at: member.value.range)
  }

  /// How a key is written that every item needs.
  private static func example(of key: String, _ kind: Item.Kind) -> String {
    let isApp = kind == .app
    return switch key {
    case "provider": "who provides it, `\"provider\": \"...\"`: `webkit spec list` lists them"
    case "type": "what it is, as in `\"type\": \"\(isApp ? "vm" : "postgres")\"`"
    default: "`\"\(key)\": \"\(isApp ? "web" : "db")\"`, a name of its own"
    }
  }

  private mutating func readAppInfra(
    _ node: JSONNode, in what: String, at place: SourceRange
  ) -> JSONNode? {
    guard entry(node, "infra", "infrastructure") != nil else {
      missing(
        "infra", in: what, at: place,
        help: """
          Write `"infra": {"provider": "...", "type": "..."}`; `webkit spec list` lists both.
          """)
      return nil
    }
    guard let infra = object(node, "infra", "infrastructure") else { return nil }
    checkKeys(of: infra, .appInfra)
    return infra
  }

  /// Reads what apps and resources have in common.
  private mutating func readCommon(_ node: JSONNode, into item: inout Item) {
    item.title = string(node, "title")?.value
    item.description = readDescription(node)
    item.managed = flag(node, "terraformManaged") ?? true
    readFormerNames(node, into: &item)
    if let monitoring = entry(node, "monitoring") {
      if monitoring.value.members != nil {
        item.monitoring = monitoring.value.member("enabled")?.flag ?? true
      } else if let flag = monitoring.value.flag {
        item.monitoring = flag
      } else {
        wrongType(monitoring.value, "`\(monitoring.key)`", "true or false")
      }
    }
  }

  /// Reads `was`, a name or a list of them.
  private mutating func readFormerNames(_ node: JSONNode, into item: inout Item) {
    guard let member = entry(node, "was") else { return }
    for element in member.value.elements ?? [member.value] {
      guard let text = element.text else {
        wrongType(element, "`was`", "a string, or a list of them")
        continue
      }
      let name = Located(text, at: element.range)
      checkName(name, of: "An item")
      item.was.append(name)
    }
  }

  private mutating func readBackup(_ node: JSONNode) {
    guard let member = entry(node, "backup") else { return }
    if member.value.flag == false || member.value.member("enabled")?.flag == false { return }
    warning(
      "manifest.backup", "Nothing acts on `backup` yet", at: member.keyRange,
      detail: "What a provider backs up by itself is set in `config`.")
  }

  private mutating func readAppParts(_ node: JSONNode, into item: inout Item) {
    item.appType = string(node, "type")
    if let path = string(node, "path") {
      item.path = path.value
      checkInside(path, of: "`path`", orEqual: true)
    }
    if let build = object(node, "build") { item.build = readBuild(build) }
    if let env = entry(node, "env", "environment") { item.variables = readBlocks(env.value) }
    if let domains = entry(node, "domains", "domain") { item.domains = readDomains(domains) }
  }

  private mutating func readBuild(_ node: JSONNode) -> Build {
    checkKeys(of: node, .build)
    var build = Build()
    if let port = entry(node, "port") {
      if let number = port.value.integer, (1...65535).contains(number) {
        build.port = Located(number, at: port.value.range)
      } else if port.value.numberText != nil {
        error(
          "manifest.port", "A port is a whole number from 1 to 65535", at: port.value.range)
      } else {
        wrongType(port.value, "`port`", "a number")
      }
    }
    // `true` asks for the file of the usual name.
    if entry(node, "dockerfile")?.value.flag != true {
      build.dockerfile = string(node, "dockerfile")
    }
    build.context = string(node, "context")
    build.healthCheckPath = string(node, "health_check_path")
    if let path = build.healthCheckPath, !path.value.hasPrefix("/") {
      error(
        "manifest.health-check-path", "The path of a health check begins with `/`", at: path.range,
        help: "Write `/\(path.value)`.")
    }
    build.release = flag(node, "release") ?? true
    return build
  }

  /// Checks that a path stays inside of the project.
  mutating func checkInside(_ path: Located<String>, of what: String, orEqual: Bool) {
    let parts = path.value.split(separator: "/", omittingEmptySubsequences: false)
    // Other programs keep their own things there.
    let first = parts.first { !$0.isEmpty && $0 != "." }?.lowercased() ?? ""
    let fault: String? =
      if path.value.isEmpty {
        "is empty"
      } else if path.value.hasPrefix("/") || path.value.contains(":") {
        "is absolute"
      } else if path.value.contains("\\") {
        "has a backslash in it"
      } else if parts.contains("..") {
        "leaves the project"
      } else if path.value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
        "has a control character in it"
      } else if !orEqual, parts.allSatisfy({ $0.isEmpty || $0 == "." }) {
        "is the project itself"
      } else if !orEqual, first == ".webkit" || first.hasPrefix(".git") {
        "is a folder that holds other things"
      } else if !orEqual, first == "app.json" {
        "is the manifest's name"
      } else {
        nil
      }
    if let fault {
      error(
        "manifest.path", "\(what) \(fault)", at: path.range,
        detail: "It is a folder inside of the project, with `/` between the parts.")
    }
  }
}
