import JSON
import ProviderModel

/// The parts that schemas are made of.
///
/// The manifest's reader takes null for absent and keys in any case, with `-` and `_` or without;
/// the schema allows all that, since an editor must not mark what webkit accepts.
enum SchemaNode {
  /// An object schema of its keywords.
  static func make(_ keywords: [(String, JSONNode)], _ description: String? = nil) -> JSONNode {
    .object((description.map { [("description", .string($0))] } ?? []) + keywords)
  }

  /// Whatever it is.
  static func anything(_ description: String) -> JSONNode { make([], description) }

  /// A value of one of some types, or null.
  static func optional(
    _ types: [String], _ description: String, _ keywords: [(String, JSONNode)] = []
  ) -> JSONNode {
    make([("type", strings(types + ["null"]))] + keywords, description)
  }

  /// A text or null.
  static func text(_ description: String, pattern: String? = nil) -> JSONNode {
    optional(["string"], description, pattern.map { [("pattern", .string($0))] } ?? [])
  }

  /// A truth value or null.
  static func flag(_ description: String, default value: Bool? = nil) -> JSONNode {
    optional(["boolean"], description, value.map { [("default", .bool($0))] } ?? [])
  }

  /// One of some words in any of their spellings, whatever ends like one, or null.
  static func words(
    _ words: [String], silent: [String] = [], endings: [String] = [],
    _ description: String? = nil
  ) -> JSONNode {
    let ends = endings.map { ".*" + spellings($0) + "[-_]*" }
    let pattern = "^(\(((words + silent).map(spellings) + ends).joined(separator: "|")))$"
    let listed = make([("enum", .array(words.map(JSONNode.string) + [.null]))])
    let spelled = make([("type", .string("string")), ("pattern", .string(pattern))])
    return make([("anyOf", .array([listed, spelled]))], description)
  }

  /// Another schema, with what is said about it here.
  static func reference(_ name: String, _ description: String? = nil) -> JSONNode {
    let node = make([("$ref", .string("#/definitions/\(name)"))])
    // What stands beside `$ref` doesn't count in this draft.
    return description.map { make([("allOf", .array([node]))], $0) } ?? node
  }

  /// An object whose other keys the reader warns about or refuses.
  static func closed(
    _ properties: [(String, JSONNode)], silent: [String] = [], allowsRemarks: Bool = true
  ) -> [(String, JSONNode)] {
    let names = (properties.map(\.0) + silent).map(spellings).joined(separator: "|")
    let pattern = allowsRemarks ? "^(\\$|//|_)|^(\(names))$" : "^(\(names))$"
    return [
      ("properties", .object(properties)),
      ("patternProperties", .object([(pattern, .object([]))])),
      ("additionalProperties", .bool(false)),
    ]
  }

  /// A condition that a key is there in one of its spellings.
  static func required(_ key: String, or others: [String] = []) -> JSONNode {
    let pattern = "^(\(([key] + others).map(spellings).joined(separator: "|")))$"
    let isAbsent = JSONNode.object([
      ("propertyNames", .object([("not", .object([("pattern", .string(pattern))]))]))
    ])
    return .object([("if", isAbsent), ("then", .object([("required", strings([key]))]))])
  }

  /// A condition and what follows from it.
  static func when(_ condition: JSONNode, then result: JSONNode) -> JSONNode {
    .object([("if", condition), ("then", result)])
  }

  /// An object in which members fit schemas; with `isRequired` they have to be there.
  static func with(_ members: [(String, JSONNode)], isRequired: Bool = false) -> JSONNode {
    var keywords: [(String, JSONNode)] = [("properties", .object(members))]
    if isRequired { keywords.append(("required", strings(members.map(\.0)))) }
    return .object(keywords)
  }

  /// Texts as an array.
  static func strings(_ texts: [String]) -> JSONNode { .array(texts.map(JSONNode.string)) }

  /// A pattern for a word in any case, with `-` and `_` anywhere.
  static func spellings(_ word: String) -> String {
    let characters = word.filter { $0 != "-" && $0 != "_" }
    return characters.map(anyCase).joined(separator: "[-_]*")
  }

  /// A pattern for a character in any case.
  static func anyCase(_ character: Character) -> String {
    let pair = [character.uppercased(), character.lowercased()]
    if pair[0] != pair[1] { return "[\(pair[0])\(pair[1])]" }
    return "\\^$.|?*+()[]{}/".contains(character) ? "\\\(character)" : String(character)
  }

  /// What a name of the manifest looks like.
  static let namePattern = "^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$"
}
