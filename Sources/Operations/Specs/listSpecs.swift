import ProviderModel

/// A leaf of a provider, or a provider without leaves.
public struct ListedLeaf: Sendable {
  /// The manifest's word for the provider.
  public var provider: String
  /// The type.
  public var type: String
  /// What it serves.
  public var role: String
  /// What people call it.
  public var title: String
  /// Other words for the type.
  public var aliases: [String]
  /// The resource types that it makes, in order.
  public var resourceTypes: [String]
}

/// A provider with its leaves.
public struct ListedProvider: Sendable {
  /// The manifest's word.
  public var name: String
  /// What people call it.
  public var title: String
  /// Other words for it.
  public var aliases: [String]
  /// The address in the registry.
  public var source: String
  /// The version constraint.
  public var version: String
  /// Its leaves, by type in order.
  public var leaves: [ListedLeaf]
}

/// The providers and leaves of specs, in order.
public func listSpecs(_ specs: SpecFolder) -> [ListedProvider] {
  let catalog = specs.catalog
  return catalog.providers.map { provider in
    ListedProvider(
      name: provider.name, title: provider.title, aliases: provider.aliases,
      source: provider.source, version: provider.version,
      leaves: catalog.modules(of: provider.name).map { module in
        ListedLeaf(
          provider: provider.name, type: module.type, role: module.role.rawValue,
          title: module.title, aliases: module.aliases, resourceTypes: module.resourceTypes)
      })
  }
}
