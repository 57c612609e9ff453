import Diagnostics
import Testing

@testable import HCL

@Suite struct `Errors` {
  /// A text with `^` before each place where an error is expected, and what is expected there.
  static let cases: [(String, [String])] = [
    ("a = ^\nb = 1\n", ["hcl.expected-expression"]),
    (
      "a = [1 ^2]\nb = f(1, ^=)\nc = 1 ^2\n",
      [
        "hcl.expected-separator", "hcl.expected-expression", "hcl.expected-newline",
      ]
    ),
    ("a = [^*, 1, ^/]\n", ["hcl.expected-expression", "hcl.expected-expression"]),
    ("a = { b ^1, c = ^/\n }\n", ["hcl.expected-value", "hcl.expected-expression"]),
    ("a = ^[1,\nb = 2\n", ["hcl.unclosed-bracket"]),
    ("a = ^{\n  b = 1\n", ["hcl.unclosed-bracket"]),
    ("a {\n  b = ^{\n    c = 1\n}\nresource \"a\" \"b\" {\n}\n", []),
    ("a ^{\n  b = 1\n", ["hcl.unclosed-block"]),
    ("a = 1\n^}\nb = 2\n", ["hcl.unexpected-brace"]),
    ("a = (1^]\nb = 2\n", ["hcl.mismatched-bracket"]),
    (
      "a = 1\n^a = 2\nb {\n  c = 1\n  ^c = 1\n}\n",
      [
        "hcl.duplicate-attribute", "hcl.duplicate-attribute",
      ]
    ),
    ("a = ^\"x\nb = 1\nc = ^\"y\n", ["hcl.unclosed-string", "hcl.unclosed-string"]),
    (
      "a = \"^\\q\"\nb = \"^\\u12\"\nc = \"^\\ud800\"\n",
      [
        "hcl.invalid-escape", "hcl.invalid-escape", "hcl.invalid-escape",
      ]
    ),
    ("a = ^<<E\nx\n", ["hcl.unclosed-heredoc"]),
    ("a = ^<<\"E\"\nx = 1\n", ["hcl.invalid-heredoc"]),
    ("a = ^1.2.3\nb = 0^x10\n", ["hcl.invalid-number", "hcl.invalid-number"]),
    ("a = b.^0.1\nc = d.^\"e\"\n", ["hcl.legacy-index", "hcl.expected-name"]),
    ("a = b ? c^\n", ["hcl.expected-colon"]),
    ("a = [for ^: b]\nc = [for d ^e : f]\n", ["hcl.invalid-for", "hcl.invalid-for"]),
    (
      "a = [for b in c : ^d => e]\nf = {for g in h : ^i}\n", ["hcl.invalid-for", "hcl.invalid-for"]
    ),
    (
      "a = \"%{ ^while }\"\nb = \"^%{ if c }\"\nd = \"^%{ endif }\"\n",
      [
        "hcl.invalid-directive", "hcl.unclosed-directive", "hcl.invalid-directive",
      ]
    ),
    (
      "^\"a\" = 1\n^b : 1\n^1 = 2\n",
      [
        "hcl.expected-item", "hcl.expected-item", "hcl.expected-item",
      ]
    ),
    ("a { b = 1 ^c = 2 }\nd { ^e {} }\n", ["hcl.one-line-block", "hcl.one-line-block"]),
    ("a \"^${b}\" {\n}\nc = 1\n", ["hcl.invalid-label"]),
    (
      "a = ^'x'\nb = c ^; d = e\nf = g ^& h\n",
      [
        "hcl.invalid-character", "hcl.invalid-character", "hcl.invalid-character",
      ]
    ),
    ("a = a::b^\n", ["hcl.expected-arguments"]),
    ("a = \"^${b\"\nc = 1\n", ["hcl.unclosed-interpolation"]),
    ("a = 1 ^/* b\n", ["hcl.unclosed-comment"]),
    ("^a\n{\n}\nb = 1\n", ["hcl.expected-item"]),
    ("a = 1 +^\nb = (^)\n", ["hcl.expected-expression", "hcl.expected-expression"]),
    (
      "a {\n  b = ^\"x\n  c = ^[\"d\", \"e\"\n\n  ^f: \"g\"\n}\nh ^'i' {\n  j = k.^0.0\n}\n",
      [
        "hcl.unclosed-string", "hcl.unclosed-bracket", "hcl.expected-item",
        "hcl.invalid-character", "hcl.legacy-index",
      ]
    ),
    (
      "^\"a\" {\n  b = ^)\n}\n^c\n{\n  d = ^= 1\n}\ne \"^${f}\" {\n  g = 1 ^2\n}\n",
      [
        "hcl.expected-item", "hcl.expected-expression", "hcl.expected-item",
        "hcl.expected-expression", "hcl.invalid-label", "hcl.expected-newline",
      ]
    ),
    (
      "^a.b \"c\" {\n  d = 1 ^2\n}\ne ^\"f {\n  g = 1 ^2\n}\nh = ^*\n",
      [
        "hcl.expected-item", "hcl.expected-newline", "hcl.unclosed-string",
        "hcl.expected-newline", "hcl.expected-expression",
      ]
    ),
    (
      "a {\n  b = \"^${c\"\n}\nd {\n  e = \"^${f\n  g = ^)\n}\nh {\n  i = \"^%{ if j\"\n  k = ^)\n}\n",
      [
        "hcl.unclosed-interpolation", "hcl.unclosed-bracket", "hcl.expected-expression",
        "hcl.unclosed-interpolation", "hcl.expected-expression",
      ]
    ),
    (
      "a {\n  b = ^(1\n}\nc = f^(\nd {\n}\n^1 = 2\ne = 1 ^2\n",
      ["hcl.unclosed-bracket", "hcl.unclosed-bracket", "hcl.expected-item", "hcl.expected-newline"]
    ),
    (
      "a = ^1e2147483647\nb = c.^1e-2147483650\nd = 1e2147483646\ne = 0e99999999999\n",
      ["hcl.invalid-number", "hcl.invalid-number"]
    ),
  ]

