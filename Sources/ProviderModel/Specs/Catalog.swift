public import Diagnostics
import JSON

/// All providers and leaves that manifests can name.
public struct Catalog: Sendable {
  /// The providers, by name in order.
  public private(set) var providers: [ProviderSpec] = []
  /// The state backends, by name in order.
  public private(set) var backends: [BackendSpec] = []
  private var modules: [String: ModuleSpec] = [:]
  private var providerIndex: [String: Int] = [:]

  /// Makes a catalog of spec files: pairs of a path such as `hetzner/vm.hcl` and a text.
  public init(files: [(path: String, text: String)], into diagnostics: inout Diagnostics) {
    for (path, text) in files where path.hasSuffix("/provider.hcl") {
      let file = SourceFile(name: "ProviderSpecs/" + path, text: text)
      guard var provider = readProvider(file, into: &diagnostics) else { continue }
      let folder = String(path.dropLast("provider.hcl".count))
      provider.schema = Self.schema(folder, files, into: &diagnostics)
      providers.append(provider)
    }
    providers.sort { $0.name < $1.name }
    for (index, provider) in providers.enumerated() {
      for word in [provider.name] + provider.aliases { providerIndex[Self.key(word)] = index }
    }
    for (path, text) in files where path.hasSuffix(".hcl") && !path.hasSuffix("/provider.hcl") {
      let parts = path.split(separator: "/")
      guard parts.count == 2 else { continue }
      let file = SourceFile(name: "ProviderSpecs/" + path, text: text)
      if parts[0] == "backends" {
        if let backend = readBackend(file, into: &diagnostics) { backends.append(backend) }
      } else if let module = readModule(file, provider: String(parts[0]), into: &diagnostics) {
        modules[module.provider + "/" + module.type] = module
      }
    }
    backends.sort { $0.name < $1.name }
  }

  private static func schema(
    _ folder: String, _ files: [(path: String, text: String)], into diagnostics: inout Diagnostics
  ) -> ProviderSchema {
    func node(_ name: String) -> JSONNode? {
      files.first { $0.path == folder + name }.flatMap {
        parseJSON(SourceFile(name: "ProviderSpecs/" + $0.path, text: $0.text), into: &diagnostics)
      }
    }
    guard let schemaNode = node("schema.json") else { return ProviderSchema() }
    var schema = readSchema(schemaNode)
    if let constraints = node("constraints.json") { readConstraints(constraints, into: &schema) }
    return schema
  }

  /// Spellings that differ in case, `-` and `_` are one.
  private static func key(_ word: String) -> String {
    word.lowercased().filter { $0 != "-" && $0 != "_" }
  }

  /// The provider that a manifest's word means.
  public func provider(_ word: String) -> ProviderSpec? {
    providerIndex[Self.key(word)].map { providers[$0] }
  }

  /// The leaf of a provider that a manifest's word for a type means.
  public func module(
    provider: String, type word: String, roles: Set<ModuleSpec.Role>
  ) -> ModuleSpec? {
    if let module = modules[provider + "/" + word], roles.contains(module.role) { return module }
    let key = Self.key(word)
    return modules(of: provider).first { module in
      roles.contains(module.role)
        && ([module.type] + module.aliases).contains { Self.key($0) == key }
    }
  }

  /// The leaves of a provider, by type in order.
  public func modules(of provider: String) -> [ModuleSpec] {
    modules.values.filter { $0.provider == provider }.sorted { $0.type < $1.type }
  }

  /// All leaves, by provider and type in order.
  public var allModules: [ModuleSpec] { providers.flatMap { modules(of: $0.name) } }

  /// The provider whose schema has a resource type or data source.
  public func provider(ofType type: String, isData: Bool = false) -> ProviderSpec? {
    providers.first { provider in
      isData
        ? provider.schema.dataSources[type] != nil : provider.schema.resources[type] != nil
    }
  }

  /// The backend of a name.
  public func backend(_ name: String) -> BackendSpec? { backends.first { $0.name == name } }
}
