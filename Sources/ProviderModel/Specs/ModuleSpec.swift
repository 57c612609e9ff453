public import Diagnostics
public import HCL

/// A leaf as its file describes it.
public struct ModuleSpec: Sendable {
  /// What a leaf serves, and so which router calls it.
  public enum Role: String, Sendable, CaseIterable {
    /// A resource of the manifest.
    case resource
    /// An app of the manifest.
    case app
    /// What joins resources and apps.
    case link
    /// What watches.
    case monitor
    /// Whom to tell.
    case notification

    /// The module of the tree that calls its leaves.
    public var router: Router {
      switch self {
      case .resource: .resources
      case .app: .apps
      case .link: .links
      case .monitor, .notification: .monitoring
      }
    }
  }

  /// A module of the tree that calls leaves, by the name of its folder.
  public enum Router: String, Sendable, CaseIterable {
    /// What apps need.
    case resources
    /// What runs.
    case apps
    /// What joins them.
    case links
    /// What watches them, and who is told.
    case monitoring
  }

  /// The manifest's word for the provider.
  public let provider: String
  /// The canonical word of the type.
  public let type: String
  /// The name of its module call: `<provider>_postgres`.
  public let callName: String
  /// The file that it was read from.
  public var file: SourceFile
  /// What it serves.
  public var role: Role
  /// What people call it.
  public var title: String
  /// What it is for.
  public var description: String
  /// Other spellings of the type in manifests.
  public var aliases: [String]
  /// Why it doesn't set some arguments, by `<resource type>.<path>`; a path stands for all that is
  /// below it.
  public var leftOut: [String: String]
  /// The setting with which an item moves onto the machine of another one of its type.
  public var members: String?
  /// Default limits of links and monitors.
  public var environments: [String]?
  /// Its inputs, in order.
  public var variables: [VariableSpec] = []
  /// Manifest keys that are no input.
  public var settings: [VariableSpec] = []
  /// Root variables that the environment fills.
  public var secrets: [Secret] = []
  /// Its outputs, in order.
  public var outputs: [OutputSpec] = []
  /// What has to hold.
  public var rules: [Rule] = []
  /// What a link or monitor has instances for.
  public var each: Each?
  /// Data sources that stand in for resources that exist.
  public var existing: [StandIn] = []
  /// The ids, over ours, that parts of adopted items are imported by: `<type>.<label>`.
  public var imports: [(resource: String, id: Expression, origin: Origin)] = []
  /// The parts of what it costs a month.
  public var prices: [Price] = []
  /// The Terraform blocks: resources, data sources, locals, checks, moves.
  public var body: [Block] = []

  init(
    provider: String, type: String, file: SourceFile, role: Role, title: String,
    description: String, aliases: [String], leftOut: [String: String], members: String?,
    environments: [String]?
  ) {
    self.provider = provider
    self.type = type
    callName = "\(provider)_\(type)"
    self.file = file
    self.role = role
    self.title = title
    self.description = description
    self.aliases = aliases
    self.leftOut = leftOut
    self.members = members
    self.environments = environments
  }

  /// A root variable that the environment fills, and no file of the project.
  public struct Secret: Sendable {
    /// The name.
    public var name: String
    /// The environment variables that hold it.
    public var environment: [String]
    /// What it is.
    public var description: String
    /// Its type, as it is written: a text unless it says otherwise.
    public var type = Expression.variable(Variable("string"))
    /// Whether its value is hidden.
    public var isSensitive = true
  }

  /// A part of what an item costs a month.
  public struct Price: Sendable {
    /// What is paid for, for example `storage`.
    public var name: String
    /// The amount, over ours; null where it isn't known.
    public var amount: Expression
    /// What of it, over all items of the type, an account gets for nothing.
    public var free: Expression?
    /// Whether an account pays it once, however many items there are.
    public var isOnce: Bool
    /// Whether it depends on how much is used.
    public var isMetered: Bool
    /// The setting that says how much is used.
    public var usage: String?
    /// Where it stands.
    public var origin: Origin
  }

