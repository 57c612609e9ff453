import AppManifest
import Diagnostics
import Evaluation
import JSON
import Parallelism
import ProviderModel
import Synchronization

/// The leaves in use, each made once, whichever environment asks first.
final class LeafCache: Sendable {
  private let catalog: Catalog
  private let leaves = Mutex<[String: Leaf]>([:])
  private let prepared = Mutex<[Leaf]>([])
  private let table = Mutex<FunctionTable?>(nil)

  private let uses = Mutex<ConfigUses?>(nil)

  private let known: (@Sendable () -> FunctionTable)?

  init(_ catalog: Catalog, functions: (@Sendable () -> FunctionTable)? = nil) {
    self.catalog = catalog
    known = functions
  }

  /// The functions of Terraform, read when they are first needed; nil where nothing is known of them.
  var functions: FunctionTable? {
    if let known { return known() }
    guard let file = catalog.functions else { return nil }
    return table.withLock { table in
      if let table { return table }
      // What is wrong with the data is found where trees are checked.
      var ignored = Diagnostics()
      let read = FunctionTable(file, into: &ignored)
      table = read
      return read
    }
  }

  func leaf(provider: String, type: String, roles: Set<ModuleSpec.Role>) -> Leaf? {
    guard let module = catalog.module(provider: provider, type: type, roles: roles) else {
      return nil
    }
    if let known = leaves.withLock({ $0[module.callName] }) { return known }
    guard let spec = catalog.provider(module.provider) else { return nil }
    let made = Leaf(module, spec, catalog)
    // Leaves are compared by identity: of two that were made at once, the first stays.
    return leaves.withLock { leaves in
      if let first = leaves[module.callName] { return first }
      leaves[module.callName] = made
      return made
    }
  }

  /// What the leaves that the manifest asks for, and those that may join them, read of other items
  /// that exist already.
  var usesOfExisting: ConfigUses {
    uses.withLock { uses in
      if let uses { return uses }
      let made = ConfigUses(prepared.withLock { $0 }.map(\.module), ofExisting: true)
      uses = made
      return made
    }
  }

  /// The leaf that an item of the manifest asks for.
  func leaf(of item: Item, _ provider: ProviderSpec) -> Leaf? {
    leaf(provider: provider.name, type: item.type.value, roles: item.roles)
  }

  /// Makes the leaves that a manifest asks for, and those that may join them, all at once.
  func prepare(_ manifest: Manifest) {
    let (items, joining) = (wanted(by: manifest), joining(manifest))
    // What they read comes first: who waits for another's reading does nothing else.
    let readings =
      [catalog.readingOfBackends]
      + catalog.readings(of: Set(items.map(\.provider) + joining.map(\.provider)))
      + (items + joining).map { catalog.reading(provider: $0.provider, type: $0.type, $0.roles) }
      + [Catalog.Reading(size: functionSize) { [self] in _ = functions }]
    _ = readings.concurrentMap(weight: \.size) { $0.read() }
    let weight = { [catalog] (one: Wanted) in
      catalog.size(provider: one.provider, type: one.type, roles: one.roles)
    }
    let made = (items + joining).concurrentMap(weight: weight) {
      leaf(provider: $0.provider, type: $0.type, roles: $0.roles)
    }
    prepared.withLock { $0 = made.compactMap(\.self) }
    uses.withLock { $0 = nil }
  }

  private var functionSize: Int { catalog.functions?.bytes.count ?? 0 }

  /// A leaf by what names it.
  private struct Wanted: Hashable {
    var provider: String
    var type: String
    var roles: Set<ModuleSpec.Role>
  }

  private func wanted(by manifest: Manifest) -> [Wanted] {
    var seen: Set<Wanted> = []
    return (manifest.resources + manifest.apps).filter(\.managed).compactMap { item in
      guard let provider = catalog.provider(item.provider.value) else { return nil }
      let wanted = Wanted(provider: provider.name, type: item.type.value, roles: item.roles)
      return seen.insert(wanted).inserted ? wanted : nil
    }
  }

  /// The leaves of links, and those that monitor where that is asked for.
  private func joining(_ manifest: Manifest) -> [Wanted] {
    let words =
      (manifest.resources + manifest.apps).filter(\.managed).map(\.provider.value)
      + manifest.settings.providers.map(\.provider.value)
      + manifest.notifications.services.filter { $0.value.flag != false }.map(\.key)
    let providers = Set(words.compactMap { catalog.provider($0)?.name }).sorted()
    let roles: Set<ModuleSpec.Role> =
      manifest.monitoring.isEnabled ? [.link, .monitor, .notification] : [.link]
    return providers.flatMap { provider in
      catalog.types(of: provider, roles: roles).map {
        Wanted(provider: provider, type: $0.type, roles: [$0.role])
      }
    }
  }
}

extension Item {
  /// The roles of the leaves that serve it.
  var roles: Set<ModuleSpec.Role> { kind == .app ? [.app] : [.resource] }
}
