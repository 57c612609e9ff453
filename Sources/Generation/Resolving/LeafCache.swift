import AppManifest
import Diagnostics
import Evaluation
import Parallelism
import ProviderModel
import Synchronization

/// The leaves in use, each made once, whichever environment asks first.
final class LeafCache: Sendable {
  private let catalog: Catalog
  private let leaves = Mutex<[String: Leaf]>([:])
  private let uses = Mutex<ConfigUses?>(nil)
  private let table = Mutex<FunctionTable?>(nil)

  init(_ catalog: Catalog) { self.catalog = catalog }

  /// The functions of Terraform, read when they are first needed; nil where nothing is known of them.
  var functions: FunctionTable? {
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

  /// What leaves read of other items that exist already; all leaves have to be read for it.
  var usesOfExisting: ConfigUses {
    uses.withLock { known in
      let found = known ?? ConfigUses(catalog, ofExisting: true)
      known = found
      return found
    }
  }

  /// The leaf that an item of the manifest asks for.
  func leaf(of item: Item, _ provider: ProviderSpec) -> Leaf? {
    leaf(provider: provider.name, type: item.type.value, roles: item.roles)
  }

  /// Makes the leaves that items ask for, all at once.
  func prepare(_ items: [Item]) {
    var seen: Set<[String]> = []
    let wanted = items.compactMap { item in
      seen.insert([item.provider.value, item.type.value, item.kind.rawValue]).inserted
        ? catalog.provider(item.provider.value).map { (item: item, provider: $0) } : nil
    }
    let weight = { [catalog] (one: (item: Item, provider: ProviderSpec)) in
      catalog.size(provider: one.provider.name, type: one.item.type.value, roles: one.item.roles)
    }
    _ = wanted.concurrentMap(weight: weight) { leaf(of: $0.item, $0.provider) }
  }
}

extension Item {
  /// The roles of the leaves that serve it.
  var roles: Set<ModuleSpec.Role> { kind == .app ? [.app] : [.resource] }
}
