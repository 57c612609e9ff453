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
    printer.append(node)
    printer.output.append(UInt8(ascii: "\n"))
    return printer.output
  }

  /// The value on one line, without any space and without a newline.
  public static func printCompact(_ node: JSONNode) -> String {
    var printer = JSONPrinter(indentation: nil)
    printer.append(node)
    return String(decoding: printer.output, as: UTF8.self)
  }

  /// An array or object of which a part is printed.
  private struct Container {
    /// What is printed: elements, or members with their keys.
    let node: JSONNode
    /// How many items there are.
    let count: Int
    /// The item that comes next.
    var next = 0
  }

  /// Prints a tree with a stack of its own, so that depth costs no call frames.
  private mutating func append(_ root: JSONNode) {
    var stack: [Container] = []
    begin(root, &stack)
    while let container = stack.last {
      let depth = stack.count
      guard container.next < container.count else {
        stack.removeLast()
        if container.count > 0 { startLine(depth: depth - 1) }
        output.append(container.node.members == nil ? UInt8(ascii: "]") : UInt8(ascii: "}"))
        continue
      }
      if container.next > 0 { output.append(UInt8(ascii: ",")) }
      startLine(depth: depth)
      stack[depth - 1].next += 1
      switch container.node.content {
      case .array(let elements): begin(elements[container.next], &stack)
      case .object(let members):
        append(quoting: members[container.next].key)
        output.append(UInt8(ascii: ":"))
        if indentation != nil { output.append(UInt8(ascii: " ")) }
        begin(members[container.next].value, &stack)
      default: break
      }
    }
  }

  /// Prints a scalar, or the bracket that opens a container.
  private mutating func begin(_ node: JSONNode, _ stack: inout [Container]) {
    switch node.content {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let text): output.append(contentsOf: text.utf8)
    case .string(let text): append(quoting: text)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      stack.append(Container(node: node, count: elements.count))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      stack.append(Container(node: node, count: members.count))
    }
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
