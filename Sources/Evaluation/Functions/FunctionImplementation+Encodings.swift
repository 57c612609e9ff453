import Diagnostics
import JSON
import ProviderModel

extension FunctionImplementation {
  /// Functions that write values as text and read them again.
  static let encodings: [String: FunctionImplementation] = [
    "base64encode": .value { .string(Base64.encoded(Array($0.text(0).utf8))) },
    "base64decode": .value { arguments throws(FunctionFailure) in
      guard let bytes = Base64.decoded(arguments.text(0)) else {
        throw FunctionFailure("this is no Base64", at: 0)
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw FunctionFailure("what is encoded is no text in UTF-8", at: 0)
      }
      return .string(text)
    },
    "jsondecode": .init(
      type: { arguments throws(FunctionFailure) in
        arguments[0].isKnown ? try decoded(arguments.text(0)).type : .dynamic
      },
      value: { arguments throws(FunctionFailure) in try decoded(arguments.text(0)) }),
    "jsonencode": .value { arguments throws(FunctionFailure) in
      let marks = arguments[0].allMarks
      guard arguments[0].isWhollyKnown, let node = node(arguments[0]) else {
        return .unknown(.string, isNeverNull: true).marked(marks)
      }
      return .string(escaped(JSONPrinter.printCompact(node))).marked(marks)
    },
    "rsadecrypt": .value { arguments throws(FunctionFailure) in
      if Base64.decoded(arguments.text(0)) == nil {
        throw FunctionFailure("the text to decrypt must be in Base64", at: 0)
      }
      return nil
    },
    "csvdecode": .init(
      type: { arguments throws(FunctionFailure) in
        guard arguments[0].isKnown else { return .dynamic }
        return try CommaSeparated(arguments.text(0)).value.type
      },
      value: { arguments throws(FunctionFailure) in
        try CommaSeparated(arguments.text(0)).value
      }),
    "uuidv5": .value { arguments throws(FunctionFailure) in
      let namespace = arguments.text(0)
      guard ["dns", "url", "oid", "x500"].contains(namespace) || isUUID(namespace) else {
        throw FunctionFailure("\"\(namespace)\" is neither dns, url, oid, x500 nor a UUID", at: 0)
      }
      return nil
    },
    // What is JSON is YAML of the same meaning; of all else nothing is known.
    "yamldecode": .init(
      type: { arguments throws(FunctionFailure) in
        guard arguments[0].isKnown else { return .dynamic }
        return (try? decoded(arguments.text(0)).type) ?? .dynamic
      },
      value: { arguments throws(FunctionFailure) in try? decoded(arguments.text(0)) }),
    "textdecodebase64": .value { arguments throws(FunctionFailure) in
      guard let bytes = Base64.decoded(arguments.text(0)) else {
        throw FunctionFailure("this is no Base64", at: 0)
      }
      guard arguments.text(1).uppercased() == "UTF-8" else { return nil }
      return String(validating: bytes, as: UTF8.self).map { .string($0) }
    },
    "urlencode": .value { arguments in
      .string(
        arguments.text(0).utf8.map { byte in
          switch Unicode.Scalar(byte) {
          case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "~":
            String(Unicode.Scalar(byte))
          case " ": "+"
          default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
          }
        }.joined())
    },
  ]

  /// Whether a text is a UUID, which may stand in braces or behind `urn:uuid:`, or be without `-`.
  private static func isUUID(_ text: String) -> Bool {
    var digits = Substring(text)
    if digits.lowercased().hasPrefix("urn:uuid:") { digits = digits.dropFirst(9) }
    if digits.hasPrefix("{"), digits.utf8.count == 38 { digits = digits.dropFirst().dropLast() }
    if digits.utf8.count == 36 {
      let parts = digits.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.map(\.utf8.count) == [8, 4, 4, 4, 12] else { return false }
      digits = Substring(parts.joined())
    }
    return digits.utf8.count == 32 && digits.allSatisfy { $0.isASCII && $0.isHexDigit }
  }

  private static func decoded(_ text: String) throws(FunctionFailure) -> TypedValue {
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "JSON", text: text)
    guard let node = parseJSON(file, into: &diagnostics), !diagnostics.hasErrors else {
      let reason = diagnostics.items.first?.summary.lowercasedFirst ?? "it can't be read"
      throw FunctionFailure("this is no JSON: \(reason)", at: 0)
    }
    return value(node)
  }

  private static func value(_ node: JSONNode) -> TypedValue {
    switch node.content {
    case .null: .null
    case .bool(let truth): .bool(truth)
    case .number(let text):
      Number(text).map { .number($0) } ?? .unknown(.number, isNeverNull: true)
    case .string(let text): .string(text)
    case .array(let elements): .tuple(elements.map { value($0) })
    case .object(let members):
      .object(Dictionary(members.map { ($0.key, value($0.value)) }) { $1 })
    }
  }

  private static func node(_ value: TypedValue) -> JSONNode? {
    switch value.content {
    case .unknown: return nil
    case .null: return .null
    case .bool(let truth): return .bool(truth)
    case .number(let number): return JSONNode(.number(number.text))
    case .string(let text): return .string(text)
    case .elements(let elements):
      let nodes = elements.compactMap { node($0) }
      return nodes.count == elements.count ? .array(nodes) : nil
    case .attributes(let attributes):
      let sorted = attributes.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      let members = sorted.compactMap { pair in node(pair.value).map { (pair.key, $0) } }
      return members.count == sorted.count ? .object(members) : nil
    }
  }

  /// As Terraform writes texts in JSON: safe inside of HTML.
  private static func escaped(_ text: String) -> String {
    // U+2028 and U+2029 have been escaped by the printer.
    guard text.utf8.contains(where: { escape($0) != nil }) else { return text }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 60)
    for byte in text.utf8 {
      if let escape = escape(byte) {
        bytes.append(contentsOf: escape.utf8)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func escape(_ byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "<"): "\\u003c"
    case UInt8(ascii: ">"): "\\u003e"
    case UInt8(ascii: "&"): "\\u0026"
    default: nil
    }
  }
}

extension String {
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
