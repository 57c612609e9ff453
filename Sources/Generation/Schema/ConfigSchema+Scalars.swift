import JSON
import ProviderModel

/// The schemas of scalars.
extension ConfigSchema {
  static let boolean: [(String, JSONNode)] = [
    ("type", SchemaNode.strings(["boolean", "string", "null"])),
    ("pattern", .string("^(true|false)$")),
  ]

  func number(_ facts: ArgumentFacts) -> [(String, JSONNode)] {
    let written = SchemaNode.reference(facts.isWhole ? "whole" : "number")
    if let allowed = facts.oneOf, !allowed.isEmpty {
      let text = SchemaNode.make([("type", .string("string"))])
      let numbers = SchemaNode.make([("enum", .array(allowed.map(\.json) + [.null]))])
      return [
        ("anyOf", .array([numbers, SchemaNode.make([("allOf", .array([written, text]))])]))
      ]
    }
    var keywords = [("allOf", JSONNode.array([written]))]
    if let range = facts.range {
      if range.lowerBound > -1e15 {
        keywords.append(("minimum", JSONNode(.number(Number(range.lowerBound).text))))
      }
      if range.upperBound < 1e15 {
        keywords.append(("maximum", JSONNode(.number(Number(range.upperBound).text))))
      }
    }
    return keywords
  }

  func text(_ facts: ArgumentFacts, _ spec: VariableSpec) -> [(String, JSONNode)] {
    if let allowed = facts.oneOf?.compactMap(\.scalarText), !allowed.isEmpty {
      // Numbers are written as texts, so that those that read like one are allowed too.
      let numbers = allowed.compactMap { text in
        Number(text).flatMap { $0.text == text ? JSONNode(.number(text)) : nil }
      }
      let listed = JSONNode.array(allowed.map(JSONNode.string) + numbers + [.null])
      guard facts.ignoresCase else { return [("enum", listed)] }
      let words = allowed.map { $0.map(SchemaNode.anyCase).joined() }
      let spelled = SchemaNode.make([
        ("type", .string("string")),
        ("pattern", .string("^(\(words.joined(separator: "|")))$")),
      ])
      return [("anyOf", .array([SchemaNode.make([("enum", listed)]), spelled]))]
    }
    var keywords = [
      ("type", SchemaNode.strings(["string", "number", "boolean", "null"]))
    ]
    if let length = facts.length {
      if length.lowerBound > 0 { keywords.append(("minLength", .number(length.lowerBound))) }
      if length.upperBound < 1 << 40 { keywords.append(("maxLength", .number(length.upperBound))) }
    }
    if let pattern = facts.pattern, Self.isPortable(pattern) {
      keywords.append(("pattern", .string(pattern)))
    }
    if !spec.retired.isEmpty {
      let retired = SchemaNode.strings(spec.retired.keys.sorted())
      keywords.append(("not", .object([("enum", retired)])))
    }
    return keywords
  }

  /// Whether a pattern means the same to editors: no marked groups, no classes by name.
  private static func isPortable(_ pattern: String) -> Bool {
    let bytes = Array(pattern.utf8)
    for (byte, next) in zip(bytes, bytes.dropFirst()) {
      let isOpening = byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[")
      if isOpening, next == UInt8(ascii: "?") || next == UInt8(ascii: ":") {
        return false
      }
      if byte == UInt8(ascii: "\\"), "AzQpP".utf8.contains(next) { return false }
    }
    return true
  }
}
