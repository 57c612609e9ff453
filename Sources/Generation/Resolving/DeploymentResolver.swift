import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

/// Resolves one environment: binds references, merges overrides, evaluates inputs on demand.
final class DeploymentResolver {
  let manifest: Manifest
  let catalog: Catalog
  let environment: String
  let leaves: LeafCache
  /// Whether names in the cloud are worth a look: what they are made of isn't wrong already.
  let checksNames: Bool
  /// Items, as `<provider>_<type>/<name>`, that a link of another environment does some work of.
  let linkedElsewhere: Set<String>
  /// Whether what the items cost is worked out.
  let findsPrices: Bool
  /// Whether it is worked out how to find out what exists already.
  let findsLookups: Bool
  /// What earlier runs made here, by `<kind>/<name>`.
  let made: [String: MadeItem]
  var diagnostics = Diagnostics()
  /// What is still to be looked at when the environment is resolved.
  var preconditions: [PreconditionCheck] = []
  var entries: [Entry] = []
  /// Entries by the name of the item; links aren't among them.
  var byName: [String: Int] = [:]
  /// The zones of the manifest: whose they are, and which item's.
  var knownZones: [String: Zone]?
  private var patterns: [String: Pattern?] = [:]

  /// What is known of an item while it is resolved.
  ///
  /// A class, since expressions ask for entries all the time and a copy of all this takes longer
  /// than what they ask for.
  final class Entry {
    var name: String
    var leaf: Leaf
    var source: Item?
    /// What implied it, and where the item that did stands.
    var impliedBy: Value
    var impliedAt: SourceRange?
    var implier: Int?
    /// The manifest's config by canonical key.
    var config: [String: Value] = [:]
    /// Where each key stands in the manifest: in the item's config, then in the environment's.
    var places: [String: [Place]] = [:]
    /// Inputs of which an error was reported; what follows from them isn't.
    var refused: Set<String> = []
    var results: [InputResult?]
    var management = Item.Management.create
    /// What the provider calls the one that exists.
    var id: Located<String>?
    var adoptions: [Adoption] = []
    var cloudName: String?
    var writesCloudName = false
    /// Resources that an app's variables refer to, or apps whose variables refer to a resource.
    var partners: [Int] = []
    var variables: [DeployedVariable] = []
    /// What a link belongs to.
    var subject: Int?
    /// The entry on whose machine it is, and those on its own beside itself.
    var host: Int?
    var members: [Int] = []
    /// Bound names of a link: `resource`, `app`, `domain`, ...
    var bindings: [String: Value] = [:]
    /// What the router has to know of them.
    var bound: [(name: String, value: Value)] = []
    /// A link's name before its subject was renamed, where that is part of it.
    var formerNames: [String] = []

    init(name: String, leaf: Leaf, source: Item? = nil, impliedBy: Value = .null) {
      self.name = name
      self.leaf = leaf
      self.source = source
      self.impliedBy = impliedBy
      results = Array(repeating: nil, count: leaf.bound.count)
    }
  }

  /// A key of the manifest with its value.
  struct Place {
    var node: JSONNode
    /// Whether an environment's override says it.
    var isOverride: Bool
  }

  /// What an input came to.
  struct InputResult {
    /// As data: in the type's shape, without defaults.
    var value: Value
    /// With optional attributes and the leaf's default filled in.
    var filled: Value
    /// The item or items that it names.
    var reference: Value?
    /// The items that fields of it name: by field, what is written and the item's name.
    var named: [(field: String, items: Value)] = []
    /// Whether data decided it, not the router.
    var isData: Bool
    /// The key of the config that it came from.
    var key: String?
    var isFinished = true
  }

  init(
    _ manifest: Manifest, _ catalog: Catalog, environment: String, leaves: LeafCache,
    checksNames: Bool = true, linkedElsewhere: Set<String> = [], made: [String: MadeItem] = [:],
    findsPrices: Bool = false, findsLookups: Bool = false
  ) {
    self.findsPrices = findsPrices
    self.findsLookups = findsLookups
    self.checksNames = checksNames
    self.linkedElsewhere = linkedElsewhere
    self.made = made
    self.manifest = manifest
    self.catalog = catalog
    self.environment = environment
    self.leaves = leaves
  }

  /// The deployment of the environment.
  func resolve() -> Deployment {
    for item in manifest.resources + manifest.apps
    where item.managed && item.isDeployed(in: environment) {
      add(item)
    }
    bindHosts()
    connect()
    resolveInputs(from: 0)
    addLinks()
    checkVariables()
    checkReferencesToExisting()
    checkConfigOfExisting()
    planAdoptions()
    checkRules()
    return Deployment(
      environment: environment, items: entries.indices.map(deployed),
      providerArguments: providerArguments())
  }

  /// A pattern of the specs, compiled when it is first needed.
  func pattern(_ source: String) -> Pattern? {
    if let known = patterns[source] { return known }
    let pattern = Pattern(source)
    patterns[source] = pattern
    return pattern
  }

  /// Evaluates all inputs of the entries from an index on; implied items join at the end.
  func resolveInputs(from start: Int) {
    var index = start
    while index < entries.count {
      if entries[index].host == nil {
        for position in entries[index].leaf.bound.indices { _ = input(position, of: index) }
      }
      index += 1
    }
  }

  /// Adds an item that others imply, or finds it.
  ///
  /// The implier is the entry that needs it first.
  func imply(_ type: String, provider: String, value: Value, implier: Int) -> String? {
    guard let text = value.scalarText,
      let leaf = leaves.leaf(provider: provider, type: type, roles: [.resource])
    else { return nil }
    let name = "\(leaf.module.type)-\(text)"
    if let index = byName[name] {
      let isSame = entries[index].leaf === leaf
      if isSame { return name }
      if let item = entries[index].source {
        diagnostics.append(
          .nameIsImplied(
            name, type: leaf.module.title, at: manifest.location(item.name.range)))
      }
      return nil
    }
    byName[name] = entries.count
    var entry = Entry(name: name, leaf: leaf, impliedBy: value)
    entry.impliedAt = entries[implier].source?.name.range ?? entries[implier].impliedAt
    entry.implier = implier
    nameInCloud(&entry)
    entries.append(entry)
    return name
  }
}

extension Diagnostic {
  fileprivate static func nameIsImplied(
    _ name: String, type: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "generation.name-is-implied",
      "`\(name)` is the name of the \(type) that webkit makes for the project", at: location,
      help: "Give the item another name.")
  }
}
