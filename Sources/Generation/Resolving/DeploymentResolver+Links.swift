import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

extension DeploymentResolver {
  /// Adds the instances of links, monitors and notifications whose providers take part.
  func addLinks() {
    let count = entries.count
    for module in modulesToAdd() {
      guard let each = module.each,
        let leaf = leaves.leaf(
          provider: module.provider, type: module.type, roles: [module.role])
      else { continue }
      if module.role == .notification, service(of: module.provider) == nil { continue }
      for candidate in candidates(each, of: module.provider, among: 0..<count) {
        add(candidate, leaf, each, among: 0..<count)
      }
    }
    resolveInputs(from: count)
    checkServing()
  }

  /// Providers that an item, a setting or a notification names.
  var participants: [ProviderSpec] {
    var names = Set(entries.map(\.leaf.provider.name))
    names.formUnion(
      manifest.settings.providers.compactMap { catalog.provider($0.provider.value)?.name })
    for member in manifest.notifications.services where member.value.flag != false {
      if let provider = catalog.provider(member.key) { names.insert(provider.name) }
    }
    return catalog.providers.filter { names.contains($0.name) && !$0.isUtility }
  }

  /// The leaves to make instances of, those that read others behind these.
  private func modulesToAdd() -> [ModuleSpec] {
    let modules = participants.flatMap { provider in
      catalog.modules(of: provider.name, roles: [.link, .monitor, .notification])
    }
    func rank(_ module: ModuleSpec) -> Int {
      module.role == .notification ? 0 : module.peers.isEmpty ? 1 : 2
    }
    let wanted = modules.filter(isWanted).map { (module: $0, rank: rank($0)) }
    return (0...2).flatMap { step in wanted.filter { $0.rank == step }.map(\.module) }
  }

  /// Whether a leaf is limited to other environments, or monitoring is switched off.
  private func isWanted(_ module: ModuleSpec) -> Bool {
    if module.role == .monitor, !manifest.monitoring.isEnabled { return false }
    let own = module.role.router == .monitoring ? manifest.monitoring.environments : nil
    guard let limits = own?.map(\.value) ?? module.environments else { return true }
    let there = limits.filter { manifest.environments.contains($0) }
    // A project without an environment of that name has a main one all the same.
    return there.isEmpty
      ? environment == manifest.mainEnvironment : there.contains(environment)
  }

  // MARK: - Instances

  /// What a link may have an instance for.
  private struct Candidate {
    var name: String
    var subject: Int?
    var bindings: [String: Value] = [:]
    var bound: [(name: String, value: Value)] = []
    var formerNames: [String] = []
    /// Where app.json asks for it.
    var range: SourceRange?
  }

  private func candidates(
    _ each: ModuleSpec.Each, of provider: String, among range: Range<Int>
  ) -> [Candidate] {
    switch each.selection {
    case .resource, .app:
      let role: ModuleSpec.Role = each.selection == .app ? .app : .resource
      return range.filter { entries[$0].host == nil && takesPart($0, role, in: each, of: provider) }
        .map { item($0, as: each.selection.rawValue) }
    case .domain:
      return range.filter { takesPart($0, .app, in: each, of: provider) }.flatMap(domains)
    case .output:
      return range.filter { takesPart($0, nil, in: each, of: provider) }.flatMap(outputs)
    case .check:
      return manifest.monitoring.checks
        .filter { each.types.isEmpty || each.types.contains($0.type.value.rawValue) }
        .map {
          Candidate(
            name: $0.name.value, bindings: ["check": value(of: $0)], range: $0.name.range)
        }
    case .project: return [Candidate(name: "project")]
    }
  }

  private func takesPart(
    _ index: Int, _ role: ModuleSpec.Role?, in each: ModuleSpec.Each, of provider: String
  ) -> Bool {
    let module = entries[index].leaf.module
    guard role.map({ $0 == module.role }) ?? true else { return false }
    if each.unless.contains("\(module.provider).\(module.type)") { return false }
    if each.types.isEmpty { return true }
    return each.types.contains { word in
      let parts = word.split(separator: ".")
      if parts.count == 2 { return module.provider == parts[0] && module.type == parts[1] }
      return module.provider == provider && module.type == word
    }
  }

