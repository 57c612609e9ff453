/// Prints nodes as JSON text: members in the order given, all of Unicode as it is.
///
/// Only what has to be escaped is, and with it U+007F, U+2028 and U+2029.
public struct JSONPrinter {
  /// The text so far.
  private var output: [UInt8] = []
  /// Spaces a level; nil for one line.
  private let indentation: Int?

  private init(indentation: Int?) { self.indentation = indentation }

  /// The value over several lines, one member or element a line, with a final newline.
  public static func print(_ node: JSONNode, indentation: Int = 2) -> String {
    String(decoding: printBytes(node, indentation: indentation), as: UTF8.self)
  }

  /// The bytes of ``print(_:indentation:)``.
  public static func printBytes(_ node: JSONNode, indentation: Int = 2) -> [UInt8] {
    var printer = JSONPrinter(indentation: max(0, indentation))
    printer.append(node, depth: 0)
    printer.output.append(UInt8(ascii: "\n"))
    return printer.output
  }

  /// The value on one line, without any space and without a newline.
  public static func printCompact(_ node: JSONNode) -> String {
    var printer = JSONPrinter(indentation: nil)
    printer.append(node, depth: 0)
    return String(decoding: printer.output, as: UTF8.self)
  }

  private mutating func append(_ node: JSONNode, depth: Int) {
    switch node.content {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let text): output.append(contentsOf: text.utf8)
    case .string(let text): append(quoting: text)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        startItem(index, depth: depth + 1)
        append(element, depth: depth + 1)
      }
      endItems(elements.count, depth: depth)
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        startItem(index, depth: depth + 1)
        append(quoting: member.key)
        output.append(UInt8(ascii: ":"))
        if indentation != nil { output.append(UInt8(ascii: " ")) }
        append(member.value, depth: depth + 1)
      }
      endItems(members.count, depth: depth)
      output.append(UInt8(ascii: "}"))
    }
  }

  private mutating func startItem(_ index: Int, depth: Int) {
    if index > 0 { output.append(UInt8(ascii: ",")) }
    startLine(depth: depth)
  }

  private mutating func endItems(_ count: Int, depth: Int) {
    if count > 0 { startLine(depth: depth) }
  }

  private mutating func startLine(depth: Int) {
    guard let indentation else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * indentation))
  }

  private mutating func append(quoting text: String) {
    output.append(UInt8(ascii: "\""))
    let bytes = Array(text.utf8)
    var copied = 0
    for index in bytes.indices {
      guard let (length, escape) = Self.escape(bytes, at: index) else { continue }
      output.append(contentsOf: bytes[copied..<index])
      output.append(contentsOf: escape.utf8)
      copied = index + length
    }
    output.append(contentsOf: bytes[copied...])
    output.append(UInt8(ascii: "\""))
  }

  /// What stands for the character at an index, and how many bytes it replaces; nil to keep it.
  private static func escape(_ bytes: [UInt8], at index: Int) -> (length: Int, text: String)? {
    switch bytes[index] {
    case UInt8(ascii: "\""): return (1, "\\\"")
    case UInt8(ascii: "\\"): return (1, "\\\\")
    case 0x08: return (1, "\\b")
    case 0x09: return (1, "\\t")
    case 0x0A: return (1, "\\n")
    case 0x0C: return (1, "\\f")
    case 0x0D: return (1, "\\r")
    case 0x7F: return (1, "\\u007f")
    case 0..<0x20:
      let digits = String(bytes[index], radix: 16)
      return (1, "\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
    case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80:
      if bytes[index + 2] == 0xA8 { return (3, "\\u2028") }
      return bytes[index + 2] == 0xA9 ? (3, "\\u2029") : nil
    default: return nil
    }
  }
}
