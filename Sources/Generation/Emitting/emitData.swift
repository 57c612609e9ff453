import AppManifest
import HCL
import JSON
import ProviderModel
import Terraform

/// The data of a project: what all environments share, and what each overrides.
struct DataEmitter {
  let stack: Stack
  let version: String

  func emit(into tree: inout ProjectTree) {
    let paths = [Self.shared] + stack.environments.map(Self.path)
    tree.add(paths) { add(to: &$0) }
  }

  private static let shared = "project.auto.tfvars.json"

  private static func path(_ environment: String) -> String {
    "environments/\(environment).tfvars.json"
  }

  private func add(to tree: inout ProjectTree) {
    let groups = stack.routers.map { collect(Group($0)) }
    let project = stack.manifest.project
    var shared: [(String, JSONNode)] = [
      ("project_name", .string(project.name.value)),
      ("project_title", .string(project.title ?? project.name.value)),
      ("webkit_version", .string(version)),
    ]
    let tags = stack.manifest.settings.tags
    if !tags.isEmpty, stack.usesTags {
      shared.append(
        (
          "tags",
          .object(tags.map { ($0.key.value, .string($0.value.value)) }.sorted { $0.0 < $1.0 })
        ))
    }
    let arguments = Self.split(stack.deployments.map { providerArguments($0) })
    shared += arguments.common
    for group in groups { shared.append((group.name, .array(group.shared))) }
    tree.add(Self.shared, json: .object(shared))
    for (index, environment) in stack.environments.enumerated() {
      var members: [(String, JSONNode)] = [("environment", .string(environment))]
      members += arguments.own[index]
      if RootVariables(stack: stack).hasOverrides {
        let overrides = groups.filter { !$0.overrides[index].isEmpty }
          .map { ($0.name, JSONNode.object($0.overrides[index])) }
        members.append(("overrides", .object(overrides)))
      }
      if let imports = ImportEmitter(stack: stack).data(of: stack.deployments[index]) {
        members.append((ImportEmitter.variable, imports))
      }
      tree.add(Self.path(environment), json: .object(members))
    }
  }

  private func providerArguments(_ deployment: Deployment) -> [(String, JSONNode)] {
    (stack.providers + stack.retiredProviders).flatMap { provider in
      stack.arguments(of: provider).map { name in
        let value = deployment.providerArguments[provider.name]?.first { $0.name == name }?.value
        return (provider.variable(name), value?.json ?? .null)
      }
    }
  }

  /// The items of a router, in all environments.
  private struct Group {
    var router: ModuleSpec.Router
    var shared: [JSONNode] = []
    /// By environment, then by item.
    var overrides: [[(String, JSONNode)]] = []

    init(_ router: ModuleSpec.Router) { self.router = router }

    var name: String { router.rawValue }
  }

  private func collect(_ group: Group) -> Group {
    var group = group
    group.overrides = stack.environments.map { _ in [] }
    var order: [String] = []
    var versions: [String: [DeployedItem?]] = [:]
    for (index, deployment) in stack.deployments.enumerated() {
      for item in deployment.items(group.router) {
        let key = Self.key(item)
        if versions[key] == nil {
          order.append(key)
          versions[key] = Array(repeating: nil, count: stack.environments.count)
        }
        versions[key]?[index] = item
      }
    }
    for key in order {
      guard let items = versions[key] else { continue }
      add(key, items, to: &group)
    }
    return group
  }

  /// What an item is called among those of its router.
  private static func key(_ item: DeployedItem) -> String {
    item.isOwn ? item.name : "\(item.leaf.module.callName)/\(item.name)"
  }

  private func add(_ key: String, _ items: [DeployedItem?], to group: inout Group) {
    guard let first = items.compactMap(\.self).first else { return }
    let deployed = items.compactMap(\.self)
    var members = head(first)
    if deployed.count < items.count {
      let names = zip(stack.environments, items).filter { $0.1 != nil }.map(\.0)
      members.append(("environments", .array(names.map(JSONNode.string))))
    }
    var overrides = items.map { _ in [(String, JSONNode)]() }
    add({ $0.bound.filter { $0.name != "consumers" } }, items, to: &members, &overrides)
    let objects: [(String, (DeployedItem) -> [(String, JSONNode)])] = [
      ("config", { $0.config.map { ($0.name, $0.value.json) } }),
      ("refs", { $0.references.map { ($0.name, $0.value.json) } }),
    ]
    for (name, value) in objects {
      let (base, own) = Self.overrides(items.map { $0.map(value) })
      if !base.isEmpty || name == "config" { members.append((name, .object(base))) }
      for (index, rest) in own.enumerated() where !rest.isEmpty {
        overrides[index].append((name, .object(rest)))
      }
    }
    add(
      { $0.host.map { [("host", .string($0))] } ?? [] }, items, to: &members, &overrides)
    add(
      { $0.members.isEmpty ? [] : [("members", .list($0.members.map(Value.string)))] }, items,
      to: &members, &overrides)
    add(
      { $0.writesCloudName ? [("cloud_name", .string($0.cloudName ?? ""))] : [] }, items,
      to: &members, &overrides)
    add(
      { $0.management == .existing ? [(ExistingLeaf.control, .bool(true))] : [] }, items,
      to: &members, &overrides)
    add(
      { item in
        guard let id = item.id, item.management == .existing else { return [] }
        return [(ExistingLeaf.id, .string(id))]
      }, items, to: &members, &overrides)
    add({ $0.bound.filter { $0.name == "consumers" } }, items, to: &members, &overrides)
    if group.router == .apps { members += variables(items) }
    group.shared.append(.object(members))
    for (index, own) in overrides.enumerated() where !own.isEmpty {
      group.overrides[index].append((key, .object(own)))
    }
  }

