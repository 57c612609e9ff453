public import AppManifest
import HCL
public import ProviderModel

/// An item of an environment that may exist at its provider, and how to find that out.
public struct ItemLookup: Sendable {
  /// Why it can't be found out.
  public enum Obstacle: Hashable, Sendable {
    /// The provider looks none up.
    case noDataSource
    /// It is found by an id alone, and none is given.
    case idIsNeeded
    /// An argument that it is looked up by isn't known before an apply.
    case unknown(argument: String)
  }

  /// Its name.
  public var name: String
  /// Whether it is a resource or an app.
  public var role: ModuleSpec.Role
  /// The provider, as manifests and people call it.
  public var provider: (name: String, title: String)
  /// The type, as manifests and people call it.
  public var type: (name: String, title: String)
  /// Its name in the cloud; nil where it has none.
  public var cloudName: String?
  /// Whether others imply it, so that it doesn't stand in the manifest.
  public var isImplied: Bool
  /// Who brings it into being, where the manifest says so; nil where it says nothing.
  public var decision: Item.Management?
  /// What the manifest says that the provider calls it.
  public var givenID: String?
  /// Why it can't be looked up; nil where it can.
  public var obstacle: Obstacle?
  /// Whether it is looked up by an id where one is given.
  public var takesID: Bool
  /// Whether the ids are numbers.
  public var wantsNumber: Bool
  /// Whether the state takes in one that exists.
  public var isImportable: Bool
  /// The form of the id that it is imported by, where that isn't just its id.
  public var importForm: String?
  /// Where the state holds it: its main resource, under its present name and its former ones.
  public var places: [StatePlace]
  /// Its resources that are taken over where the manifest says so, the main one first.
  public var imports: [ImportTarget] = []
  /// What its provider is asked.
  var question: LookupQuestion?
}

/// Where a state holds a resource.
public struct StatePlace: Hashable, Sendable {
  /// The module: `module.resources.module.acme_postgres["db"]`.
  public var module: String
  /// The type of the resource.
  public var type: String
  /// Its label.
  public var label: String

  /// Makes a place.
  public init(module: String, type: String, label: String) {
    self.module = module
    self.type = type
    self.label = label
  }
}

/// A resource that is taken into the state.
public struct ImportTarget: Hashable, Sendable {
  /// Its address.
  public var address: String { Printer.print(place) }
  /// What the provider is told to find it.
  public var id: String
  /// Its address, as the configuration says it.
  var place: Expression
}

/// What a provider is asked about an item.
struct LookupQuestion: Sendable {
  /// The data source, and its arguments without anything that isn't known.
  var type: String
  var body: Body
  /// The attribute that is null where there is no such thing.
  var knownBy: String
  /// What imports it, over the data source's attributes; nil where that isn't known.
  var importID: Expression?
  /// The data source that lists all that may be meant.
  var candidates: ModuleSpec.Candidates?
  /// What the data source says of what isn't there, and of what is there more than once.
  var absent: [String]
  var ambiguous: [String]
  /// The provider that is asked.
  var provider: ProviderSpec
}
