public import Diagnostics
import JSON
import Parallelism

/// All providers and leaves that manifests can name.
public struct Catalog: Sendable {
  /// The providers, by name in order.
  public private(set) var providers: [ProviderSpec] = []
  /// The state backends, by name in order.
  public var backends: [BackendSpec] { lazyBackends.value }
  var lazyBackends: Lazy<[BackendSpec]>
  /// Templates and other files that leaves read, by path: `shared/templates/cloud-init.yaml.tftpl`.
  var templates: [String: String] = [:]
  var templateNames: Set<String> = []
  /// The functions of Terraform, as data; nil where nobody says.
  public private(set) var functions: SourceFile?
  private var leaves: [String: [Leaf]] = [:]
  /// How many bytes the providers' schemas have.
  var schemaSizes: [String: Int] = [:]
  private var providerIndex: [String: Int] = [:]
  /// Providers by the word with which the names of their types begin.
  var typeIndex: [String: Int] = [:]

  /// A leaf that is read when it is needed.
  final class Leaf: Sendable {
    let header: ModuleHeader
    let size: Int
    let spec: Lazy<ModuleSpec?>

    init(header: ModuleHeader, size: Int, spec: Lazy<ModuleSpec?>) {
      self.header = header
      self.size = size
      self.spec = spec
    }
  }