  private func item(_ index: Int, as word: String) -> Candidate {
    let entry = entries[index]
    return Candidate(
      name: entry.name, subject: index, bindings: [word: EntryScope.partner(index)],
      bound: [(word, .string(entries[bearer(index)].name))],
      formerNames: entry.source?.was.map(\.value) ?? [])
  }

  private func domains(of index: Int) -> [Candidate] {
    domainValues(of: index).compactMap { domain in
      guard let name = domain.attributes?["name"]?.stringValue else { return nil }
      var candidate = item(index, as: "app")
      candidate.name = name
      candidate.bindings["domain"] = domain
      candidate.formerNames = []
      return candidate
    }
  }

  private func outputs(of index: Int) -> [Candidate] {
    guard bearer(index) == index else { return [] }
    let entry = entries[index]
    let outputs = entry.leaf.module.outputs.filter { $0.isScalar && !hasNoValue($0, of: index) }
    return outputs.map { output in
      let isSensitive = entry.leaf.analysis.sensitiveOutputs.contains(output.name)
      var candidate = item(index, as: "item")
      candidate.name = "\(entry.name).\(output.name)"
      candidate.formerNames = candidate.formerNames.map { "\($0).\(output.name)" }
      candidate.bindings["output"] = .object([
        "name": .string(output.name), "sensitive": .bool(isSensitive), "value": .unknown,
      ])
      let source = "\(entry.leaf.module.role.rawValue)_\(isSensitive ? "secrets" : "outputs")"
      candidate.bound += [("output", .string(output.name)), ("source", .string(source))]
      return candidate
    }
  }

  // MARK: - Conditions

  private func add(
    _ candidate: Candidate, _ leaf: Leaf, _ each: ModuleSpec.Each, among range: Range<Int>
  ) {
    var entry = Entry(name: candidate.name, leaf: leaf)
    entry.subject = candidate.subject
    entry.bindings = candidate.bindings
    entry.bound = candidate.bound
    entry.formerNames = candidate.formerNames
    entry.impliedAt = candidate.range
    if each.selection == .project {
      let members = range.filter { isMember($0, of: leaf, each) }
      entry.bindings["items"] = .list(members.map(EntryScope.partner))
      if leaf.wires("items") { entry.bound.append(("items", .list(members.map(listed)))) }
    }
    if leaf.module.role == .notification, let service = service(of: leaf.provider.name) {
      entry.impliedAt = service.keyRange
      readConfig(service.value, into: &entry, isOverride: false)
    }
    nameInCloud(&entry)
    entries.append(entry)
    if !counts(entries.count - 1, each) { entries.removeLast() }
  }

  private func counts(_ index: Int, _ each: ModuleSpec.Each) -> Bool {
    let evaluator = Evaluator(EntryScope(self, index))
    // What a project's link needs was asked of each of its members.
    let lacks =
      each.selection != .project && each.needs.contains { evaluator.value(of: $0).isNull }
    guard !lacks else { return false }
    return each.condition.map { evaluator.value(of: $0) == .bool(true) } ?? true
  }

  /// Whether something is of the project's own making, and has what a project's link asks for.
  private func isMember(_ index: Int, of leaf: Leaf, _ each: ModuleSpec.Each) -> Bool {
    let entry = entries[index]
    guard entry.leaf.provider.name == leaf.provider.name, bearer(index) == index,
      takesPart(index, nil, in: each, of: leaf.provider.name),
      entry.source?.management(in: environment) != .existing
    else { return false }
    let evaluator = Evaluator(MemberScope(self, index))
    return each.needs.allSatisfy { need in
      guard let output = need.neededOutput else { return evaluator.value(of: need) == .bool(true) }
      return entry.leaf.module.output(output) != nil
    }
  }

  private func listed(_ index: Int) -> Value {
    .object([
      "kind": .string(entries[index].leaf.module.role.rawValue),
      "name": .string(entries[index].name),
    ])
  }
}

/// What a condition of `needs` sees: as `items`, the one that it is asked of.
private final class MemberScope: EvaluationScope {
  private let entry: EntryScope
  private let index: Int

  init(_ resolver: DeploymentResolver, _ index: Int) {
    entry = EntryScope(resolver, index)
    self.index = index
  }

  func root(_ name: String) -> Value? { name == "items" ? EntryScope.partner(index) : nil }

  func attribute(_ name: String, of handle: Value.Handle) -> Value {
    entry.attribute(name, of: handle)
  }
}
