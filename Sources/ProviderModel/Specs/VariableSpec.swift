public import HCL

/// An input of a leaf, an attribute of one, or a setting.
public struct VariableSpec: Sendable {
  /// The name.
  public var name: String
  /// The type.
  public var type: TypeConstraint
  /// The type as it is written.
  public var typeExpression: Expression
  /// The default, as it is written; nil where there is none.
  public var defaultExpression: Expression?
  /// The default; nil where there is none.
  public var defaultValue: Value?
  /// What it is for.
  public var description: String
  /// Whether its value is hidden.
  public var isSensitive = false
  /// Where the value comes from, first that isn't null; nil is `config.<name>`.
  public var from: [Expression]?
  /// Other keys of the manifest.
  public var aliases: [String] = []
  /// The type that it names an item of.
  public var refersTo: String?
  /// Another way to name it.
  public var match: Expression?
  /// The type that each value which names nothing becomes an item of.
  public var implies: String?
  /// What ids at the provider look like, which aren't names.
  public var literal: String?
  /// What is true of its values.
  public var facts = ArgumentFacts()
  /// A list that grows with the vendor.
  public var known: Expression?
  /// Values that can't be had any more, and what replaces them.
  public var retired: [String: String] = [:]
  /// Other spellings of values.
  public var also: [String: String] = [:]
  /// Why it shouldn't be used.
  public var deprecated: String?
  /// A sample.
  public var example: Value?
  /// What is known of attributes, by path.
  public var fields: [VariableSpec] = []
  /// What stays at a place of the list, if something does; who has a place keeps it then.
  public var kept: PlaceKeeping?

  /// Why the names in a list keep the places that they once had.
  public struct PlaceKeeping: Sendable {
    /// What belongs to a place, whoever has it: `deployed tag`.
    public var what: String
    /// Those who keep a place that they have, even where the list no longer names them.
    public var among: Expression?
    /// What to do before places move.
    public var help: String
  }

  /// Whether it holds something of each item on the machine: its one source is `members`, and its
  /// fields say what.
  public var isOfMembers: Bool { from?.count == 1 && from?[0].attributePath == ["members"] }

  /// The type that it names an item of, without the output behind the dot.
  public var referredType: String? {
    refersTo?.split(separator: ".", maxSplits: 1).first.map(String.init)
  }

  /// The output that is passed in place of the name: `refers_to = "domain.name"`.
  public var referredOutput: String? {
    let parts = refersTo?.split(separator: ".", maxSplits: 1) ?? []
    return parts.count == 2 ? String(parts[1]) : nil
  }

  /// Whether it is a key of the manifest: its sources mention `config.<name>`.
  public var isManifestKey: Bool {
    guard let from else { return true }
    var found = false
    for expression in from {
      expression.visit { node in
        if case .attribute(let access) = node, access.name == name,
          case .variable(let root) = access.base, root.name == "config"
        {
          found = true
        }
      }
    }
    return found
  }
}
