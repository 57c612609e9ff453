import Diagnostics
import Foundation
import Testing

@testable import HCL

/// Strings that terraform must read as they were meant; `scripts/hcl-values.sh` runs it.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["HCL_VALUES"] != nil))
struct `Values` {
  @Test func `are written for terraform to read`() throws {
    let path = try #require(ProcessInfo.processInfo.environment["HCL_VALUES"])
    var body = Body()
    var random = Random(state: 7)
    var rows: [(String, HCL.Expression)] = []
    var escapes: [String: String] = [:]
    for number in 0..<600 {
      let text = randomText(&random)
      let escaped = text.unicodeScalars.map { scalar in
        let digits = String(scalar.value, radix: 16)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
      var diagnostics = Diagnostics()
      let source = SourceFile(name: "escaped", text: "\"\(escaped.joined())\"")
      let read = parseExpression(source, into: &diagnostics)
      #expect(read == .string(text))
      #expect(diagnostics.isEmpty)
      let heredoc = HCL.Expression.heredoc(Heredoc([.literal(text + "\n")]))
      rows.append(("s\(number)", .tuple([.string(text), .text(text)])))
      rows.append(("h\(number)", .tuple([.string(text + "\n"), heredoc, .text(text + "\n")])))
      // Escaped by hand in the end, so that it doesn't depend on the printer.
      body.items.append(.attribute(Attribute("e\(number)", .string("\u{1}\(number)\u{1}"))))
      let reference = HCL.Expression.reference("local", "e\(number)")
      rows.append(("e\(number)", .tuple([.string(text), reference])))
      escapes["\\u0001\(number)\\u0001"] = escaped.joined()
    }
    body.items.append(.attribute(Attribute("rows", .object(rows))))
    var text = Printer.print(Body([.block(Block("locals", body: body))]))
    for (mark, escaped) in escapes {
      text = text.replacingOccurrences(of: "\"\(mark)\"", with: "\"\(escaped)\"")
    }
    try text.write(toFile: path + "/main.tf", atomically: true, encoding: .utf8)
  }
}

/// Text of characters that are hard to write.
func randomText(_ random: inout Random) -> String {
  let pieces: [String] = [
    "$", "%", "{", "}", "$${", "${", "%{", "%%{", "~", "\\", "\"", "\n", "\n", "\r", "\t", " ",
    "  ",
    "a", "b", "EOT", "EOT2", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{0}", "\u{7F}", "\u{A0}",
    "\u{3000}",
    "é", "日", "👩‍👩‍👧", "\u{1F1E9}\u{1F1EA}", "\u{E000}", "\u{10FFFF}", "\u{FFFE}", "#", "//", "'",
  ]
  let count = Int(random.next() % 9)
  return (0..<count).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
}

/// Numbers that are the same in every run.
struct Random: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
