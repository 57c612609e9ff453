public import Diagnostics
public import JSON

/// An app or a resource: something of a provider and a type that is deployed.
public struct Item: Sendable {
  /// Which of the two lists it stands in.
  public enum Kind: String, Sendable, CaseIterable {
    /// An element of `apps`.
    case app
    /// An element of `resources`.
    case resource
  }

  /// Where it is deployed.
  public enum Placement: Sendable {
    /// In every environment.
    case all
    /// In these, from a list.
    case only([Located<String>])
    /// In every environment but those that say `false`, with what differs there, from a map.
    case overrides([Override])
  }

  /// Who brings it into being.
  public enum Management: String, Sendable, CaseIterable {
    /// Terraform makes it and owns it.
    case create
    /// It exists, is read and never changed.
    case existing
    /// It exists and is taken into the state.
    case adopt
  }

  /// An app or a resource.
  public var kind: Kind
  /// The name, unique among all items.
  public var name: Located<String>
  /// The name for people.
  public var title: String?
  /// What it is.
  public var description: String?
  /// What it runs on or is: `infra.type` of an app, `type` of a resource.
  public var type: Located<String>
  /// An app's own `type`, its framework or language, such as `payload`.
  public var appType: Located<String>?
  /// The provider, as written.
  public var provider: Located<String>
  /// The object `config`: `infra.config` of an app.
  public var config: JSONNode?
  /// Where it is deployed.
  public var placement: Placement = .all
  /// `manage` as one word.
  public var manage: Located<Management>?
  /// `manage` by environment.
  public var manageByEnvironment: [ManagementEntry] = []
  /// `id`: what the provider calls the existing one.
  public var id = TextByEnvironment()
  /// `was`: the names that it had before.
  public var was: [Located<String>] = []
  /// `cloud_name`: what it is called at the provider, instead of the pattern's name.
  public var cloudName = TextByEnvironment()
  /// `terraformManaged`; false is read and not emitted.
  public var managed = true
  /// Whether it is watched.
  public var monitoring = true
  /// An app's own variables.
  public var variables = VariableBlocks()
  /// An app's domains, in the order given.
  public var domains: [Domain] = []
  /// An app's folder.
  public var path: String?
  /// How an app is built.
  public var build = Build()
  /// The whole element.
  public var node: JSONNode
  /// Where the name stands, else the element.
  public var range: SourceRange

  /// Makes an item.
  public init(
    kind: Kind, name: Located<String>, type: Located<String>, provider: Located<String>,
    node: JSONNode = .object([])
  ) {
    self.kind = kind
    self.name = name
    self.type = type
    self.provider = provider
    self.node = node
    range = name.range
  }

  /// Whether it is deployed in an environment.
  public func isDeployed(in environment: String) -> Bool {
    switch placement {
    case .all: true
    case .only(let names): names.contains { $0.value == environment }
    case .overrides: override(in: environment)?.isDeployed ?? true
    }
  }

  /// What differs in an environment; nil if nothing does.
  public func override(in environment: String) -> Override? {
    guard case .overrides(let overrides) = placement else { return nil }
    return overrides.first { $0.environment.value == environment }
  }

  /// Who brings it into being in an environment; `create` if nothing is said.
  public func management(in environment: String) -> Management {
    writtenManagement(in: environment)?.value ?? .create
  }

  /// What the provider calls the existing one in an environment.
  public func id(in environment: String) -> Located<String>? {
    override(in: environment)?.id ?? id.text(in: environment)
  }

  /// What it is called at the provider in an environment, if the pattern's name doesn't do.
  public func cloudName(in environment: String) -> Located<String>? {
    override(in: environment)?.cloudName ?? cloudName.text(in: environment)
  }

  /// The primary domain: the first of that type, else the first that is managed, else the first.
  public var primaryDomain: Domain? {
    domains.first { $0.type == .primary } ?? domains.first { $0.type != .unmanaged }
      ?? domains.first
  }
}

extension Item {
  /// A text that is one for all environments, or one for each.
  public struct TextByEnvironment: Sendable {
    /// The one for all, written as a string.
    public var common: Located<String>?
    /// Those of environments, written as an object.
    public var entries: [(environment: Located<String>, text: Located<String>)] = []

    /// Makes a text that isn't given.
    public init() {}

    /// The text of an environment; nil where none is given.
    public func text(in environment: String) -> Located<String>? {
      entries.first { $0.environment.value == environment }?.text ?? common
    }
  }

  /// Who brings it into being in an environment, as it is written; nil where nothing is said.
  public func writtenManagement(in environment: String) -> Located<Management>? {
    override(in: environment)?.manage
      ?? manageByEnvironment.first { $0.environment.value == environment }?.management
      ?? manage
  }

  /// What differs in one environment: an entry of the map `environments`.
  public struct Override: Sendable {
    /// The environment.
    public var environment: Located<String>
    /// Whether the item is deployed there; false for `"staging": false`.
    public var isDeployed = true
    /// The object `config`, whose keys replace the item's.
    public var config: JSONNode?
    /// `manage` there.
    public var manage: Located<Management>?
    /// `id` there.
    public var id: Located<String>?
    /// `cloud_name` there.
    public var cloudName: Located<String>?
    /// The whole value.
    public var node: JSONNode

    /// Makes an override that changes nothing.
    public init(environment: Located<String>, node: JSONNode) {
      self.environment = environment
      self.node = node
    }
  }

  /// An entry of `manage` by environment: `"production": "adopt"`.
  public struct ManagementEntry: Sendable {
    /// The environment.
    public var environment: Located<String>
    /// Who brings the item into being there.
    public var management: Located<Management>

    /// Makes an entry.
    public init(environment: Located<String>, management: Located<Management>) {
      self.environment = environment
      self.management = management
    }
  }
}

/// An element of an app's `domains`.
public struct Domain: Sendable {
  /// What a domain is to its app.
  public enum Role: String, Sendable, CaseIterable {
    /// The one that others point at.
    case primary
    /// One more.
    case alias
    /// Served, with its DNS elsewhere.
    case unmanaged
  }

  /// The name, in lower case.
  public var name: Located<String>
  /// What it is to the app; nil if the manifest doesn't say.
  public var type: Role?
  /// The DNS zone that it lies in.
  public var zone: Located<String>?
  /// Whether all names below it count too.
  public var wildcard: Bool
  /// Where the element stands.
  public var range: SourceRange

  /// Makes a domain.
  public init(
    name: Located<String>, type: Role? = nil, zone: Located<String>? = nil,
    wildcard: Bool = false, range: SourceRange
  ) {
    self.name = name
    self.type = type
    self.zone = zone
    self.wildcard = wildcard
    self.range = range
  }
}

/// `build` of an app; what isn't given is nil.
public struct Build: Sendable {
  /// The port that the app listens on, 1 to 65535.
  public var port: Located<Int>?
  /// The Dockerfile, relative to the context.
  public var dockerfile: Located<String>?
  /// The folder that is built.
  public var context: Located<String>?
  /// The path of the health check.
  public var healthCheckPath: Located<String>?
  /// Whether images are released.
  public var release = true

  /// Makes a build without anything.
  public init() {}
}
