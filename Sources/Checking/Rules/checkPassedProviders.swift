import Diagnostics
import Evaluation
import HCL

/// Checks the configurations of providers that modules hand to each other.
func checkPassedProviders(_ tree: ModuleTree, _ library: SchemaLibrary) {
  for module in tree.modules.items {
    for call in module.calls.items {
      guard let folder = call.folder, let child = tree.modules[folder] else { continue }
      PassedProviders(findings: tree.findings, tree: tree, parent: module, child: child, call: call)
        .check()
    }
  }
}

private struct PassedProviders {
  let findings: Findings
  let tree: ModuleTree
  let parent: Module
  let child: Module
  let call: ModuleCall

  private typealias Name = (name: String, alias: String?)

  func check() {
    let passed = readMap()
    var given: Set<String> = []
    for (inner, outer, place) in passed {
      if !given.insert(address(inner)).inserted {
        findings.error(
          "duplicate-declaration", "`\(address(inner))` is passed twice", at: place)
      }
      check(inner, outer, at: place)
    }
    for requirement in child.requirements.items {
      for alias in requirement.aliases where !given.contains(alias) {
        findings.error(
          "missing-provider-configuration",
          "Module `\(call.name)` needs a provider configuration `\(alias)`",
          at: call.source.place, help: "Add `providers = { \(alias) = ... }`.",
          notes: [.init("It is demanded here", at: requirement.place)])
      }
    }
    checkOwnConfigurations()
  }

  private func address(_ name: Name) -> String { name.name + (name.alias.map { "." + $0 } ?? "") }

  /// The pairs of the call's `providers`.
  private func readMap() -> [(Name, Name, SourceLocation)] {
    guard let attribute = call.source.attribute("providers") else { return [] }
    let place = call.source.location(attribute.value.origin)
    guard case .object(let object) = attribute.value.uncommented else {
      findings.error(
        "bad-provider-reference",
        "`providers` is an object without parentheses: `{ name = name, name.alias = name.alias }`",
        at: place)
      return []
    }
    return object.items.compactMap { item in
      guard let inner = providerReference(item.key), let outer = providerReference(item.value)
      else {
        findings.error(
          "bad-provider-reference", "Both sides name configurations: `name` or `name.alias`",
          at: call.source.location(item.value.origin))
        return nil
      }
      findings.checkProviderName(inner.name, at: call.source.location(item.key.origin))
      findings.checkProviderName(outer.name, at: call.source.location(item.value.origin))
      return (inner, outer, call.source.location(item.value.origin))
    }
  }

  private func check(_ inner: Name, _ outer: Name, at place: SourceLocation) {
    if let alias = outer.alias {
      let aliases = parent.requirements[outer.name]?.aliases ?? []
      let address = outer.name + "." + alias
      if parent.providers[address] == nil, !aliases.contains(address) {
        let known = parent.providers.items.map(\.address) + aliases
        findings.error(
          "undeclared-provider-configuration", "There is no configuration `\(address)`", at: place,
          known.isEmpty ? nil : "There is \(known.listed).", help: didYouMean(address, known))
      }
    }
    if inner.alias != nil {
      let aliases = child.requirements[inner.name]?.aliases ?? []
      if !aliases.contains(address(inner)), child.providers[address(inner)] == nil {
        findings.error(
          "undeclared-provider-configuration",
          "Module `\(call.name)` doesn't take a provider configuration `\(address(inner))`",
          at: place,
          "It isn't among the `configuration_aliases` of its `required_providers`.",
          help: didYouMean(address(inner), aliases))
      }
    }
    let (mine, theirs) = (parent.provider(outer.name), child.provider(inner.name))
    if let mine, let theirs, mine != theirs {
      // Terraform goes by what the child's name stands for in the parent, where that declares it.
      let isPassedOver = parent.requirements[inner.name]?.address == theirs
      findings.foundAtPlan(isPassedOver) {
        findings.error(
          "provider-mismatch",
          "`\(address(outer))` is of `\(mine.shortText)`, module `\(call.name)` expects one of `\(theirs.shortText)`",
          at: place)
      }
    }
    if let own = child.providers[address(inner)], !own.source.isProxy {
      findings.error(
        "provider-overridden",
        "Module `\(call.name)` configures `\(address(inner))` itself", at: place,
        notes: [.init("Its own configuration", at: own.source.place)])
    }
  }

  /// A module that configures a provider can't be repeated: its instances couldn't be destroyed.
  private func checkOwnConfigurations() {
    let words = ["count", "for_each", "depends_on"].filter { call.source.attribute($0) != nil }
    guard let word = words.first, let own = configured(child, visited: []) else { return }
    findings.error(
      "configured-module",
      "Module `\(call.name)` configures providers, so its call can't have `\(word)`",
      at: call.source.place, help: "Configure providers in the root module and pass them.",
      notes: [.init("The configuration", at: own.place)])
  }

  private func configured(_ module: Module, visited: Set<String>) -> Declaration? {
    if visited.contains(module.folder) { return nil }
    if let own = module.providers.items.first(where: { !$0.source.isProxy }) { return own.source }
    for call in module.calls.items {
      guard let folder = call.folder, let child = tree.modules[folder] else { continue }
      if let own = configured(child, visited: visited.union([module.folder])) { return own }
    }
    return nil
  }
}

extension Declaration {
  /// Whether a `provider` block says nothing, as modules once declared what they take.
  var isProxy: Bool {
    block.body.blocks.isEmpty
      && block.body.attributes.allSatisfy { $0.name == "alias" || $0.name == "version" }
  }
}
