import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

extension DeploymentResolver {
  /// Adds an item of the manifest, if its provider and type are known.
  func add(_ item: Item) {
    guard let leaf = leaf(of: item) else { return }
    var entry = Entry(name: item.name.value, leaf: leaf, source: item)
    entry.management = item.management(in: environment)
    entry.id = item.id(in: environment)
    checkManagement(of: item, entry)
    readConfig(item.config, into: &entry, isOverride: false)
    let override = item.override(in: environment)?.config
    if let override, let config = item.config {
      reportEmptyOverrides(override, of: Value(config), "config", isWhole: true)
    }
    readConfig(override, into: &entry, isOverride: true)
    nameInCloud(&entry)
    byName[entry.name] = entries.count
    entries.append(entry)
  }

  private func leaf(of item: Item) -> Leaf? {
    guard let provider = catalog.provider(item.provider.value), !provider.isUtility else {
      let words = catalog.providers.filter { !$0.isUtility }.map(\.name)
      diagnostics.append(
        .unknownProvider(item.provider.value, words, at: manifest.location(item.provider.range)))
      return nil
    }
    if let leaf = leaves.leaf(of: item, provider) { return leaf }
    diagnostics.append(unsupported(item, provider, item.roles))
    return nil
  }

  private func unsupported(
    _ item: Item, _ provider: ProviderSpec, _ roles: Set<ModuleSpec.Role>
  ) -> Diagnostic {
    let (word, kind) = (item.type.value, item.kind.rawValue)
    let offers = catalog.modules(of: provider.name, roles: roles).map(\.type)
    func providers(of type: String?) -> [String] {
      catalog.providers.map(\.name).filter { name in
        guard let type else {
          return !catalog.modules(of: name, roles: roles).isEmpty
        }
        return catalog.module(provider: name, type: type, roles: roles) != nil
      }
    }
    let elsewhere = providers(of: word)
    var help = nearestMatch(word, in: offers).map { "Did you mean `\($0)`?" }
    if !elsewhere.isEmpty {
      help = "\(listed(elsewhere, "and")) \(elsewhere.count == 1 ? "has" : "have") it."
    } else if let other = catalog.module(
      provider: provider.name, type: word, roles: [.app, .resource, .link])
    {
      help =
        other.role == .link
        ? "Leave it out: it is made where it is needed."
        : "Move the item into `\(other.role.rawValue)s`."
    } else if offers.isEmpty {
      help =
        "Apps and resources can be of different providers; \(kind)s are served by "
        + listed(providers(of: nil), "and") + "."
    }
    return Diagnostic(
      .error, "provider.unsupported-type", "\(provider.title) has no \(kind) of type `\(word)`",
      at: manifest.location(item.type.range),
      detail: offers.isEmpty
        ? "\(provider.title) serves no \(kind)s."
        : "\(provider.title) serves these types of \(kind)s: \(listed(offers, "and")).",
      help: help)
  }

  func readConfig(_ node: JSONNode?, into entry: inout Entry, isOverride: Bool) {
    var given: [String: JSONMember] = [:]
    for member in node?.members ?? [] {
      guard let name = entry.leaf.keys[member.key] else {
        let names = entry.leaf.keys.keys.sorted()
        diagnostics.append(
          .unknownKey(
            member.key, of: entry.leaf.module.title, nearest: nearestMatch(member.key, in: names),
            allowed: Set(entry.leaf.keys.values).sorted(), at: manifest.location(member.keyRange)))
        continue
      }
      if let first = given[name] {
        diagnostics.append(
          .givenTwice(
            member.key, first.key, at: manifest.location(member.keyRange),
            first: manifest.location(first.keyRange)))
        continue
      }
      given[name] = member
      if let spec = entry.leaf.specs[name], let reason = spec.deprecated {
        diagnostics.append(
          .deprecatedKey(member.key, reason, at: manifest.location(member.keyRange)))
      }
      let value = Value(member.value)
      if isOverride, let below = entry.config[name] {
        reportEmptyOverrides(member.value, of: below, member.key)
      }
      entry.config[name] = merged(entry.config[name], value)
      entry.places[name, default: []].append(Place(node: member.value, isOverride: isOverride))
    }
  }

