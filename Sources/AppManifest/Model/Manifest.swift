public import Diagnostics
public import JSON

/// A value and the place in the manifest that says it.
public struct Located<Value: Sendable>: Sendable {
  /// What is said.
  public var value: Value
  /// Where, quotes included.
  public var range: SourceRange

  /// Makes a located value.
  public init(_ value: Value, at range: SourceRange) {
    self.value = value
    self.range = range
  }
}

/// An `app.json`, whatever its spelling: one project, its apps and the resources that they need.
public struct Manifest: Sendable {
  /// The file that it was read from; every range in the model lies in it.
  public var file: SourceFile
  /// `$schema`, which editors read.
  public var schema: String?
  /// `webkit_version`, the version that wrote the file last.
  public var webkitVersion: Located<String>?
  /// The project.
  public var project: Project
  /// The apps, in the order given.
  public var apps: [Item]
  /// The resources, in the order given.
  public var resources: [Item]
  /// `shared.env`: variables that every app has.
  public var sharedVariables: VariableBlocks
  /// `infra`: how the tree is made.
  public var settings: InfraSettings
  /// `notifications`: who is told.
  public var notifications = Notifications()
  /// `monitoring`: what is watched.
  public var monitoring = Monitoring()
  /// The environments that are deployed, at least one.
  ///
  /// These are `infra.environments` in the order given; without it `production`, and `staging`
  /// where the variables of the project or of an app have a block of that name.
  public var environments: [String]

  /// Makes a manifest of its parts.
  public init(
    file: SourceFile, project: Project, apps: [Item] = [], resources: [Item] = [],
    sharedVariables: VariableBlocks = VariableBlocks(),
    settings: InfraSettings = InfraSettings(), environments: [String] = ["production"]
  ) {
    self.file = file
    self.project = project
    self.apps = apps
    self.resources = resources
    self.sharedVariables = sharedVariables
    self.settings = settings
    self.environments = environments
  }

  /// Where a range of the model lies, for findings.
  public func location(_ range: SourceRange) -> SourceLocation { SourceLocation(file, range) }

  /// The variables of an app in an environment, by name.
  ///
  /// What is said later wins: shared defaults, the environment's shared ones, the app's defaults,
  /// the app's own for the environment.
  public func variables(of app: Item, in environment: String) -> [Variable] {
    var merged: [String: Variable] = [:]
    for blocks in [sharedVariables, app.variables] {
      for name in ["default", environment] {
        for variable in blocks[name] { merged[variable.name.value] = variable }
      }
    }
    return merged.values.sorted { $0.name.value < $1.name.value }
  }
}

/// `project`: what everything belongs to.
public struct Project: Sendable {
  /// The name, the prefix of what is made.
  public var name: Located<String>
  /// The name for people.
  public var title: String?
  /// What it is.
  public var description: String?
  /// The repository that holds its code.
  public var repo: Repository?
  /// Colours and pictures.
  public var brand: Brand
  /// The whole object.
  public var node: JSONNode

  /// Makes a project.
  public init(
    name: Located<String>, title: String? = nil, description: String? = nil,
    repo: Repository? = nil, brand: Brand = Brand(), node: JSONNode = .object([])
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.repo = repo
    self.brand = brand
    self.node = node
  }
}

/// A repository: `{"owner": "acme", "name": "site"}` or `"acme/site"`.
public struct Repository: Sendable, Hashable {
  /// The person or organisation.
  public var owner: String
  /// The repository's own name.
  public var name: String
  /// Where the manifest says it.
  public var range: SourceRange

  /// Makes a repository.
  public init(owner: String, name: String, range: SourceRange) {
    self.owner = owner
    self.name = name
    self.range = range
  }

  /// Owner and name: `acme/site`.
  public var slug: String { "\(owner)/\(name)" }
}

/// `project.brand`: colours and pictures for status pages and the like.
public struct Brand: Sendable {
  /// A hex colour.
  public var primaryColour: Located<String>?
  /// A hex colour.
  public var secondaryColour: Located<String>?
  /// The URL of the logo.
  public var logoURL: Located<String>?
  /// The URL of the icon.
  public var iconURL: Located<String>?

  /// Makes a brand without anything.
  public init() {}
}