  @Test(arguments: cases)
  func `name the place and let the rest be read`(_ example: (String, [String])) {
    let (marked, expected) = example
    var places: [Int] = []
    var bytes: [UInt8] = []
    for byte in marked.utf8 {
      if byte == UInt8(ascii: "^") { places.append(bytes.count) } else { bytes.append(byte) }
    }
    var diagnostics = Diagnostics()
    let body = parseBody(SourceFile(name: "a.tf", bytes: bytes), into: &diagnostics)
    let found = diagnostics.items
    if !expected.isEmpty {
      #expect(found.map(\.id) == expected, "\(marked)")
      #expect(found.map { $0.location?.range.start } == places, "\(marked)")
    }
    for item in found {
      #expect(item.severity == .error)
      #expect(!item.summary.isEmpty && !item.summary.hasSuffix("."))
      #expect(item.help?.hasSuffix(".") ?? true)
      #expect(item.detail?.hasSuffix(".") ?? true)
    }
    // A partial tree prints as something that can be read.
    var later = Diagnostics()
    _ = parseBody(SourceFile(name: "b.tf", text: Printer.print(body)), into: &later)
    #expect(later.items.allSatisfy { $0.id == "hcl.duplicate-attribute" }, "\(marked)")
  }

  @Test func `of a wrong closer don't spread`() {
    let text = """
      a {
        b = [1)
        c = { d = 1]
        e = f(1}
        g = {
          h = [1, 2
          i = 3
        }
        j = (
      }
      k = {
        l "m" {
        }
      }
      n = <<"E"
      text
      E
      o = 1

      """
    var diagnostics = Diagnostics()
    let body = parseBody(SourceFile(name: "a.tf", text: text), into: &diagnostics)
    #expect(
      diagnostics.items.map(\.id) == [
        "hcl.mismatched-bracket", "hcl.expected-separator", "hcl.mismatched-bracket",
        "hcl.unclosed-bracket", "hcl.expected-expression", "hcl.expected-value",
        "hcl.invalid-heredoc",
      ])
    #expect(body.blocks.first?.body.attributes.map(\.name) == ["b", "c", "e", "g", "j"])
    #expect(body.attributes.map(\.name) == ["k", "n", "o"])
  }

  @Test func `are counted where there are many`() {
    var diagnostics = Diagnostics()
    let text = String(repeating: "a = *\n", count: 1000)
    _ = parseBody(SourceFile(name: "a.tf", text: text), into: &diagnostics)
    #expect(diagnostics.items.count == 101)
    #expect(diagnostics.items.last?.id == "hcl.more-errors")
    #expect(diagnostics.items.last?.summary == "1899 more errors from here on")
    #expect(diagnostics.items.last?.severity == .information)
  }

  @Test func `about bytes that aren't text`() {
    let sources: [([UInt8], String)] = [
      ([0x61, 0x3D, 0x22, 0xFF, 0x22, 0x0A], "hcl.invalid-utf8"),
      ([0x61, 0x00, 0x3D, 0x31, 0x0A], "hcl.nul"), ([0x61, 0x3D, 0xC0, 0x0A], "hcl.invalid-utf8"),
    ]
    for (bytes, id) in sources {
      var diagnostics = Diagnostics()
      _ = parseBody(SourceFile(name: "a.tf", bytes: bytes), into: &diagnostics)
      #expect(diagnostics.items.first?.id == id)
    }
  }

  @Test func `leave what stands around them`() {
    let text = """
      a = 1
      b = [1, 2 3, 4]
      c "d" {
        e = )
        f = 2
        g {
          h = "x
          i = 3
        }
      }
      j = { k = 1 l = 2
        m = 3 }
      n = 4

      """
    var diagnostics = Diagnostics()
    let body = parseBody(SourceFile(name: "a.tf", text: text), into: &diagnostics)
    #expect(diagnostics.items.count == 4)
    #expect(body.attributes.map(\.name) == ["a", "b", "j", "n"])
    let block = body.blocks[0].body
    #expect(block.attribute("f")?.value == .number(2))
    #expect(block.blocks[0].body.attribute("i")?.value == .number(3))
  }

  @Test func `never stop the parser, whatever is left out`() {
    for sample in samples {
      let tokens = Lexer.tokens(of: Array(sample.utf8))
      let bytes = Array(sample.utf8)
      for token in tokens where token.count > 0 {
        let damaged = Array(bytes[..<token.start] + bytes[token.end...])
        expectTiles(damaged)
        var diagnostics = Diagnostics()
        let body = parseBody(SourceFile(name: "a.tf", bytes: damaged), into: &diagnostics)
        _ = Printer.print(body)
        let cut = Array(bytes[..<token.start])
        _ = parseBody(SourceFile(name: "a.tf", bytes: cut), into: &diagnostics)
      }
    }
  }

  @Test func `tell names apart by their bytes`() {
    let others = (0..<20).map { "a\($0) = 1\n" }.joined()
    let text = others + "\u{E9} = 1\ne\u{301} = 2\na3 = 2\n\u{E9} = 3\n"
    var diagnostics = Diagnostics()
    _ = parseBody(SourceFile(name: "a.tf", text: text), into: &diagnostics)
    #expect(diagnostics.items.map(\.summary) == ["`a3` is set twice", "`\u{E9}` is set twice"])
  }

  @Test func `of an expression`() {
    for (text, id) in [("a b", "hcl.expected-end"), ("", "hcl.expected-expression")] {
      var diagnostics = Diagnostics()
      _ = parseExpression(SourceFile(name: "a", text: text), into: &diagnostics)
      #expect(diagnostics.items.map(\.id) == [id])
    }
  }
}
