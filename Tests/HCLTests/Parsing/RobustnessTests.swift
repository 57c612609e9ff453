import Diagnostics
import Testing

@testable import HCL

/// `scripts/hcl-robustness.sh` does the same with larger texts, and measures it.
@Suite(.timeLimit(.minutes(2))) struct `Hostile texts` {
  /// What is repeated, between what stands before and behind it, and the finding expected first.
  static let texts: [(String, String, String, String?)] = [
    ("", "a = \"\n", "", "hcl.unclosed-string"),
    ("", "\"", "", "hcl.expected-item"),
    ("", "a = *\n", "", "hcl.expected-expression"),
    ("", "a = [\n", "", "hcl.unclosed-bracket"),
    ("", "a = { b = (\n", "", "hcl.unclosed-bracket"),
    ("", "<<A\n", "", "hcl.expected-item"),
    ("a = [\n", "* 1,\n", "]\n", "hcl.expected-expression"),
    ("a = {\n", "b = )\n", "}\n", "hcl.expected-expression"),
    ("a = [", ")", "\n", "hcl.expected-expression"),
    ("a = [", "1, ", "]\n", nil),
    ("a = {\n", "b = 1\n", "}\n", nil),
    ("a = \"", "x", "\"\n", nil),
    ("a = <<E\n", "x ${y}\n", "E\n", nil),
    ("a = <<-E\n", "  x ${y}\n", "  E\n", nil),
    ("", "# x\n", "", nil),
    ("", "\n", "", nil),
  ]

  @Test(arguments: texts)
  func `come back with a verdict`(_ text: (String, String, String, String?)) {
    let source = text.0 + String(repeating: text.1, count: 20_000) + text.2
    var diagnostics = Diagnostics()
    let body = parseBody(SourceFile(name: "a.tf", text: source), into: &diagnostics)
    #expect(diagnostics.items.first?.id == text.3)
    #expect(diagnostics.items.count <= 101)
    if text.3 == nil { #expect(Printer.print(body).utf8.count > 0 || text.1 == "\n") }
  }

  @Test func `may have many attributes`() {
    let names = (0..<20_000).map { "a\($0)" }
    let source = (names + ["a7"]).map { "\($0) = 1\n" }.joined()
    var diagnostics = Diagnostics()
    let body = parseBody(SourceFile(name: "a.tf", text: source), into: &diagnostics)
    #expect(body.attributes.map(\.name) == names + ["a7"])
    #expect(diagnostics.items.map(\.id) == ["hcl.duplicate-attribute"])
    #expect(diagnostics.items[0].notes.first?.location?.range.start == 7 * 7)
  }

  @Test func `may be random bytes`() {
    var random = Random(state: 5)
    for count in [1, 10, 100, 1000] {
      for _ in 0..<100 {
        let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next() >> 20) }
        expectTiles(bytes)
        var diagnostics = Diagnostics()
        let body = parseBody(SourceFile(name: "a.tf", bytes: bytes), into: &diagnostics)
        var later = Diagnostics()
        let printed = SourceFile(name: "b.tf", text: Printer.print(body))
        _ = parseBody(printed, into: &later)
        #expect(later.items.allSatisfy { $0.id == "hcl.duplicate-attribute" })
      }
    }
  }

  @Test func `may be random pieces`() {
    var random = Random(state: 6)
    let pieces = [
      "a", "1", " ", "\n", "\"", "${", "%{", "}", "{", "[", "]", "(", ")", "=", ",", ":", "?", ".",
      "*", "-", "<<A\n", "A\n", "#", "/*", "*/", "for ", "in ", "if ", "else", "endif", "~", "\\",
    ]
    for _ in 0..<3000 {
      let count = Int(random.next() % 40)
      let picks = (0..<count).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
      expectLaws(picks.joined())
    }
  }
}