  /// Makes a catalog of spec files: pairs of a path such as `<provider>/vm.hcl` and a text.
  ///
  /// Leaves and schemas are read when they are first needed; what is found then stands in
  /// `findings`. Messages call the folder of all specs `root`.
  public init(files: [(path: String, text: String)], root: String = Self.standardRoot) {
    lazyBackends = Self.backends(files, root)
    for (path, text) in files where Self.isTemplate(path) {
      templates[path] = text
      if let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) {
        templateNames.insert(String(path[path.utf8.index(after: slash)...]))
      }
    }
    for (path, text) in files where path == "terraform/functions.json" {
      functions = SourceFile(name: Self.name(of: path, in: root), text: text)
    }
    let specs = files.filter { $0.path.hasSuffix(".hcl") && !$0.path.hasPrefix("backends/") }
    let parts = specs.concurrentMap(weight: Part.weight) { Part($0.path, $0.text, root) }
    for part in parts { add(part, files) }
    providers.sort { $0.name < $1.name }
    for (index, provider) in providers.enumerated() {
      typeIndex[provider.localName] = index
      for word in [provider.name] + provider.aliases { providerIndex[Self.key(word)] = index }
    }
    for name in leaves.keys { leaves[name]?.sort { $0.header.type < $1.header.type } }
  }

  /// Whether a file stands in a folder of templates.
  private static func isTemplate(_ path: String) -> Bool {
    // By bytes: to look for a text in each path costs as much as to read a small spec.
    path.utf8.split(separator: UInt8(ascii: "/")).dropFirst().dropLast().contains {
      $0.elementsEqual("templates".utf8)
    }
  }

  /// What is read of a file at once.
  private struct Part: Sendable {
    let path: String
    let name: String
    let text: String
    var provider: ProviderSpec?
    var findings = Diagnostics()
    var header: ModuleHeader?

    init(_ path: String, _ text: String, _ root: String) {
      self.path = path
      self.text = text
      name = Catalog.name(of: path, in: root)
      if isProvider {
        provider = readProvider(SourceFile(name: name, text: text), into: &findings)
      } else {
        header = readModuleHeader(name, text)
      }
    }

    var isProvider: Bool { path.hasSuffix("/provider.hcl") }

    /// How much there is to read: all of a provider, the head of a leaf.
    static func weight(_ file: (path: String, text: String)) -> Int {
      file.path.hasSuffix("/provider.hcl") ? file.text.utf8.count : 0
    }
  }

  private mutating func add(_ part: Part, _ files: [(path: String, text: String)]) {
    early.append(contentsOf: part.findings)
    guard part.isProvider else {
      let parts = part.path.utf8.split(separator: UInt8(ascii: "/"))
      if parts.count == 2 {
        addLeaf(part, provider: String(Substring(parts[0])))
      }
      return
    }
    guard var provider = part.provider else { return }
    let folder = String(part.path.dropLast("provider.hcl".count))
    provider.lazySchema = Self.schema(folder, files)
    let schema = folder + "schema.json"
    schemaSizes[provider.name] = files.first { $0.path == schema }?.text.utf8.count
    providers.append(provider)
  }

  private static func backends(
    _ files: [(path: String, text: String)], _ root: String
  ) -> Lazy<[BackendSpec]> {
    Lazy { diagnostics in
      var backends: [BackendSpec] = []
      for (path, text) in files
      where path.hasPrefix("backends/") && path.hasSuffix(".hcl")
        && path.count(where: { $0 == "/" }) == 1
      {
        let file = SourceFile(name: name(of: path, in: root), text: text)
        if let backend = readBackend(file, into: &diagnostics) { backends.append(backend) }
      }
      return backends.sorted { $0.name < $1.name }
    }
  }

  /// Makes a catalog of spec files, reads all of them, and reports what is wrong with them.
  public init(
    files: [(path: String, text: String)], root: String = Self.standardRoot,
    into diagnostics: inout Diagnostics
  ) {
    self.init(files: files, root: root)
    _ = (allModules, backends)
    // Schemas are read without looking whether they are well-formed.
    for (path, text) in files
    where path.hasSuffix("/schema.json") || path.hasSuffix("/constraints.json") {
      _ = parseJSON(SourceFile(name: Self.name(of: path, in: root), text: text), into: &diagnostics)
    }
    diagnostics.append(contentsOf: findings)
  }

  /// What messages call the folder of all specs unless something else is said.
  public static var standardRoot: String { "ProviderSpecs" }

  private static func name(of path: String, in root: String) -> String {
    root == "." ? path : root + "/" + path
  }

  /// What was wrong with the files that have been read so far.
  public var findings: Diagnostics {
    var result = early
    result.append(contentsOf: lazyBackends.findings)
    for provider in providers {
      if let schema = provider.lazySchema { result.append(contentsOf: schema.findings) }
    }
    for leaf in leaves.values.joined() { result.append(contentsOf: leaf.spec.findings) }
    return result
  }

  /// What was wrong with the files that are always read.
  private var early = Diagnostics()

  private mutating func addLeaf(_ part: Part, provider: String) {
    let (name, text) = (part.name, part.text)
    let spec = Lazy {
      readModule(SourceFile(name: name, text: text), provider: provider, into: &$0)
    }
    let module = part.header == nil ? spec.value : nil
    let read = module.map { ModuleHeader(type: $0.type, role: $0.role, aliases: $0.aliases) }
    guard let header = part.header ?? read else {
      early.append(contentsOf: spec.findings)
      return
    }
    leaves[provider, default: []].append(Leaf(header: header, size: text.utf8.count, spec: spec))
  }

  private static func schema(
    _ folder: String, _ files: [(path: String, text: String)]
  ) -> Lazy<ProviderSchema> {
    Lazy { _ in
      func json(_ name: String) -> JSONOutline? {
        let path = folder + name
        return files.first { $0.path == path }.map { JSONOutline(bytes: Array($0.text.utf8)) }
      }
      guard let schemaJSON = json("schema.json") else { return ProviderSchema() }
      var schema = readSchema(schemaJSON)
      if let constraints = json("constraints.json") { readConstraints(constraints, into: &schema) }
      return schema
    }
  }

  /// Spellings that differ in case, `-` and `_` are one.
  private static func key(_ word: String) -> String {
    // Most words are written as they are here.
    let isKey = word.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    return isKey ? word : word.lowercased().filter { $0 != "-" && $0 != "_" }
  }

  /// The provider that a manifest's word means.
  public func provider(_ word: String) -> ProviderSpec? {
    providerIndex[Self.key(word)].map { providers[$0] }
  }

  /// The leaf of a provider that a manifest's word for a type means.
  public func module(
    provider: String, type word: String, roles: Set<ModuleSpec.Role>
  ) -> ModuleSpec? {
    leaf(provider, word, roles)?.spec.value
  }

  /// How many bytes the spec of that leaf has, which isn't read for it; 0 where there is none.
  public func size(provider: String, type word: String, roles: Set<ModuleSpec.Role>) -> Int {
    leaf(provider, word, roles)?.size ?? 0
  }

  func leaf(_ provider: String, _ word: String, _ roles: Set<ModuleSpec.Role>) -> Leaf? {
    guard let leaves = leaves[provider] else { return nil }
    let exact = leaves.first { $0.header.type == word && roles.contains($0.header.role) }
    if let exact { return exact }
    let key = Self.key(word)
    return leaves.first { leaf in
      roles.contains(leaf.header.role)
        && ([leaf.header.type] + leaf.header.aliases).contains { Self.key($0) == key }
    }
  }

  /// The types of a provider's leaves that serve one of some roles, in order, without reading them.
  public func types(
    of provider: String, roles: Set<ModuleSpec.Role>
  ) -> [(type: String, role: ModuleSpec.Role)] {
    (leaves[provider] ?? []).filter { roles.contains($0.header.role) }
      .map { ($0.header.type, $0.header.role) }
  }

  /// The leaves of a provider that serve one of some roles, by type in order.
  public func modules(
    of provider: String, roles: Set<ModuleSpec.Role> = Set(ModuleSpec.Role.allCases)
  ) -> [ModuleSpec] {
    (leaves[provider] ?? []).filter { roles.contains($0.header.role) }.compactMap(\.spec.value)
  }

  /// All leaves, by provider and type in order.
  public var allModules: [ModuleSpec] { providers.flatMap { modules(of: $0.name) } }

  /// The backend of a word.
  public func backend(_ word: String) -> BackendSpec? {
    backends.first { $0.name == word || $0.aliases.contains(word) }
  }
}
