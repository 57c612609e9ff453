import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

extension DeploymentResolver {
  /// `notifications` as expressions see it; null where the manifest has none.
  var notifications: Value {
    guard manifest.notifications.node != nil else { return .null }
    var attributes: [String: Value] = [:]
    for member in manifest.notifications.services {
      let name = catalog.provider(member.key)?.name ?? member.key
      attributes[name] = member.value.flag == false ? .null : Value(member.value)
    }
    attributes["emails"] = .list(manifest.notifications.emails.map { .string($0.value) })
    return .object(attributes)
  }

  /// What `notifications` says of a provider; nil if nothing, or `false`.
  func service(of provider: String) -> JSONMember? {
    let member = manifest.notifications.service { catalog.provider($0)?.name == provider }
    return member?.value.flag == false ? nil : member
  }

  /// A check of the manifest as expressions see it.
  func value(of check: Monitoring.Check) -> Value {
    .object([
      "name": .string(check.name.value), "type": .string(check.type.value.rawValue),
      "interval": check.interval.map { .number(Number($0.value)) } ?? .null,
      "identifier": check.identifier.map(Value.string) ?? .null, "config": Value(check.config),
    ])
  }

  /// The instances of other leaves of a router: provider, then type.
  func peers(of router: ModuleSpec.Router) -> Value {
    var providers: [String: [String: [Value]]] = [:]
    for (index, entry) in entries.enumerated() {
      let leaf = entry.leaf
      guard leaf.module.role.router == router, leaf.module.each != nil else { continue }
      providers[leaf.module.provider, default: [:]][leaf.module.type, default: []].append(
        EntryScope.peer(index))
    }
    return .object(providers.mapValues { .object($0.mapValues(Value.list)) })
  }

  /// The arguments of providers that the project decides.
  func providerArguments() -> [String: [(name: String, value: Value)]] {
    var result: [String: [(name: String, value: Value)]] = [:]
    for provider in catalog.providers where !provider.arguments.isEmpty {
      var settings: [String: Value] = [:]
      for spec in provider.settings { settings[spec.name] = setting(spec.name, of: provider) }
      let names = [
        "name", "title", "description", "prefix", "stack", "environment", "main_environment",
        "repo",
      ]
      let scope = FixedScope([
        "project": .object(
          Dictionary(uniqueKeysWithValues: names.map { ($0, projectValue($0)) })),
        "environment": .string(environment), "settings": .object(settings),
        "notifications": notifications,
        "monitoring": manifest.monitoring.node.map(Value.init) ?? .null,
      ])
      result[provider.name] = provider.arguments.map { name, from in
        let alternatives: [Expression] =
          if case .tuple(let tuple) = from { tuple.elements.map(\.value) } else { [from] }
        let values = alternatives.lazy.map { Evaluator(scope).value(of: $0) }
        return (name, values.first { !$0.isNull } ?? .null)
      }
    }
    return result
  }

  // MARK: - What can't be done

  /// Reports what the manifest asks to be watched or told, and no provider in use can.
  func checkServing() {
    checkServices()
    guard manifest.monitoring.isEnabled else { return }
    for check in manifest.monitoring.checks {
      let word = check.type.value.rawValue
      reportUnserved("`\(check.name.value)` can't be watched: ", "`\(word)`", check.type.range) {
        guard let each = $0.each, each.selection == .check else { return false }
        return each.types.isEmpty || each.types.contains(word)
      }
    }
    if let page = manifest.monitoring.statusPage {
      reportUnserved("There is no status page: ", nil, page.range) {
        $0.mentions(["monitoring", "statusPage"])
      }
    }
  }

  private func reportUnserved(
    _ start: String, _ type: String?, _ range: SourceRange, _ serves: (ModuleSpec) -> Bool
  ) {
    func canServe(_ provider: ProviderSpec) -> Bool {
      catalog.modules(of: provider.name, roles: [.monitor]).contains(where: serves)
    }
    let inUse = participants
    guard !inUse.contains(where: canServe) else { return }
    let others = catalog.providers.filter { provider in
      canServe(provider) && !inUse.contains { $0.name == provider.name }
    }
    let abilities = inUse.compactMap { provider -> String? in
      if type == nil { return nil }
      let types = catalog.modules(of: provider.name, roles: [.monitor])
        .filter { $0.each?.selection == .check }.flatMap { $0.each?.types ?? [] }
      return types.isEmpty ? nil : "\(provider.title) does \(listed(types, "and"))"
    }
    diagnostics.append(
      Diagnostic(
        .warning, "monitoring.unserved",
        start + (type.map { "no provider in use does \($0)" } ?? "no provider in use makes one"),
        at: manifest.location(range),
        detail: abilities.isEmpty ? nil : abilities.joined(separator: "; ") + ".",
        help: others.isEmpty
          ? (type == nil ? "Nothing is made for it." : "Watch it by other means.")
          : "\(listed(others.map(\.name), "or")) could, if `infra.providers` names it."))
  }

  private func checkServices() {
    let able = catalog.providers.filter {
      !catalog.modules(of: $0.name, roles: [.notification]).isEmpty
    }
    for member in manifest.notifications.services {
      let provider = catalog.provider(member.key)
      if let provider, able.contains(where: { $0.name == provider.name }) {
        if member.value.members == nil, member.value.flag == nil {
          diagnostics.append(
            Diagnostic(
              .error, "manifest.wrong-type",
              "`\(member.key)` must be an object, true or false, not \(member.value.kindName)",
              at: manifest.location(member.value.range)))
        }
        continue
      }
      let words = ["emails"] + able.map(\.name)
      diagnostics.append(
        Diagnostic(
          .warning, "manifest.unknown-key",
          provider.map { "\($0.title) tells nobody; `\(member.key)` is ignored" }
            ?? "`\(member.key)` isn't a key of `notifications`",
          at: manifest.location(member.keyRange),
          detail: "Nothing reads it. The keys are \(listed(words, "and")).",
          help: nearestMatch(member.key, in: words).map { "Did you mean `\($0)`?" }))
    }
  }
}

extension ModuleSpec {
  /// Whether an expression of ours in it mentions a path.
  func mentions(_ path: [String]) -> Bool {
    var isMentioned = false
    for expression in variables.flatMap({ $0.from ?? [] }) + [each?.condition].compactMap(\.self) {
      expression.visit { node in
        if node.attributePath.map({ Array($0.prefix(path.count)) == path }) ?? false {
          isMentioned = true
        }
      }
    }
    return isMentioned
  }
}
