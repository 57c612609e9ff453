import Diagnostics
import HCL

/// What can be said of a leaf without reading all of it.
struct ModuleHeader: Sendable {
  var type: String
  var role: ModuleSpec.Role
  var aliases: [String]
}

/// Reads the arguments of a leaf, which stand before its blocks; nil where that gives nothing.
///
/// Mistakes aren't reported: who reads the whole file reports them.
func readModuleHeader(_ name: String, _ text: String) -> ModuleHeader? {
  var unread = Diagnostics()
  let head = SourceFile(name: name, bytes: headBytes(text))
  let blocks = parseBody(head, into: &unread).blocks
  guard !unread.hasErrors, blocks.count == 1, blocks[0].type == "module" else { return nil }
  var reader = BlockReader(blocks[0], in: head)
  guard let role = ModuleSpec.Role(rawValue: reader.text("serves", into: &unread) ?? "") else {
    return nil
  }
  return ModuleHeader(
    type: reader.label, role: role, aliases: reader.texts("aliases", into: &unread) ?? [])
}

/// The text up to the second line that ends with the opening brace of a block, where the first
/// nested block begins, and a closing brace in its place.
///
/// The rest isn't looked at: it is most of the text, and many leaves are never used.
private func headBytes(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = []
  var opened = 0
  var lineStart = 0
  for byte in text.utf8 {
    bytes.append(byte)
    guard byte == UInt8(ascii: "\n") else { continue }
    let line = bytes[lineStart..<(bytes.count - 1)]
    if line.last == UInt8(ascii: "{"), !line.contains(UInt8(ascii: "=")) {
      opened += 1
      if opened == 2 { return bytes[..<lineStart] + [UInt8(ascii: "}"), byte] }
    }
    lineStart = bytes.count
  }
  return bytes
}
