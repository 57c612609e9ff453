public import Diagnostics

/// An environment variable of an app.
public struct Variable: Sendable {
  /// Where the value comes from.
  public enum Source: Sendable, Hashable {
    /// The text itself, byte for byte as the manifest says it.
    case value(String)
    /// An output of a resource.
    case resource(ResourceReference)
    /// A secret that isn't in the manifest.
    case secret(SecretReference)
  }

  /// When an app sees the variable.
  public enum Scope: String, Sendable, CaseIterable {
    /// While it runs.
    case run
    /// While it is built.
    case build
    /// While it is built and while it runs.
    case both
  }

  /// The name, such as `DATABASE_URL`.
  public var name: Located<String>
  /// Where the value comes from.
  public var source: Source
  /// Whether the provider is to store it encrypted.
  public var encrypt: Bool
  /// When the app sees it; while it runs if the manifest doesn't say.
  public var scope: Scope
  /// Where the variable's entry stands.
  public var range: SourceRange

  /// Makes a variable.
  public init(
    name: Located<String>, source: Source, encrypt: Bool = false, scope: Scope = .run,
    range: SourceRange
  ) {
    self.name = name
    self.source = source
    self.encrypt = encrypt
    self.scope = scope
    self.range = range
  }
}

/// A reference to an output of a resource: `resource:db:connection_url`, `db.connection_url`.
public struct ResourceReference: Sendable, Hashable {
  /// The resource's name.
  public var resource: String
  /// The output's name.
  public var output: String
  /// Where the reference stands.
  public var range: SourceRange

  /// Makes a reference.
  public init(resource: String, output: String, range: SourceRange) {
    self.resource = resource
    self.output = output
    self.range = range
  }
}

/// Where a secret is kept: `sops:secrets/cms.yaml:/PAYLOAD_SECRET`.
public struct SecretReference: Sendable, Hashable {
  /// Whether a file of sops holds it; else who runs the project gives it.
  public var isEncrypted: Bool
  /// The file, relative to the project's folder; nil for the environment's usual one.
  public var file: String?
  /// The key in the file, as in `KEY` or `/path/to/KEY`; nil for the variable's own name.
  public var key: String?
  /// Where the reference stands, or the variable that has none.
  public var range: SourceRange

  /// Makes a reference.
  public init(
    isEncrypted: Bool, file: String? = nil, key: String? = nil, range: SourceRange
  ) {
    self.isEncrypted = isEncrypted
    self.file = file
    self.key = key
    self.range = range
  }

  /// The file for an environment, relative to the project's folder.
  ///
  /// `{environment}` in the name stands for the environment.
  public func path(in environment: String) -> String {
    guard let file else {
      return "resources/secrets/\(environment == "dev" ? "development" : environment).yaml"
    }
    return file.split(separator: "{environment}", omittingEmptySubsequences: false)
      .joined(separator: environment)
  }
}

/// `env`: variables by environment, in the order given.
public struct VariableBlocks: Sendable {
  /// The variables of one environment.
  public struct Block: Sendable {
    /// `default`, `dev`, `staging`, `production` or another environment of the project.
    public var environment: Located<String>
    /// The variables, in the order given.
    public var variables: [Variable]

    /// Makes a block.
    public init(environment: Located<String>, variables: [Variable]) {
      self.environment = environment
      self.variables = variables
    }
  }

  /// The blocks, each environment once.
  public var blocks: [Block]

  /// Makes the blocks.
  public init(_ blocks: [Block] = []) { self.blocks = blocks }

  /// The variables of a block; empty if there is none.
  public subscript(environment: String) -> [Variable] {
    blocks.first { $0.environment.value == environment }?.variables ?? []
  }

  /// Whether there is no variable.
  public var isEmpty: Bool { blocks.allSatisfy(\.variables.isEmpty) }
}
