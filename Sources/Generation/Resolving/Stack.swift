import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

/// The resolved model of a project: a shape that all environments share, and a deployment each.
///
/// A class, since all that emits holds it.
final class Stack: Sendable {
  let manifest: Manifest
  let catalog: Catalog
  /// The environments, in order.
  let environments: [String]
  /// The leaves in use in any environment, by call name in order.
  let leaves: [Leaf]
  /// The providers in use, by name in order; then those that left but may have state.
  let providers: [ProviderSpec]
  let retiredProviders: [ProviderSpec]
  /// One deployment an environment, in their order.
  let deployments: [Deployment]

  init(
    manifest: Manifest, catalog: Catalog, environments: [String], leaves: [Leaf],
    providers: [ProviderSpec], retiredProviders: [ProviderSpec], deployments: [Deployment]
  ) {
    self.manifest = manifest
    self.catalog = catalog
    self.environments = environments
    self.leaves = leaves
    self.providers = providers
    self.retiredProviders = retiredProviders
    self.deployments = deployments
  }

  func leaves(_ role: ModuleSpec.Role) -> [Leaf] { leaves.filter { $0.module.role == role } }

  /// Whether items of a leaf are on machines of others.
  func hasMembers(_ leaf: Leaf) -> Bool {
    deployments.contains { $0.items.contains { $0.leaf === leaf && $0.host != nil } }
  }

  func leaves(_ router: ModuleSpec.Router) -> [Leaf] {
    leaves.filter { $0.module.role.router == router }
  }

  /// The leaves of a router that give anything.
  func leavesWithOutputs(_ router: ModuleSpec.Router) -> [Leaf] {
    leaves(router).filter { !$0.module.outputs.isEmpty }
  }

  /// The routers that call anything, in order.
  var routers: [ModuleSpec.Router] {
    ModuleSpec.Router.allCases.filter { !leaves($0).isEmpty }
  }

  /// What stands in for a leaf's resources, where any environment has one that exists already.
  func standIns(of leaf: Leaf) -> ExistingLeaf? {
    let isUsed = deployments.contains { deployment in
      deployment.items.contains { $0.leaf === leaf && $0.management == .existing }
    }
    return isUsed ? leaf.existing : nil
  }
}

/// What one environment holds.
struct Deployment: Sendable {
  var environment: String
  /// Resources, apps and links: those of the manifest in its order, then the others.
  var items: [DeployedItem]
  /// Arguments of providers that the project decides, by provider and argument.
  var providerArguments: [String: [(name: String, value: Value)]] = [:]

  func items(_ router: ModuleSpec.Router) -> [DeployedItem] {
    items.filter { $0.leaf.module.role.router == router }
  }

  func items(_ role: ModuleSpec.Role) -> [DeployedItem] {
    items.filter { $0.leaf.module.role == role }
  }
}

/// An item with every reference bound, every name final and every override merged.
///
/// A class, since items are looked through again and again and each holds much.
final class DeployedItem: Sendable {
  let name: String
  let leaf: Leaf
  /// The item of the manifest; nil for one that others imply, and for links.
  let source: Item?
  /// Where it stands in the manifest, or what first implied it; nil for links.
  let range: SourceRange?
  /// Its name in the cloud; nil where the leaf has none.
  let cloudName: String?
  /// Whether the cloud name is written, since the router can't make it.
  let writesCloudName: Bool
  /// Who brings it into being, and what the provider calls it where it exists already.
  let management: Item.Management
  let id: String?
  /// What the manifest, a neighbour or the environment decided, in the leaf's order.
  let config: [(name: String, value: Value)]
  /// Items that inputs name: one name, or a list of them.
  let references: [(name: String, value: Value)]
  /// Items that settings name, which the leaf isn't told.
  let mentions: [String]
  /// Inputs of which another value would replace what holds data, with their present ones.
  let kept: [String: String]
  /// Inputs that are lists in which everybody keeps the place that they got.
  let places: [String: [String]]
  /// Where the manifest says what is kept.
  let keptAt: [String: SourceLocation]
  /// What is taken into the state.
  let adoptions: [Adoption]
  /// Environment variables of an app.
  let variables: [DeployedVariable]
  /// The domains of an app in this environment, as expressions see them.
  let domains: [Value]
  /// For a link: the resource or app that it belongs to.
  let subject: String?
  /// The item on whose machine it is, and those on its own beside itself.
  let host: String?
  let members: [String]
  /// For a link: the names that its router asks others for.
  let bound: [(name: String, value: Value)]
  /// For a link: its name before its subject was renamed.
  let formerNames: [String]
  /// The parts of what it costs, where prices are asked for.
  let prices: [PricePart]
  /// How to find out whether it exists already, where that is asked for.
  let lookup: ItemLookup?

  init(
    name: String, leaf: Leaf, source: Item? = nil, range: SourceRange? = nil,
    cloudName: String? = nil, writesCloudName: Bool, management: Item.Management = .create,
    id: String? = nil, config: [(name: String, value: Value)],
    references: [(name: String, value: Value)], mentions: [String] = [],
    kept: [String: String] = [:], places: [String: [String]] = [:],
    keptAt: [String: SourceLocation] = [:], adoptions: [Adoption] = [],
    variables: [DeployedVariable] = [], domains: [Value] = [], subject: String? = nil,
    host: String? = nil, members: [String] = [], bound: [(name: String, value: Value)] = [],
    formerNames: [String] = [], prices: [PricePart] = [], lookup: ItemLookup? = nil
  ) {
    self.name = name
    self.leaf = leaf
    self.source = source
    self.range = range
    self.cloudName = cloudName
    self.writesCloudName = writesCloudName
    self.management = management
    self.id = id
    self.config = config
    self.references = references
    self.mentions = mentions
    self.kept = kept
    self.places = places
    self.keptAt = keptAt
    self.adoptions = adoptions
    self.variables = variables
    self.domains = domains
    self.subject = subject
    self.host = host
    self.members = members
    self.bound = bound
    self.formerNames = formerNames
    self.prices = prices
    self.lookup = lookup
  }

  /// Whether it is a resource or an app, and nothing that joins or watches these.
  var isOwn: Bool { leaf.isOwn }
}

/// An environment variable of an app.
struct DeployedVariable: Sendable {
  enum Source: Sendable {
    case value(String)
    case secret
    /// An output; `answer` is the one that is used where it isn't that of the reference.
    case output(resource: String, output: String, answer: String?, isSensitive: Bool)
  }

  var name: String
  var source: Source
  var encrypts: Bool
  var scope: String
}
