import Diagnostics
import JSON

extension ManifestReader {
  // MARK: - Monitoring

  /// Reads `monitoring`: an object, `true` or `false`.
  mutating func readMonitoring(_ root: JSONNode) -> Monitoring {
    var monitoring = Monitoring()
    guard let member = entry(root, "monitoring", "status_page") else { return monitoring }
    monitoring.range = member.keyRange
    monitoring.node = .object([])
    if let flag = member.value.flag {
      monitoring.isEnabled = flag
      return monitoring
    }
    guard member.value.members != nil else {
      wrongType(member.value, "`\(member.key)`", "an object, true or false")
      return monitoring
    }
    let node = member.value
    checkKeys(of: node, .monitoring)
    monitoring.isEnabled = flag(node, "enabled") ?? true
    if let list = entry(node, "environments") {
      if let elements = list.value.elements {
        monitoring.environments = readEnvironments(elements)
      } else {
        wrongType(list.value, "`environments`", "a list")
      }
    }
    monitoring.statusPage = readStatusPage(node)
    let limits = readLimits(node)
    let regions = readTexts(node, "regions")
    monitoring.checks = readChecks(node)
    var members: [JSONMember] = []
    if let page = monitoring.statusPage { members.append(JSONMember("statusPage", page)) }
    if let limits { members.append(JSONMember("limits", limits)) }
    if let regions { members.append(JSONMember("regions", regions)) }
    monitoring.node = JSONNode(.object(members), range: node.range)
    return monitoring
  }

  private mutating func readStatusPage(_ node: JSONNode) -> JSONNode? {
    guard let page = object(node, "statusPage") else { return nil }
    checkKeys(of: page, .statusPage)
    if let theme = string(page, "theme"), !["auto", "light", "dark"].contains(theme.value) {
      error(
        "manifest.status-page", "`\(theme.value)` is no theme", at: theme.range,
        detail: "The themes are `auto`, `light` and `dark`.",
        help: nearestMatch(theme.value, in: ["auto", "light", "dark"])
          .map { "Did you mean `\($0)`?" })
    }
    for text in [string(page, "domain"), string(page, "slug")] {
      if let text, text.value.isEmpty { error("manifest.empty", "This is empty", at: text.range) }
    }
    return canonical(page, KeyTable.statusPage.known)
  }

  /// Limits from which somebody is told: numbers above zero, per cent up to 100.
  private mutating func readLimits(_ node: JSONNode) -> JSONNode? {
    guard let limits = object(node, "limits") else { return nil }
    checkKeys(of: limits, .limits)
    for name in KeyTable.limits.known {
      guard let member = entry(limits, anyOf: [name]) else { continue }
      guard let text = member.value.numberText, let number = Double(text) else {
        wrongType(member.value, "`\(member.key)`", "a number")
        continue
      }
      let isShare = name.hasSuffix("_percent")
      if number <= 0 || isShare && number > 100 {
        error(
          "manifest.limit", "`\(member.key)` can't be \(text)", at: member.value.range,
          detail: isShare
            ? "Per cent are above 0 and at most 100." : "It has to be above 0.")
      }
    }
    return canonical(limits, KeyTable.limits.known)
  }

  private mutating func readTexts(_ node: JSONNode, _ key: String) -> JSONNode? {
    guard let member = entry(node, anyOf: [key]) else { return nil }
    let elements = member.value.elements ?? [member.value]
    for element in elements where element.text == nil {
      wrongType(element, "An element of `\(member.key)`", "a string")
    }
    return JSONNode(.array(elements.filter { $0.text != nil }), range: member.value.range)
  }

  /// The object with its known keys in the spelling of the tables, without nulls.
  private mutating func canonical(_ node: JSONNode, _ keys: [String]) -> JSONNode {
    var members: [JSONMember] = []
    for key in keys {
      let found = (node.members ?? []).first {
        isSameKey($0.key, key) && !$0.value.isNull
      }
      if let found { members.append(JSONMember(key, found.value, keyRange: found.keyRange)) }
    }
    return JSONNode(.object(members), range: node.range)
  }

  // MARK: - Checks

  private mutating func readChecks(_ node: JSONNode) -> [Monitoring.Check] {
    guard let member = entry(node, "custom") else { return [] }
    guard let elements = member.value.elements else {
      wrongType(member.value, "`custom`", "a list")
      return []
    }
    var checks: [Monitoring.Check] = []
    for element in elements {
      guard let check = readCheck(element) else { continue }
      if let first = checks.first(where: { $0.name.value == check.name.value }) {
        error(
          "manifest.duplicate-check", "There are two checks `\(check.name.value)`",
          at: check.name.range, help: "Give one of them another name.",
          notes: [note("first named here", first.name.range)])
      } else {
        checks.append(check)
      }
    }
    return checks
  }

