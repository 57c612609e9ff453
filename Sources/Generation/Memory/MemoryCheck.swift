import AppManifest
import Diagnostics
import ProviderModel

/// Compares one environment with what was made there.
struct MemoryCheck {
  let stack: Stack
  let input: GenerationInput
  let environment: String

  private var manifest: Manifest { stack.manifest }
  private var cloudNames: [String: String] { input.memory.cloudNames[environment] ?? [:] }
  private var items: [String: MadeItem] { input.memory.items[environment] ?? [:] }

  /// Names the environment where there are several.
  var inEnvironment: String { manifest.environments.count > 1 ? " in \(environment)" : "" }

  func place(_ item: DeployedItem) -> SourceLocation? {
    item.range.map { manifest.location($0) }
  }

  /// What was made of an item, under any of its names.
  private func former(_ item: DeployedItem) -> (name: String, made: MadeItem)? {
    for name in item.names {
      if let made = items[item.memoryKey(name)] { return (name, made) }
      // Earlier versions kept names alone, of what they made.
      if cloudNames[item.memoryKey(name)] != nil {
        return (name, MadeItem(leaf: item.leaf.module.callName, management: "create"))
      }
    }
    return nil
  }

  /// Compares an item with what was made of it.
  func checkItem(_ item: DeployedItem, into diagnostics: inout Diagnostics) {
    guard let (name, made) = former(item) else { return }
    let isAllowed = input.replaceable.contains(item.name) || input.replaceable.contains(name)
    let was = Item.Management(rawValue: made.management) ?? .create
    if made.leaf != item.leaf.module.callName {
      if was != .existing, !isAllowed, let old = leaf(made.leaf), old.isStateful {
        diagnostics.append(.otherType(item, old, inEnvironment, at: place(item)))
      }
      return
    }
    checkTransition(item, name, from: was, isAllowed, into: &diagnostics)
    guard was != .existing, item.management != .existing, !isAllowed else { return }
    checkName(item, name, into: &diagnostics)
    checkKept(item, made, into: &diagnostics)
    checkPlaces(item, made, into: &diagnostics)
  }

  private func leaf(_ callName: String) -> Leaf? {
    if let leaf = stack.leaves.first(where: { $0.module.callName == callName }) { return leaf }
    for provider in stack.catalog.providers where callName.hasPrefix(provider.name + "_") {
      for module in stack.catalog.modules(of: provider.name) where module.callName == callName {
        return Leaf(module, provider, stack.catalog)
      }
    }
    return nil
  }

  // MARK: - Who brings it into being

  private func checkTransition(
    _ item: DeployedItem, _ name: String, from was: Item.Management, _ isAllowed: Bool,
    into diagnostics: inout Diagnostics
  ) {
    let range = item.source?.writtenManagement(in: environment)?.range
    let location = range.map { manifest.location($0) } ?? place(item)
    switch (was, item.management) {
    case (.create, .existing), (.adopt, .existing):
      guard !isAllowed else { return }
      diagnostics.append(
        .wouldBeGivenUp(item, addresses(item, name), inEnvironment, environment, at: location))
    case (.existing, .create):
      diagnostics.append(.wouldBeMadeAnew(item, inEnvironment, at: location))
    case (.existing, .adopt):
      diagnostics.append(.isTakenOver(item, inEnvironment, at: location))
    default: break
    }
  }

  /// Where the state holds an item and what is linked with it.
  private func addresses(_ item: DeployedItem, _ name: String) -> [String] {
    let role = item.leaf.module.role.rawValue
    var result = ["module.\(role)s.module.\(item.leaf.module.callName)[\"\(name)\"]"]
    let suffix = "/" + name
    for link in input.memory.links where link.hasSuffix(suffix) {
      result.append("module.links.module.\(link.dropLast(suffix.count))[\"\(name)\"]")
    }
    return result
  }

  // MARK: - What would replace it

  private func checkName(
    _ item: DeployedItem, _ name: String, into diagnostics: inout Diagnostics
  ) {
    guard let former = cloudNames[item.memoryKey(name)], let now = item.cloudName, now != former
    else { return }
    let given = item.source?.cloudName(in: environment)
    // A rename without a name in the cloud is reported as such.
    if given == nil, !(item.source?.was.isEmpty ?? true) { return }
    let location = given.map { manifest.location($0.range) } ?? place(item)
    let line = cloudNameLine([(environment, former)], manifest)
    if item.leaf.losesDataByName {
      diagnostics.append(
        .nameWouldReplace(item, now, former, line, inEnvironment, at: location))
    } else if item.leaf.keepsNameForEver {
      diagnostics.append(.nameIsKept(item, now, former, line, inEnvironment, at: location))
    }
  }

  private func checkKept(
    _ item: DeployedItem, _ made: MadeItem, into diagnostics: inout Diagnostics
  ) {
    for (key, former) in made.kept.sorted(by: { $0.key < $1.key }) {
      guard item.leaf.analysis.isKept(key), let now = item.kept[key] else { continue }
      var former = former
      if item.leaf.analysis.isSwitch(key), former != DeployedItem.nothing {
        former = DeployedItem.something
      }
      guard now != renamed(former) else { continue }
      let facts = item.leaf.analysis.facts[key]
      if facts?.ignoresCase ?? false, now.lowercased() == former.lowercased() { continue }
      // What the provider filled in is known to nobody here, and stays where it isn't given any more.
      let isFilledIn = !item.leaf.analysis.countsByAbsence(key)
      if isFilledIn, now == DeployedItem.nothing { continue }
      if isFilledIn, former == DeployedItem.nothing {
        diagnostics.append(
          .valueIsGiven(item, key, inEnvironment, at: item.keptAt[key] ?? place(item)))
        continue
      }
      diagnostics.append(
        .valueWouldReplace(
          item, key, from: former, to: now, inEnvironment,
          at: item.keptAt[key] ?? place(item)))
    }
  }

  /// What a remembered reference is called now.
  private func renamed(_ value: String) -> String {
    for item in manifest.resources + manifest.apps {
      for was in item.was where DeployedItem.reference(to: was.value) == value {
        return DeployedItem.reference(to: item.name.value)
      }
    }
    return value
  }

  // MARK: - What left

  /// Says what is no longer there, and looks whether it was renamed.
  func checkWhatLeft(_ deployment: Deployment, into diagnostics: inout Diagnostics) {
    let present = deployment.items.filter { $0.subject == nil }
    var known = Set(present.flatMap { item in item.names.map(item.memoryKey) })
    // What is there, but can't be made for a reason that was given, didn't leave.
    for item in manifest.resources + manifest.apps
    where item.managed && item.isDeployed(in: environment) {
      let names = [item.name.value] + item.was.map(\.value)
      known.formUnion(names.map { "\(item.kind.rawValue)/\($0)" })
    }
    for (key, made) in items.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
      let name = String(key.split(separator: "/").last ?? "")
      guard made.management != Item.Management.existing.rawValue,
        !input.replaceable.contains(name), let leaf = leaf(made.leaf), leaf.isStateful
      else { continue }
      let heir = present.first { item in
        item.leaf.module.callName == made.leaf && item.source != nil && former(item) == nil
          && item.source?.was.isEmpty ?? false
      }
      if let heir {
        diagnostics.append(
          .looksRenamed(heir, from: name, cloudNames[key], inEnvironment, at: place(heir)))
      } else {
        diagnostics.append(.left(name, leaf, cloudNames[key], inEnvironment))
      }
    }
  }
}
