import Diagnostics
import HCL

/// A module on the way from the root to another, and the call by which it was reached.
struct ModuleStep {
  var module: Module
  /// Nil for the root.
  var call: ModuleCall?
  /// What stands before the addresses of its parts: `module.a.module.b.`.
  var path: String
}

/// Finds the configurations of providers that resources use.
struct ProviderResolution {
  /// From the root to the module at hand.
  let steps: [ModuleStep]

  /// Where a configuration is written, and how it is called there; nil where nobody gives it.
  func resolve(_ name: String, _ alias: String?) -> (step: ModuleStep, address: String)? {
    resolve(name, alias, at: steps.count - 1)
  }

  /// Calls a visitor with each resource of the module at hand, and where its configuration is.
  func visitResources(_ visit: (Resource, (step: ModuleStep, address: String)?) -> Void) {
    guard let module = steps.last?.module else { return }
    // Nearly all resources of a module have the provider of the one before.
    var before: (provider: (name: String, alias: String?), found: (ModuleStep, String)?)?
    for resource in module.resources.items {
      let (name, alias) = resource.provider
      let isSame = before.map { $0.provider.name == name && $0.provider.alias == alias } ?? false
      let found = isSame ? before?.found : resolve(name, alias)
      before = ((name, alias), found)
      visit(resource, found)
    }
  }

  private func resolve(
    _ name: String, _ alias: String?, at level: Int
  ) -> (step: ModuleStep, address: String)? {
    let module = steps[level].module
    let address = name + (alias.map { "." + $0 } ?? "")
    let own = module.providers[address]
    if level == 0 { return own != nil || alias == nil ? (steps[0], address) : nil }
    if let own, !own.source.isProxy { return (steps[level], address) }
    if let outer = steps[level].call?.passed(name, alias) {
      return resolve(outer.name, outer.alias, at: level - 1)
    }
    guard alias == nil else { return own == nil ? nil : (steps[level], address) }
    let wanted = module.provider(name)
    let above = steps[level - 1].module
    let same = above.requirements.items.first { $0.address == wanted && wanted != nil }
    return resolve(same?.localName ?? name, nil, at: level - 1)
  }
}

extension ModuleCall {
  /// The caller's configuration that a name in the callee stands for.
  func passed(_ name: String, _ alias: String?) -> (name: String, alias: String?)? {
    guard let value = source.attribute("providers")?.value.uncommented,
      case .object(let object) = value
    else { return nil }
    for item in object.items {
      guard let inner = providerReference(item.key), inner.name == name, inner.alias == alias else {
        continue
      }
      return providerReference(item.value)
    }
    return nil
  }
}

/// Marks the configurations that are used, and reports those that nobody gives.
func resolveProviders(_ tree: ModuleTree) {
  visitModules(tree) { steps in
    let resolution = ProviderResolution(steps: steps)
    guard let module = steps.last?.module else { return }
    resolution.visitResources { resource, found in
      let (name, alias) = resource.provider
      if let (step, address) = found {
        step.module.usedProviders.insert(address)
      } else if let alias, module.requirements[name]?.aliases.contains(name + "." + alias) == true,
        steps.count == 1
      {
        tree.findings.error(
          "missing-provider-configuration",
          "Nobody gives the provider configuration `\(name).\(alias)`",
          at: resource.source.place, "A root module has to configure what it uses.",
          help: "Add `provider \"\(name)\" { alias = \"\(alias)\" }`.")
      }
    }
  }
}

/// Calls a visitor with each module on each way to it, callers first.
func visitModules(_ tree: ModuleTree, _ visit: ([ModuleStep]) -> Void) {
  func walk(_ steps: [ModuleStep]) {
    visit(steps)
    guard let last = steps.last, steps.count < 32 else { return }
    for call in last.module.calls.items {
      guard let folder = call.folder, let child = tree.modules[folder] else { continue }
      let path = last.path + "module." + call.name + "."
      walk(steps + [ModuleStep(module: child, call: call, path: path)])
    }
  }
  walk([ModuleStep(module: tree.root, call: nil, path: "")])
}