  private mutating func readCheck(_ node: JSONNode) -> Monitoring.Check? {
    guard node.members != nil else {
      wrongType(node, "A check", "an object")
      return nil
    }
    checkKeys(of: node, .check)
    guard let name = string(node, "name"), !name.value.isEmpty else {
      if entry(node, "name") == nil { missing("name", in: "The check", at: opening(node)) }
      return nil
    }
    guard let word = string(node, "type") else {
      if entry(node, "type") == nil {
        missing(
          "type", in: "The check `\(name.value)`", at: opening(node),
          help: "Write `\"type\": \"http\"`.")
      }
      return nil
    }
    guard let kind = Monitoring.Check.Kind(rawValue: word.value.lowercased()) else {
      let words = Monitoring.Check.Kind.allCases.map(\.rawValue)
      error(
        "manifest.check-type", "`\(word.value)` is no type of check", at: word.range,
        detail: "The types are \(listed(words, "and")).",
        help: nearestMatch(word.value, in: words).map { "Did you mean `\($0)`?" })
      return nil
    }
    var check = Monitoring.Check(name: name, type: Located(kind, at: word.range))
    check.interval = readInterval(node)
    check.identifier = string(node, "identifier")?.value
    let config = object(node, "config") ?? .object([])
    checkKeys(of: config, kind.keys)
    for key in kind.required where entry(config, anyOf: [key]) == nil {
      missing(
        key, in: "`config` of the check `\(name.value)`",
        at: opening(entry(node, "config")?.value ?? node),
        help: "A check of the type `\(kind.rawValue)` needs it.")
    }
    for key in kind.keys.known where !["port", "max_redirects", "invert_keyword"].contains(key) {
      _ = string(config, key)
    }
    check.config = canonical(config, kind.keys.known)
    return check
  }

  private mutating func readInterval(_ node: JSONNode) -> Located<Int>? {
    guard let member = entry(node, "interval") else { return nil }
    guard let text = member.value.numberText, let seconds = Int(text) else {
      return wrongType(member, "a whole number of seconds")
    }
    if seconds < 20 {
      error(
        "manifest.interval", "A check can't be made every \(seconds) seconds",
        at: member.value.range, help: "Write 20 or more.")
    }
    return Located(seconds, at: member.value.range)
  }

  // MARK: - Notifications

  /// Reads `notifications`: email addresses, and a key for each service that tells somebody.
  mutating func readNotifications(_ root: JSONNode) -> Notifications {
    var notifications = Notifications()
    guard let node = object(root, "notifications") else { return notifications }
    notifications.node = node
    if let member = entry(node, "emails", "email") {
      for element in member.value.elements ?? [member.value] {
        guard let text = element.text else {
          wrongType(element, "An address", "a string")
          continue
        }
        notifications.emails.append(Located(text, at: element.range))
      }
    }
    if let member = entry(node, "webhook_url", "webhook") {
      warning(
        "manifest.webhook", "`\(member.key)` is a secret: whoever has it can post; it is ignored",
        at: member.keyRange, detail: "The manifest is kept in git.",
        help: "Remove it here, have it made anew, and export it as the README of the tree says.")
    }
    let own = ["emails", "email", "webhook_url", "webhook"].map(plainKey)
    for member in node.members ?? [] where !own.contains(plainKey(member.key)) {
      if member.key.hasPrefix("$") || member.key.hasPrefix("//") || member.key.hasPrefix("_") {
        continue
      }
      if !member.value.isNull { notifications.services.append(member) }
    }
    return notifications
  }
}

extension Monitoring.Check.Kind {
  /// The keys of its `config`.
  fileprivate var keys: KeyTable {
    let keys: [String] =
      switch self {
      case .http: ["url", "method", "max_redirects"]
      case .keyword: ["url", "method", "max_redirects", "keyword", "invert_keyword"]
      case .dns: ["domain", "resolver_type"]
      case .postgres: ["connection_string"]
      case .push: []
      case .ping: ["host"]
      case .tcp: ["host", "port"]
      }
    return KeyTable(place: "`config` of a check of the type `\(rawValue)`", known: keys)
  }

  /// The keys without which there is nothing to ask.
  fileprivate var required: [String] {
    switch self {
    case .http: ["url"]
    case .keyword: ["url", "keyword"]
    case .dns: ["domain"]
    // Where it isn't written down, the environment gives it.
    case .postgres, .push: []
    case .ping: ["host"]
    case .tcp: ["host", "port"]
    }
  }
}
