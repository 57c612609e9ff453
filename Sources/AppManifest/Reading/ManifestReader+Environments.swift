import Diagnostics
import JSON

extension ManifestReader {
  /// Reads `environments` and `manage` of an item, now that the deployed ones are known.
  mutating func readPlacement(_ item: inout Item) {
    readManage(&item)
    item.id = readByEnvironment(item.node, "id")
    item.cloudName = readByEnvironment(item.node, "cloud_name")
    guard let member = entry(item.node, "environments") else { return }
    switch member.value.content {
    case .array(let elements):
      item.placement = .only(readEnvironments(elements))
      if elements.isEmpty {
        warning(
          "manifest.nowhere", "`\(item.name.value)` is deployed nowhere", at: member.value.range,
          help: "Name an environment, or remove the key to deploy it in all.")
      }
    case .object(let members):
      item.placement = .overrides(readOverrides(members))
    case .string(let text):
      let name = readEnvironment(Located(text, at: member.value.range))
      item.placement = .only(name.map { [$0] } ?? [])
    default:
      wrongType(member.value, "`environments`", "a list or an object")
    }
  }

  mutating func readEnvironments(_ elements: [JSONNode]) -> [Located<String>] {
    var names: [Located<String>] = []
    for element in elements {
      guard let text = element.text else {
        wrongType(element, "An environment", "a string")
        continue
      }
      guard let name = readEnvironment(Located(text, at: element.range)) else { continue }
      if let first = names.first(where: { $0.value == name.value }) {
        reportTwice(name, first)
      } else {
        names.append(name)
      }
    }
    return names
  }

  /// Reports an environment that is named again.
  mutating func reportTwice(_ name: Located<String>, _ first: Located<String>) {
    error(
      "manifest.duplicate-environment", "The environment `\(name.value)` is named twice",
      at: name.range, help: "Remove one of them.",
      notes: [note("first named here", first.range)])
  }

  /// The deployed environment of a name; nil with a report if there is none.
  private mutating func readEnvironment(_ name: Located<String>) -> Located<String>? {
    let canonical = canonicalEnvironment(name.value)
    if environments.contains(canonical) { return Located(canonical, at: name.range) }
    if canonical == "dev" {
      error(
        "manifest.unknown-environment", "`\(name.value)` is never deployed", at: name.range,
        detail: "Its values are for the owner's machine.",
        help: "Leave it out; \(theEnvironmentsAre).")
      return nil
    }
    let nearest = nearestMatch(name.value, in: environments).map { "Did you mean `\($0)`?" }
    error(
      "manifest.unknown-environment", "There is no environment `\(name.value)`", at: name.range,
      detail: "T\(theEnvironmentsAre.dropFirst()).",
      help: nearest ?? "Add it to `infra.environments`.")
    return nil
  }

  private var theEnvironmentsAre: String {
    (environments.count == 1 ? "the environment is " : "the environments are ")
      + listed(environments, "and")
  }

  private mutating func readOverrides(_ members: [JSONMember]) -> [Item.Override] {
    var overrides: [Item.Override] = []
    for member in members {
      guard let name = readEnvironment(Located(member.key, at: member.keyRange)) else { continue }
      if let first = overrides.first(where: { $0.environment.value == name.value }) {
        reportTwice(name, first.environment)
        continue
      }
      overrides.append(readOverride(name, member.value))
    }
    return overrides
  }

  private mutating func readOverride(_ name: Located<String>, _ node: JSONNode) -> Item.Override {
    var override = Item.Override(environment: name, node: node)
    if let flag = node.flag {
      override.isDeployed = flag
      return override
    }
    guard let members = node.members else {
      wrongType(node, "What differs in `\(name.value)`", "an object")
      return override
    }
    let known = ["config", "manage", "id", "cloud_name"]
    for member in members where !known.contains(where: { isSameKey($0, member.key) }) {
      error(
        "manifest.override-key", "`\(member.key)` can't differ between environments",
        at: member.keyRange, detail: "What can is \(listed(known, "and")).",
        help: nearestMatch(member.key, in: known).map { "Did you mean `\($0)`?" }
          ?? (isSetting(member.key) ? "Settings of the type stand in `config`." : nil))
    }
    override.config = object(node, "config")
    override.id = identifier(node, "id")
    override.cloudName = identifier(node, "cloud_name")
    if let manage = string(node, "manage") { override.manage = readManagement(manage) }
    return override
  }

  /// Whether a key isn't one of the item itself.
  private func isSetting(_ key: String) -> Bool {
    !(KeyTable.app.known + KeyTable.resource.known).contains(key)
  }

  /// Reads a text that may be an object by environment.
  private mutating func readByEnvironment(
    _ node: JSONNode, _ key: String
  ) -> Item.TextByEnvironment {
    var result = Item.TextByEnvironment()
    guard let member = entry(node, key) else { return result }
    guard let members = member.value.members else {
      result.common = identifier(node, key)
      return result
    }
    for inner in members {
      guard let name = readEnvironment(Located(inner.key, at: inner.keyRange)) else { continue }
      guard !inner.value.isNull else { continue }
      guard let text = inner.value.text ?? inner.value.numberText else {
        wrongType(inner.value, "`\(member.key)` of `\(inner.key)`", "a string")
        continue
      }
      if text.isEmpty {
        error("manifest.empty", "`\(inner.key)` is empty", at: inner.value.range)
      } else if let first = result.entries.first(where: { $0.environment.value == name.value }) {
        reportTwice(name, first.environment)
      } else {
        result.entries.append((name, Located(text, at: inner.value.range)))
      }
    }
    return result
  }

  private mutating func readManage(_ item: inout Item) {
    guard let member = entry(item.node, "manage") else { return }
    switch member.value.content {
    case .string(let text):
      item.manage = readManagement(Located(text, at: member.value.range))
    case .object(let members):
      for member in members {
        guard let name = readEnvironment(Located(member.key, at: member.keyRange)) else { continue }
        guard let text = member.value.text else {
          wrongType(member.value, "`\(member.key)`", "a string")
          continue
        }
        if let first = item.manageByEnvironment.first(where: { $0.environment.value == name.value })
        {
          reportTwice(name, first.environment)
        } else if let management = readManagement(Located(text, at: member.value.range)) {
          item.manageByEnvironment.append(.init(environment: name, management: management))
        }
      }
    default:
      wrongType(member.value, "`manage`", "a string, or an object by environment")
    }
  }

  private mutating func readManagement(_ word: Located<String>) -> Located<Item.Management>? {
    if let management = Item.Management(rawValue: word.value) {
      return Located(management, at: word.range)
    }
    let words = Item.Management.allCases.map(\.rawValue)
    error(
      "manifest.manage", "`\(word.value)` is no way to manage an item", at: word.range,
      detail: "The ways are \(listed(words, "and")).",
      help: nearestMatch(word.value, in: words).map { "Did you mean `\($0)`?" })
    return nil
  }
}
