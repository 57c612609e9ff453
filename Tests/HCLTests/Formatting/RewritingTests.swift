import Diagnostics
import Testing

@testable import HCL

/// The expected texts are what `terraform fmt` 1.11.4 makes of the sources.
@Suite struct `Rewriting` {
  @Test(arguments: [
    (#"a = "${ x }" # c"#, "a = x # c"),
    (#"a = "${~ x ~}""#, "a = x"),
    (#"a = "${x}${y}""#, #"a = "${x}${y}""#),
    (#"a = "${x}y""#, #"a = "${x}y""#),
    (#"a = ["${x}"]"#, #"a = ["${x}"]"#),
    (#"a = "${x}".y"#, #"a = "${x}".y"#),
    (#"a = "${x}" == y"#, #"a = "${x}" == y"#),
    (#"a = "${"${x}"}""#, #"a = "${x}""#),
    (#"a = "${x == "${y}"}""#, #"a = x == "${y}""#),
    (#"a = "${"%{if x}a%{endif}"}""#, #"a = "%{if x}a%{endif}""#),
    (#"a = "%{if x}a%{endif}""#, #"a = "%{if x}a%{endif}""#),
    (#"a = "${ /* c */ x /* d */ }" /* e */"#, "a = /* c */ x /* d */ /* e */"),
    ("a = \"${\n\n x\n}\"\nbb = 1", "a  = x\nbb = 1"),
    ("a = \"${\n x ?\n y : z\n}\"", "a = (x ?\ny : z)"),
    ("a = \"${(\n x ?\n y : z\n)}\"", "a = (\n  x ?\n  y : z\n)"),
    // Parentheses at both ends are enough for the reference, whatever they belong to.
    ("a = \"${\n (x) +\n (y)\n}\"", "a = (x) +\n(y)"),
    ("a = \"${{\nb=1\n}}\"", "a = ({\n  b = 1\n})"),
    ("a = \"${ # c\n x\n}\"", "a = # c\nx"),
    ("a = \"${ x # c\n}\"\n", "a = x # c\n\n"),
    ("a = \"${<<EOT\nfoo\nEOT\n}\"\n", "a = <<EOT\nfoo\nEOT\n"),
    ("a = \"${<<EOT\nfoo ${x}\nEOT\n}\"\n", "a = \"${<<EOT\nfoo ${x}\nEOT\n}\"\n"),
    ("a = \"${x}\"\r\nbbbb = \"${\r\ny\r\n}\"\r\n", "a    = x\r\nbbbb = y\r\n"),
    (#"x { a = "${x}" }"#, "x { a = x }"),
    ("a = \"${x}\"   # c\nbb = 1 # d\n", "a  = x # c\nbb = 1 # d\n"),
    (#"a = "${x}"  "#, "a = x  "),
  ])
  func `takes values out of quotes`(source: String, expected: String) {
    expectFormat(source, expected)
  }

  @Test(arguments: [
    ("variable x { type = list }", #"variable "x" { type = list(any) }"#),
    (#"variable "x" { type = "list" }"#, #"variable "x" { type = list(string) }"#),
    (
      "variable \"x\" {\n type = \"map\" # c\n default = \"${y}\"\n}",
      "variable \"x\" {\n  type    = map(string) # c\n  default = y\n}"
    ),
    (#"variable { type = "string" }"#, "variable { type = string }"),
    (#"variable "x" { type = "any" }"#, #"variable "x" { type = "any" }"#),
    (#"variable "x" { type = "${list}" }"#, #"variable "x" { type = "${list}" }"#),
    (#"variable "x" { type = /*a*/ map /*b*/ }"#, #"variable "x" { type = /*a*/ map(any) /*b*/ }"#),
    (#"resource "x" { type = list }"#, #"resource "x" { type = list }"#),
    ("m {\n  variable \"x\" { type = list }\n}", "m {\n  variable \"x\" { type = list }\n}"),
    ("variable \"x\" {\n  y { type = list }\n}", "variable \"x\" {\n  y { type = list }\n}"),
    ("type = list", "type = list"),
  ])
  func `gives variables their types`(source: String, expected: String) {
    expectFormat(source, expected)
  }

  @Test(arguments: [
    ("x y \"z\"w{}", #"x "y" "z" "w" {}"#),
    (#"x /*1*/ y /*2*/ "z" /*3*/ {}"#, #"x "y" "z" /*3*/ {}"#),
    ("x /*1*/ {}", "x /*1*/ {}"),
    (#"x "" {}"#, #"x "" {}"#),
    (#"x "\u0041\n\t\"\\" {}"#, #"x "A\n\t\"\\" {}"#),
    (#"x "\u0024{a}" "\u0024" {}"#, #"x "$${a}" "$" {}"#),
    (#"x "\U0001F600" "\u00a0" {}"#, #"x "😀" "\u00a0" {}"#),
    ("x \"\t\u{1}\u{200B}\u{E0001}\" {}", #"x "\t\u0001\u200b\U000e0001" {}"#),
    ("x \"e\u{301}\" e\u{301} {}", "x \"\u{E9}\" \"\u{E9}\" {}"),
    // Too new for the reference.
    ("x \"\u{1FAE9}\" {}", #"x "\U0001fae9" {}"#),
    (#"x "$" "%" "$${" "%%{" {}"#, #"x "$" "%" "$${" "%%{" {}"#),
  ])
  func `quotes labels and spells them one way`(source: String, expected: String) {
    expectFormat(source, expected)
  }

  /// The reference drops these labels, which makes other blocks of them.
  @Test(arguments: ["a$b", "a$", "$$", "$${a", "a%b", "$\\u007bb}", "%%{}"])
  func `keeps labels with signs`(_ label: String) {
    expectFormat("x \"\(label)\"  y {}", "x \"\(label)\" \"y\" {}")
  }

  /// The reference drops these keys, which breaks the file.
  @Test func `keeps words as indices`() {
    expectFormat("a=b[ true ].c[null]", "a = b[true].c[null]")
  }

  @Test func `layout alone rewrites nothing`() {
    let source = "x y { a=\"${b}\" }\n"
    let text = String(decoding: HCL.Formatter.layOut(Array(source.utf8)), as: UTF8.self)
    #expect(text == "x y { a = \"${b}\" }\n")
  }

  @Test func `damaged texts don't crash`() {
    let texts = [
      "a = \"${", "a = \"${x", "a = \"${x}", "x \"", "x \"a", "x y", "x y /* */",
      "variable x { type = \"",
      "variable x { type = \"list", "a = \"${x}\" }", "}}} x \"y\" {", "x \"${y}\" {}",
      "x \"\\q\" {}",
    ]
    for text in texts {
      for count in 0...text.utf8.count { _ = HCL.Formatter.format(Array(text.utf8.prefix(count))) }
    }
  }

  private func expectFormat(
    _ source: String, _ expected: String, location: Testing.SourceLocation = #_sourceLocation
  ) {
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "a.tf", text: source)
    let outcome = HCL.Formatter.format(file, into: &diagnostics)
    let wanted = Array(expected.utf8)
    let isSame = outcome == (wanted == file.bytes ? .unchanged : .changed(wanted))
    #expect(isSame, "\(outcome)", sourceLocation: location)
    #expect(diagnostics.isEmpty, sourceLocation: location)
    #expect(HCL.Formatter.format(file.bytes) == wanted, sourceLocation: location)
  }
}
