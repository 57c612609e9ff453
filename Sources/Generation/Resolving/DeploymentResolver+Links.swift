import Diagnostics
import HCL
import ProviderModel

extension DeploymentResolver {
  /// Adds the instances of links whose providers are in use.
  func addLinks() {
    let providers = Set(entries.map(\.leaf.provider.name)).sorted()
    let count = entries.count
    for provider in providers {
      for module in catalog.modules(of: provider, roles: [.link]) {
        guard let each = module.each, each.selection == "resource" || each.selection == "app",
          let leaf = leaves.leaf(provider: provider, type: module.type, roles: [.link])
        else { continue }
        for index in 0..<count where entries[index].host == nil && takesPart(index, in: each, of: provider) {
          link(index, leaf, each)
        }
      }
    }
    resolveInputs(from: count)
  }

  private func takesPart(_ index: Int, in each: ModuleSpec.Each, of provider: String) -> Bool {
    let module = entries[index].leaf.module
    guard module.role.rawValue == each.selection else { return false }
    if each.types.isEmpty { return true }
    return each.types.contains { word in
      let parts = word.split(separator: ".")
      if parts.count == 2 { return module.provider == parts[0] && module.type == parts[1] }
      return module.provider == provider && module.type == word
    }
  }

  private func link(_ index: Int, _ leaf: Leaf, _ each: ModuleSpec.Each) {
    let subject = EntryScope.partner(index)
    if let condition = each.condition {
      let overlay = OverlayScope([each.selection: subject], EntryScope(self, index))
      guard Evaluator(overlay).value(of: condition) == .bool(true) else { return }
    }
    var entry = Entry(
      name: entries[index].name, leaf: leaf,
      results: Array(repeating: nil, count: leaf.bound.count))
    entry.subject = index
    entry.bindings[each.selection] = subject
    entries.append(entry)
  }
}
