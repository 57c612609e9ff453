public import HCL

/// An input of a leaf, an attribute of one, or a setting.
///
/// A class, since it is handed around much, is large, and never changes once it is read.
public final class VariableSpec: Sendable {
  /// The name.
  public let name: String
  /// The type.
  public let type: TypeConstraint
  /// The type as it is written.
  public let typeExpression: Expression
  /// What it is for.
  public let description: String
  /// The default, as it is written; nil where there is none.
  public let defaultExpression: Expression?
  /// The default; nil where there is none.
  public let defaultValue: Value?
  /// Whether its value is hidden.
  public let isSensitive: Bool
  /// Where the value comes from, first that isn't null; nil is `config.<name>`.
  public let from: [Expression]?
  /// Other keys of the manifest.
  public let aliases: [String]
  /// The type that it names an item of.
  public let refersTo: String?
  /// Another way to name it.
  public let match: Expression?
  /// The type that each value which names nothing becomes an item of.
  public let implies: String?
  /// What ids at the provider look like, which aren't names.
  public let literal: String?
  /// What is true of its values.
  public let facts: ArgumentFacts
  /// A list that grows with the vendor.
  public let known: Expression?
  /// Values that can't be had any more, and what replaces them.
  public let retired: [String: String]
  /// Other spellings of values.
  public let also: [String: String]
  /// Why it shouldn't be used.
  public let deprecated: String?
  /// A sample.
  public let example: Value?
  /// What is known of attributes, by path.
  public let fields: [VariableSpec]
  /// What stays at a place of the list, if something does; who has a place keeps it then.
  public let kept: PlaceKeeping?

  init(
    name: String, type: TypeConstraint, typeExpression: Expression, description: String,
    defaultExpression: Expression?, defaultValue: Value?, isSensitive: Bool, from: [Expression]?,
    aliases: [String], refersTo: String?, match: Expression?, implies: String?, literal: String?,
    facts: ArgumentFacts, known: Expression?, retired: [String: String], also: [String: String],
    deprecated: String?, example: Value?, fields: [VariableSpec], kept: PlaceKeeping?
  ) {
    self.name = name
    self.type = type
    self.typeExpression = typeExpression
    self.description = description
    self.defaultExpression = defaultExpression
    self.defaultValue = defaultValue
    self.isSensitive = isSensitive
    self.from = from
    self.aliases = aliases
    self.refersTo = refersTo
    self.match = match
    self.implies = implies
    self.literal = literal
    self.facts = facts
    self.known = known
    self.retired = retired
    self.also = also
    self.deprecated = deprecated
    self.example = example
    self.fields = fields
    self.kept = kept
  }

  /// What is true of a part of it that no field describes: all but what is said of the whole alone.
  public var ofPart: VariableSpec {
    VariableSpec(
      name: name, type: type, typeExpression: typeExpression, description: description,
      defaultExpression: defaultExpression, defaultValue: defaultValue, isSensitive: isSensitive,
      from: from, aliases: aliases, refersTo: refersTo, match: match, implies: implies,
      literal: literal, facts: facts, known: nil, retired: [:], also: also, deprecated: deprecated,
      example: example, fields: [], kept: kept)
  }

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
  public var isOfMembers: Bool { from?.count == 1 && from?[0].isPath(["members"]) ?? false }

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