  /// A data source that stands in for a resource that exists already.
  public struct StandIn: Sendable {
    /// The type of the data source, which is the resource's unless the spec says otherwise.
    public var type: String
    /// The label of the resource.
    public var name: String
    /// The type of the resource.
    public var resourceType: String
    /// The attribute that is null where there is no such thing.
    public var knownBy: String
    /// What lists the things that are meant where there are several; nil where nothing does.
    public var candidates: Candidates?
    /// The block as it is written, without what only webkit reads.
    public var block: Block

    /// The resource that it stands in for: `<type>.<label>`.
    public var resource: String { "\(resourceType).\(name)" }
  }

  /// A data source that lists all things that a stand-in may mean.
  public struct Candidates: Sendable {
    /// The type of the data source.
    public var type: String
    /// The attribute that holds the list.
    public var list: String
    /// What tells them apart; the first is what `id` of the manifest is.
    public var shown: [String]
    /// The block as it is written, without what only webkit reads.
    public var block: Block
  }

  /// Something that has to hold over a leaf's inputs.
  public struct Rule: Sendable {
    /// What has to be true.
    public var condition: Expression
    /// What to say where it isn't.
    public var message: String
    /// Whether it only warns; such a rule is never emitted.
    public var isWarning: Bool
  }

  /// What a link or monitor has instances for.
  public struct Each: Sendable {
    /// What is selected.
    public enum Selection: String, Sendable, CaseIterable {
      /// Resources, by name.
      case resource
      /// Apps, by name.
      case app
      /// Domains of apps, by domain.
      case domain
      /// Outputs of resources and apps, by `item.output`.
      case output
      /// The manifest's own checks, by name.
      case check
      /// The project: one instance.
      case project
    }

    /// What is selected.
    public var selection: Selection
    /// The types that take part; empty is all.
    public var types: [String]
    /// Which instances count.
    public var condition: Expression?
    /// Outputs without which there is no instance: `app.outputs.dns_records`; of `items`, those
    /// without which an item isn't among them.
    public var needs: [Expression] = []
    /// Leaves, as `provider.type`, that see to it themselves.
    public var unless: [String] = []
    /// The resource of the leaf, `<type>.<label>`, whose work an instance does in its place: what
    /// it manages is handed over in the state, never deleted and made anew.
    public var takesOver: String?
  }

  /// The folder of its files, relative to the tree.
  public var folder: String { "providers/\(provider)/\(type)" }

  /// The leaves of its router whose instances it reads, as `<provider>.<type>`.
  public var peers: Set<String> {
    var names: Set<String> = []
    for expression in variables.flatMap({ $0.from ?? [] }) + [each?.condition].compactMap(\.self) {
      expression.visit { node in
        if let path = node.attributePath, path.count == 3, path[0] == "peers" {
          names.insert("\(path[1]).\(path[2])")
        }
      }
    }
    return names
  }

  /// What an input or a setting of it may name: what stands before it in the order of things.
  ///
  /// A setting isn't handed to the leaf, so it may also name what comes later.
  public func roles(referredBy spec: VariableSpec) -> Set<Role> {
    let isSetting = settings.contains { $0.name == spec.name }
    return isSetting || role != .resource && role != .app ? [.resource, .app] : [.resource]
  }

  /// The input of a name.
  public func variable(_ name: String) -> VariableSpec? { variables.first { $0.name == name } }

  /// The output of a name.
  public func output(_ name: String) -> OutputSpec? { outputs.first { $0.name == name } }

  /// The resource blocks.
  public var resources: [Block] { body.filter { $0.type == "resource" } }
}

extension Block {
  /// The address of a resource within its module: `<type>.<label>`.
  public var address: String { labels.map(\.text).joined(separator: ".") }
}
