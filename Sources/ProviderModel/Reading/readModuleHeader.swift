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
func readModuleHeader(_ file: SourceFile) -> ModuleHeader? {
  var unread = Diagnostics()
  let head = SourceFile(name: file.name, bytes: headBytes(file.bytes))
  let blocks = parseBody(head, into: &unread).blocks
  guard !unread.hasErrors, blocks.count == 1, blocks[0].type == "module" else { return nil }
  var reader = BlockReader(blocks[0], in: head)
  guard let role = ModuleSpec.Role(rawValue: reader.text("serves", into: &unread) ?? "") else {
    return nil
  }
  return ModuleHeader(
    type: reader.label, role: role, aliases: reader.texts("aliases", into: &unread) ?? [])
}

/// The file up to the second line that ends with the opening brace of a block, where the first
/// nested block begins, and a closing brace in its place.
private func headBytes(_ bytes: [UInt8]) -> [UInt8] {
  var opened = 0
  var lineStart = 0
  for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
    if index > lineStart, bytes[index - 1] == UInt8(ascii: "{"),
      !bytes[lineStart..<index].contains(UInt8(ascii: "="))
    {
      opened += 1
      if opened == 2 { return bytes[..<lineStart] + [UInt8(ascii: "}"), byte] }
    }
    lineStart = index + 1
  }
  return bytes
}
