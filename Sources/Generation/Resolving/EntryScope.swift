import AppManifest
import HCL
import JSON
import ProviderModel

/// What the expressions of one item's leaf see.
///
/// Objects are handed out as handles, so that nothing is resolved that nobody asks for, and so
/// that two items may look at each other as long as no two inputs do.
final class EntryScope: EvaluationScope {
  private let resolver: DeploymentResolver
  private let index: Int

  init(_ resolver: DeploymentResolver, _ index: Int) {
    self.resolver = resolver
    self.index = index
  }

  /// The kinds of objects that are handed out; a handle's `id` is an entry's index.
  private enum Kind: Int {
    case config, inputs, references, item, filled, partner, outputs, peer, app, settings, values
    case prices, project
    case build
  }

  private func handle(_ kind: Kind, _ id: Int? = nil) -> Value {
    .handle(Value.Handle(kind: kind.rawValue, id: id ?? index))
  }

  /// An entry as others see it: `name`, `type`, `provider`, `config`.
  static func partner(_ index: Int) -> Value {
    .handle(Value.Handle(kind: Kind.partner.rawValue, id: index))
  }

  /// An entry as those of its own router see it: its outputs.
  static func peer(_ index: Int) -> Value {
    .handle(Value.Handle(kind: Kind.peer.rawValue, id: index))
  }

  func root(_ name: String) -> Value? {
    let entry = resolver.entries[index]
    if let bound = entry.bindings[name] { return bound }
    return switch name {
    case "config": handle(.config)
    case "inputs": handle(.inputs)
    case "refs": handle(.references, entry.subject ?? index)
    case "item": handle(.item)
    case "var": handle(.filled)
    case "app": handle(.app)
    case "project": handle(.project)
    case "environment": .string(resolver.environment)
    case "provider": .object(["name": .string(entry.leaf.provider.name)])
    case "settings": handle(.settings)
    case "values": handle(.values)
    case "prices": handle(.prices)
    case "notifications": resolver.notifications
    case "monitoring": resolver.manifest.monitoring.node.map(Value.init) ?? .null
    case "peers": resolver.peers(of: entry.leaf.module.role.router)
    case "members":
      .list(([index] + entry.members).map(Self.partner))
    case "linked":
      .bool(resolver.linkedElsewhere.contains("\(entry.leaf.module.callName)/\(entry.name)"))
    case "consumers", "uses":
      .list(resolver.entries[entry.subject ?? index].partners.map(Self.partner))
    default: nil
    }
  }

  func attribute(_ name: String, of handle: Value.Handle) -> Value {
    guard let kind = Kind(rawValue: handle.kind) else { return .null }
    let entry = resolver.entries[handle.id]
    switch kind {
    case .config: return entry.config[name] ?? .null
    case .inputs, .filled:
      // Nobody here knows what one that exists is like, but for what is said of it.
      if handle.id != index, entry.management == .existing, !resolver.isGiven(name, of: handle.id) {
        return .unknown
      }
      return resolver.filled(name, of: handle.id)
    case .references: return reference(name, of: handle.id)
    case .item: return item(name, entry)
    case .partner: return partner(name, entry, handle.id)
    case .outputs:
      return resolver.hasOutput(name, of: resolver.bearer(handle.id)) ? .unknown : .null
    case .peer: return entry.leaf.module.output(name) == nil ? .null : .unknown
    case .app: return app(name, handle.id)
    case .build: return build(name, entry)
    case .settings: return resolver.setting(name, of: entry.leaf.provider)
    case .values: return entry.leaf.provider.values[name] ?? .null
    case .prices:
      guard let table = entry.leaf.provider.prices[name] else { return .null }
      return .object(table.amounts.mapValues(Value.number))
    case .project: return resolver.projectValue(name)
    }
  }

  private func reference(_ name: String, of id: Int) -> Value {
    let entry = resolver.entries[id]
    guard let position = entry.leaf.inputIndex[name] else { return .null }
    // Who names an app means the machine that it is on.
    func partner(_ name: Value) -> Value? {
      name.stringValue.flatMap { resolver.byName[$0] }.map { Self.partner(resolver.bearer($0)) }
    }
    guard let result = entry.results[position], result.isFinished else {
      // What is implied comes last, else an item and what it implies would ask each other.
      let names = resolver.explicitReferences(position, of: id).map { Value.string($0) }
      if entry.leaf.bound[position].spec.type.isSequence { return .list(names.compactMap(partner)) }
      return names.first.flatMap(partner) ?? .null
    }
    if let names = result.reference?.elements { return .list(names.compactMap(partner)) }
    return result.reference.flatMap(partner) ?? .null
  }