  /// Adds what all environments say alike to the members, and what only some say to theirs.
  private func add(
    _ values: (DeployedItem) -> [(name: String, value: Value)], _ items: [DeployedItem?],
    to members: inout [(String, JSONNode)], _ overrides: inout [[(String, JSONNode)]]
  ) {
    let maps = items.map { item in item.map { values($0).map { ($0.name, $0.value.json) } } }
    let (common, own) = Self.split(maps)
    members += common
    for (index, rest) in own.enumerated() { overrides[index] += rest }
  }

  private func head(_ item: DeployedItem) -> [(String, JSONNode)] {
    let module = item.leaf.module
    var members: [(String, JSONNode)] = [("name", .string(item.name))]
    if module.role == .app {
      members.append(("type", .string(item.source?.appType?.value ?? module.type)))
      members.append(("provider", .string(module.provider)))
      members.append(("infrastructure_type", .string(module.type)))
      if let path = item.source?.path { members.append(("path", .string(path))) }
    } else {
      members.append(("type", .string(module.type)))
      members.append(("provider", .string(module.provider)))
    }
    return members
  }

  /// The map of the first environment, and what each of them has instead; null is nothing.
  private static func overrides(
    _ maps: [[(String, JSONNode)]?]
  ) -> (base: [(String, JSONNode)], own: [[(String, JSONNode)]]) {
    let base = maps.compactMap(\.self).first ?? []
    let own = maps.map { map -> [(String, JSONNode)] in
      guard let map else { return [] }
      let changed = map.filter { name, value in
        !base.contains { $0.0 == name && $0.1 == value }
      }
      let missing = base.filter { name, _ in !map.contains { $0.0 == name } }
      return changed + missing.map { ($0.0, JSONNode.null) }
    }
    return (base, own)
  }

  /// What all maps that are there have in common, in order, and what each has beside it.
  private static func split(
    _ maps: [[(String, JSONNode)]?]
  ) -> (common: [(String, JSONNode)], own: [[(String, JSONNode)]]) {
    let present = maps.compactMap(\.self)
    guard let first = present.first else { return ([], maps.map { _ in [] }) }
    let common = first.filter { name, value in
      present.allSatisfy { map in map.contains { $0.0 == name && $0.1 == value } }
    }
    let names = Set(common.map(\.0))
    return (common, maps.map { map in (map ?? []).filter { !names.contains($0.0) } })
  }

  // MARK: - Environment variables

  private func variables(_ items: [DeployedItem?]) -> [(String, JSONNode)] {
    let blocks = zip(stack.environments, items).compactMap {
      environment, item -> (String, JSONNode)? in
      guard let item, !item.variables.isEmpty else { return nil }
      return (environment, .array(item.variables.map(variable)))
    }
    return blocks.isEmpty ? [] : [("environment_variables", .object(blocks))]
  }

  private func variable(_ variable: DeployedVariable) -> JSONNode {
    var members: [(String, JSONNode)] = [("key", .string(variable.name))]
    switch variable.source {
    case .value(let text): members += [("value_type", .string("static")), ("value", .string(text))]
    case .secret:
      members += [("value_type", .string("secret")), ("value", .string(variable.name))]
    case .output(let resource, let output, let answer, let isSensitive):
      members += [
        ("value_type", .string("resource_reference")), ("value", .string("\(resource).\(output)")),
      ]
      if let answer { members.append(("output", .string(answer))) }
      if isSensitive { members.append(("sensitive", .bool(true))) }
    }
    if variable.encrypts { members.append(("encrypt", .bool(true))) }
    if variable.scope != "run" { members.append(("scope", .string(variable.scope))) }
    return .object(members)
  }
}
