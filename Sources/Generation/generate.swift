public import AppManifest
public import Diagnostics
public import Files
public import ProviderModel

/// What generation starts from.
public struct GenerationInput: Sendable {
  /// The manifest.
  public var manifest: Manifest
  /// The providers and leaves that it may name.
  public var catalog: Catalog
  /// What earlier runs left to remember.
  public var memory: GenerationMemory
  /// The version of webkit.
  public var version: String
  /// Whether providers that left the manifest are forgotten.
  public var prunesProviders: Bool

  /// Makes an input.
  public init(
    manifest: Manifest, catalog: Catalog, memory: GenerationMemory = GenerationMemory(),
    version: String, prunesProviders: Bool = false
  ) {
    self.manifest = manifest
    self.catalog = catalog
    self.memory = memory
    self.version = version
    self.prunesProviders = prunesProviders
  }
}

/// What one run has to tell the next one, beside the manifest.
public struct GenerationMemory: Hashable, Sendable {
  /// Providers whose resources a state may still hold, by name in order.
  public var providers: [String]
  /// The names in the cloud: environment, then `<kind>/<name>` of the item.
  public var cloudNames: [String: [String: String]]

  /// Makes a memory.
  public init(providers: [String] = [], cloudNames: [String: [String: String]] = [:]) {
    self.providers = providers
    self.cloudNames = cloudNames
  }
}

/// What generation gives.
public struct GenerationResult: Sendable {
  /// The files, relative to the project's folder: `infra/main.tf`.
  public var tree: FileTree
  /// What the next run has to know.
  public var memory: GenerationMemory
}