  /// Decides the name in the cloud.
  func nameInCloud(_ entry: inout Entry) {
    guard entry.leaf.inputs.contains(where: \.isCloudName) else { return }
    if let given = entry.source?.cloudName(in: environment) {
      entry.cloudName = given.value
      entry.writesCloudName = true
      return
    }
    entry.cloudName = CloudNames.name(entry.name, manifest, environment: environment)
  }

  /// Binds environment variables to resources, both ways.
  func connect() {
    for own in entries.indices where entries[own].leaf.module.role == .app {
      guard let app = entries[own].source else { continue }
      let index = bearer(own)
      for variable in manifest.variables(of: app, in: environment) {
        guard case .resource(let reference) = variable.source,
          let target = byName[reference.resource]
        else { continue }
        if !entries[index].partners.contains(target) {
          entries[index].partners.append(target)
          entries[target].partners.append(index)
        }
      }
    }
  }
}

/// Names in the cloud.
enum CloudNames {
  /// The parts of the project's pattern: texts and placeholders in turn.
  enum Part: Equatable {
    case text(String)
    case placeholder(String)
  }

  /// The pattern that the manifest gives; nil for the usual one.
  static func pattern(_ manifest: Manifest) -> [Part]? {
    guard let pattern = manifest.settings.namePattern?.value else { return nil }
    var parts: [Part] = []
    var rest = pattern[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
      parts.append(.placeholder(String(rest[rest.index(after: open)..<close])))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    return parts
  }

  /// What stands before the name of each item unless a pattern is given.
  static func prefix(_ manifest: Manifest, environment: String) -> String {
    let project = manifest.project.name.value
    return environment == "production" ? project : "\(project)-\(environment)"
  }

  /// The name of an item in the cloud.
  static func name(_ name: String, _ manifest: Manifest, environment: String) -> String {
    guard let pattern = pattern(manifest) else {
      return "\(prefix(manifest, environment: environment))-\(name)"
    }
    return pattern.map { part in
      switch part {
      case .text(let text): text
      case .placeholder("project"): manifest.project.name.value
      case .placeholder("environment"): environment
      case .placeholder: name
      }
    }.joined()
  }
}

extension Diagnostic {
  fileprivate static func unknownProvider(
    _ word: String, _ words: [String], at location: SourceLocation
  ) -> Diagnostic {
    let near = nearestMatch(word, in: words)
    return Diagnostic(
      .error, "provider.unknown", "There is no provider `\(word)`", at: location,
      detail: "The providers are \(listed(words, "and")).",
      help: near.map { "Did you mean `\($0)`?" })
  }

  fileprivate static func unknownKey(
    _ key: String, of title: String, nearest: String?, allowed: [String],
    at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "config.unknown-key", "\(title) has no setting `\(key)`; it is ignored",
      at: location, detail: "Its settings are \(listed(allowed, "and")).",
      help: nearest.map { "Did you mean `\($0)`?" })
  }

  fileprivate static func deprecatedKey(
    _ key: String, _ reason: String, at location: SourceLocation
  ) -> Diagnostic {
    let help = reason.prefix(1).uppercased() + reason.dropFirst() + "."
    return Diagnostic(
      .warning, "config.deprecated", "`\(key)` is out of date", at: location, help: help)
  }

  fileprivate static func givenTwice(
    _ key: String, _ other: String, at location: SourceLocation, first: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "config.given-twice", "`\(key)` says the same as `\(other)`", at: location,
      help: "Remove one of them.", notes: [Diagnostic.Note("first given here", at: first)])
  }
}