  private func partner(_ name: String, _ entry: DeploymentResolver.Entry, _ id: Int) -> Value {
    switch name {
    case "name": .string(entry.name)
    case "type": .string(entry.leaf.module.type)
    case "provider": .string(entry.leaf.provider.name)
    case "kind": .string(entry.leaf.module.role.rawValue)
    case "config": handle(.filled, id)
    case "existing": .bool(entry.management == .existing)
    case "outputs": handle(.outputs, id)
    case "title", "description", "cloud_name": item(name, entry)
    default: app(name, id)
    }
  }

  private func item(_ name: String, _ entry: DeploymentResolver.Entry) -> Value {
    switch name {
    case "name": .string(entry.name)
    case "title": .string(entry.source?.title ?? entry.name)
    case "description": entry.source?.description.map(Value.string) ?? .null
    case "type": .string(entry.leaf.module.type)
    case "kind": .string(entry.leaf.module.role.rawValue)
    case "cloud_name": entry.cloudName.map(Value.string) ?? .null
    case "value": entry.impliedBy
    case "existing": .bool(entry.management == .existing)
    default: .null
    }
  }

  private func app(_ name: String, _ id: Int) -> Value {
    let entry = resolver.entries[id]
    guard let source = entry.source else { return .null }
    switch name {
    case "name": return .string(source.name.value)
    case "type": return source.appType.map { .string($0.value) } ?? .null
    case "path": return source.path.map(Value.string) ?? .null
    case "monitoring": return .bool(source.monitoring)
    case "build": return handle(.build)
    case "env": return .unknown
    case "domains":
      return .list(resolver.domainValues(of: id))
    default: return source.node.member(name).map(Value.init) ?? .null
    }
  }

  private func build(_ name: String, _ entry: DeploymentResolver.Entry) -> Value {
    guard let build = entry.source?.build else { return .null }
    return switch name {
    case "port": build.port.map { .number(Number($0.value)) } ?? .null
    case "dockerfile": build.dockerfile.map { .string($0.value) } ?? .null
    case "context": build.context.map { .string($0.value) } ?? .null
    case "health_check_path": build.healthCheckPath.map { .string($0.value) } ?? .null
    case "release": .bool(build.release)
    default: .null
    }
  }
}

extension DeploymentResolver {
  /// What is known of the project.
  func projectValue(_ name: String) -> Value {
    let project = manifest.project
    return switch name {
    case "name": .string(project.name.value)
    case "title": .string(project.title ?? project.name.value)
    case "description": project.description.map(Value.string) ?? .null
    case "prefix":
      .string(CloudNames.prefix(manifest, environment: environment))
    case "stack": .string("\(project.name.value)-\(environment)")
    case "environment": .string(environment)
    case "main_environment": .string(manifest.mainEnvironment)
    case "repo":
      project.repo.map { .object(["owner": .string($0.owner), "name": .string($0.name)]) } ?? .null
    default: .null
    }
  }

  /// What an input is with all defaults filled in; a setting's value for a name that is none.
  func filled(_ name: String, of index: Int) -> Value {
    if let position = entries[index].leaf.inputIndex[name] {
      let result = input(position, of: index)
      // A reference compares by the name that was given.
      return result.filled
    }
    if let value = entries[index].config[name], !value.isNull { return value }
    return entries[index].leaf.specs[name]?.defaultValue ?? .null
  }

  /// Whether the manifest gives an input or a setting.
  func isGiven(_ name: String, of index: Int) -> Bool {
    if let position = entries[index].leaf.inputIndex[name] {
      return input(position, of: index).key != nil
    }
    return !(entries[index].config[name]?.isNull ?? true)
  }

  /// What the manifest sets for a provider, or the setting's default.
  func setting(_ name: String, of provider: ProviderSpec) -> Value {
    guard let spec = provider.settings.first(where: { $0.name == name }) else { return .null }
    guard let node = settingNode(name, of: provider) else { return spec.defaultValue ?? .null }
    var conversion = TypeConversion(fillsDefaults: true)
    return conversion.convert(Value(node), to: spec.type)
  }

  /// What the manifest sets for a provider.
  func settingNode(_ name: String, of provider: ProviderSpec) -> JSONNode? {
    let aliases = provider.settings.first { $0.name == name }?.aliases ?? []
    for entry in manifest.settings.providers
    where catalog.provider(entry.provider.value)?.name == provider.name {
      for key in [name] + aliases {
        if let node = entry.settings.member(key), !node.isNull { return node }
      }
    }
    return nil
  }
}

extension Manifest {
  /// The environment that what there is only once belongs to, as a domain: production, else the
  /// first.
  var mainEnvironment: String {
    environments.contains("production") ? "production" : environments.first ?? "production"
  }
}
