import Diagnostics
import JSON

extension ManifestReader {
  /// Reads `infra` at the root.
  mutating func readSettings(_ node: JSONNode) -> InfraSettings {
    checkKeys(of: node, .infra)
    var settings = InfraSettings()
    settings.node = node
    settings.engine = readEngine(node)
    if let directory = string(node, "directory") {
      // `./infra/` is another spelling of `infra`.
      settings.directory = directory.value.split(separator: "/").filter { $0 != "." }
        .joined(separator: "/")
      settings.directoryRange = directory.range
      checkInside(directory, of: "`directory`", orEqual: false)
    }
    settings.environments = readEnvironmentNames(node)
    readBackend(node, into: &settings)
    settings.namePattern = readNamePattern(node)
    settings.tags = readTags(node)
    settings.protectsData = flag(node, "protect") ?? false
    for member in object(node, "providers")?.members ?? [] {
      guard member.value.members != nil else {
        wrongType(member.value, "What is set of `\(member.key)`", "an object")
        continue
      }
      settings.providers.append(
        .init(provider: Located(member.key, at: member.keyRange), settings: member.value))
    }
    return settings
  }

  private mutating func readEngine(_ node: JSONNode) -> Located<InfraSettings.Engine>? {
    guard let word = string(node, "engine") else { return nil }
    switch plainKey(word.value) {
    case "terraform": return Located(.terraform, at: word.range)
    case "opentofu", "tofu": return Located(.opentofu, at: word.range)
    default:
      let words = InfraSettings.Engine.allCases.map(\.rawValue)
      error(
        "manifest.engine", "`\(word.value)` is no engine", at: word.range,
        detail: "The engines are \(listed(words, "and")).",
        help: nearestMatch(word.value, in: words).map { "Did you mean `\($0)`?" })
      return nil
    }
  }

  private mutating func readEnvironmentNames(_ node: JSONNode) -> [Located<String>] {
    guard let member = entry(node, "environments") else { return [] }
    guard let elements = member.value.elements else {
      return wrongType(member, "a list of names") ?? []
    }
    if elements.isEmpty {
      error(
        "manifest.empty", "`environments` is empty", at: member.value.range,
        help: "Name at least one, or remove the key.")
    }
    var names: [Located<String>] = []
    for element in elements {
      guard let text = element.text else {
        wrongType(element, "An environment", "a string")
        continue
      }
      let name = Located(canonicalEnvironment(text), at: element.range)
      if let first = names.first(where: { $0.value.lowercased() == name.value.lowercased() }) {
        reportTwice(name, first)
      } else if checkEnvironmentName(name) {
        names.append(name)
      }
    }
    return names
  }

  private mutating func checkEnvironmentName(_ name: Located<String>) -> Bool {
    let reserved = ["con", "prn", "aux", "nul"] + (1...9).flatMap { ["com\($0)", "lpt\($0)"] }
    let fault: String? =
      switch name.value {
      case "default": "holds for every environment"
      case "dev": "is for the owner's machine and never deployed"
      default:
        reserved.contains(name.value)
          ? "can't be the name of a file on Windows" : nameFault(name.value)
      }
    guard let fault else { return true }
    let mended = mendedName(name.value)
    error(
      "manifest.environment-name",
      name.value.isEmpty
        ? "An environment's name can't be empty"
        : "`\(name.value)` can't be an environment: it \(fault)",
      at: name.range,
      detail: "The name becomes part of names in the cloud and of files: lower-case letters, "
        + "digits and hyphens, a letter first, the last no hyphen.",
      help: mended.isEmpty || mended == name.value ? nil : "Write `\(mended)`.")
    return false
  }

  private mutating func readBackend(_ node: JSONNode, into settings: inout InfraSettings) {
    guard let member = entry(node, "backend") else { return }
    if member.value.text != nil {
      settings.backendType = string(node, "backend")
      settings.backend = JSONNode(
        .object([JSONMember("type", member.value, keyRange: member.keyRange)]),
        range: member.value.range)
      return
    }
    guard let backend = object(node, "backend") else { return }
    settings.backend = backend
    settings.backendType = string(backend, "type")
    if entry(backend, "type") == nil {
      missing("type", in: "The backend", at: opening(backend), help: "Write `\"type\": \"s3\"`.")
    }
  }

  private mutating func readTags(_ node: JSONNode) -> [InfraSettings.Tag] {
    guard let member = entry(node, "tags") else { return [] }
    var tags: [InfraSettings.Tag] = []
    switch member.value.content {
    case .object(let members):
      for member in members {
        guard let text = scalarText(member.value) else {
          wrongType(member.value, "The tag `\(member.key)`", "a string")
          continue
        }
        tags.append(
          .init(
            key: Located(member.key, at: member.keyRange),
            value: Located(text, at: member.value.range)))
      }
    case .array(let elements):
      for element in elements {
        guard let text = element.text else {
          wrongType(element, "A tag", "a string")
          continue
        }
        let key = Located(text, at: element.range)
        if let first = tags.first(where: { $0.key.value == text }) {
          error(
            "manifest.duplicate-tag", "The tag `\(text)` is given twice", at: element.range,
            help: "Remove one of them.", notes: [note("first given here", first.key.range)])
        } else {
          tags.append(.init(key: key, value: Located("", at: element.range)))
        }
      }
    default: wrongType(member.value, "`tags`", "an object")
    }
    for tag in tags where tag.key.value.isEmpty {
      error("manifest.empty", "A tag has no name", at: tag.key.range)
    }
    return tags
  }

  private mutating func readNamePattern(_ node: JSONNode) -> Located<String>? {
    guard let pattern = string(node, "name") else { return nil }
    let known = ["project", "environment", "name"]
    var used: Set<String> = []
    var rest = pattern.value[...]
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      let behind = rest[rest.index(after: brace)...]
      guard rest[brace] == "{", let end = behind.firstIndex(of: "}") else {
        reportPattern(pattern, "has a brace without its partner", nil)
        return pattern
      }
      let word = String(behind[..<end])
      if !known.contains(word) {
        let nearest = nearestMatch(word, in: known).map { "Did you mean `{\($0)}`?" }
        reportPattern(pattern, "has the unknown placeholder `{\(word)}`", nearest)
      }
      used.insert(word)
      rest = behind[behind.index(after: end)...]
    }
    if !used.contains("name") {
      reportPattern(pattern, "has no `{name}`, so that all items would have one name", nil)
    }
    return pattern
  }

  private mutating func reportPattern(
    _ pattern: Located<String>, _ fault: String, _ help: String?
  ) {
    error(
      "manifest.name-pattern", "The pattern of names \(fault)", at: pattern.range,
      detail: "The placeholders are `{project}`, `{environment}` and `{name}`.",
      help: help ?? "Write `{project}-{environment}-{name}`.")
  }

  /// The text of a string, a number or a truth value, as written.
  func scalarText(_ node: JSONNode) -> String? {
    if let flag = node.flag { return flag ? "true" : "false" }
    return node.text ?? node.numberText
  }
}
