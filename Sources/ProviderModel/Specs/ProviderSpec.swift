public import Diagnostics
public import HCL

/// A provider as its `provider.hcl` describes it.
public struct ProviderSpec: Sendable {
  /// The word of the manifest, for example `acme`.
  public var name: String
  /// The file that it was read from.
  public var file: SourceFile
  /// What people call it.
  public var title: String
  /// Where its documentation is.
  public var documentation: String?
  /// The address in the registry, for example `acmecloud/acme`.
  public var source: String
  /// The version constraint of the root.
  public var version: String
  /// The name inside of Terraform, for example `acmecloud`.
  public var localName: String
  /// Other spellings in manifests.
  public var aliases: [String]
  /// Whether it needs no credentials and no page.
  public var isUtility: Bool
  /// Its credentials, in order.
  public var credentials: [Credential] = []
  /// Arguments of the provider block that come from the project or settings.
  public var arguments: [(name: String, from: Expression)] = []
  /// What a manifest may set below `infra.providers.<name>`.
  public var settings: [VariableSpec] = []
  /// How it takes tags.
  public var tags: TagRule?
  /// Known values by set, entries in order.
  public var values: [String: Value] = [:]
  /// Prices by table.
  public var prices: [String: PriceTable] = [:]
  /// What is true of resource types wherever they are used.
  public var types: [String: ResourceFacts] = [:]
  /// The provider's schema, as far as the leaves need it.
  public var schema: ProviderSchema { lazySchema?.value ?? ProviderSchema() }
  var lazySchema: Lazy<ProviderSchema>?

  /// Something that proves who asks.
  public struct Credential: Sendable {
    /// The provider argument.
    public var argument: String
    /// What it is.
    public var description: String
    /// The environment variables that hold it; the first one is documented.
    public var environment: [String]
    /// Whether the provider reads them itself.
    public var isReadByProvider: Bool
  }

  /// How a provider takes tags or labels.
  public struct TagRule: Sendable {
    /// The tags in the provider's shape, over `tags`.
    public var value: Expression
    /// What a key looks like.
    public var keyPattern: String?
    /// What a text looks like.
    public var textPattern: String?
  }

  /// A table of prices.
  public struct PriceTable: Sendable {
    /// The currency, for example `USD`.
    public var currency: String
    /// The day on which it was read, `YYYY-MM-DD`.
    public var asOf: String
    /// How sure it is, `A` to `C`.
    public var confidence: String
    /// Where it was read; nil where nobody wrote it down.
    public var source: String?
    /// Amounts by slug.
    public var amounts: [String: Number]
    /// How sure single rows are, where that isn't as sure as the table.
    public var confidences: [String: String] = [:]

    /// How sure the amount of a row is.
    public func confidence(of row: String) -> String { confidences[row] ?? confidence }
  }

  /// What is true of a resource type wherever it is used.
  public struct ResourceFacts: Sendable {
    /// Whether deleting one loses data.
    public var isStateful = false
    /// The import id over the resource's own arguments; nil is the id alone.
    public var importID: Expression?
    /// Its attribute `id` over its own arguments, where that isn't made by the provider.
    public var id: Expression?
    /// The credentials that only some types need.
    public var credentials: [String] = []
    /// What a data source says where there is no such thing: patterns.
    public var absent: [String] = []
    /// What it says where there are several.
    public var ambiguous: [String] = []
    /// Why no leaf sets some arguments, by path; a path stands for all that is below it.
    public var leftOut: [String: String] = [:]
    /// Facts by argument path, for example `spec.name`.
    public var arguments: [String: ArgumentFacts] = [:]
  }
}

/// What is true of an argument's values.
public struct ArgumentFacts: Hashable, Sendable {
  /// The allowed values, where they are listed.
  public var oneOf: [Value]?
  /// The smallest and the largest number.
  public var range: ClosedRange<Double>?
  /// Whether numbers have nothing behind the point.
  public var isWhole = false
  /// The smallest and the largest number of characters.
  public var length: ClosedRange<Int>?
  /// What the text looks like.
  public var pattern: String?
  /// What the text is: `cidr`, `email`, `ip`.
  public var format: String?
  /// How far the value has to be unique: `global`, `account`, `project`, `environment`.
  public var unique: String?
  /// Whether case doesn't count.
  public var ignoresCase = false
  /// Whether a change is accepted and ignored.
  public var isFrozen = false
  /// Whether a change replaces the resource.
  public var replaces = false

  /// Makes facts that say nothing.
  public init() {}

  /// These facts, and those of another where these say nothing.
  public func filled(from other: ArgumentFacts) -> ArgumentFacts {
    var result = self
    result.oneOf = oneOf ?? other.oneOf
    result.range = range ?? other.range
    result.isWhole = isWhole || other.isWhole
    result.length = length ?? other.length
    result.pattern = pattern ?? other.pattern
    result.format = format ?? other.format
    result.unique = unique ?? other.unique
    result.ignoresCase = ignoresCase || other.ignoresCase
    result.isFrozen = isFrozen || other.isFrozen
    result.replaces = replaces || other.replaces
    return result
  }
}
