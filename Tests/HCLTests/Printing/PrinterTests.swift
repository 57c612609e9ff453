import Diagnostics
import Testing

@testable import HCL

@Suite struct `Printed` {
  private let a = Expression.reference("a")
  private let b = Expression.reference("b")
  private let c = Expression.reference("c")

  /// The text of an expression, which must be read as the same tree where nothing is added.
  private func text(_ expression: Expression) -> String {
    let body = Body([.attribute(Attribute("x", expression))])
    let text = Printer.print(body)
    let bytes = Array(text.utf8)
    #expect(HCL.Formatter.format(bytes) == bytes)
    var diagnostics = Diagnostics()
    let again = parseBody(SourceFile(name: "x.tf", text: text), into: &diagnostics)
    #expect(diagnostics.isEmpty, "\(text)\n\(diagnostics.items)")
    #expect(Printer.print(again) == text)
    return String(text.dropFirst("x = ".count).dropLast())
  }

  @Test func `operands get the parentheses they need`() {
    let sum = Expression.binary(.init(a, .add, b))
    #expect(text(.binary(.init(sum, .multiply, c))) == "(a + b) * c")
    #expect(text(.binary(.init(a, .subtract, sum))) == "a - (a + b)")
    #expect(text(.binary(.init(sum, .subtract, a))) == "a + b - a")
    #expect(text(.unary(.init(.not, sum))) == "!(a + b)")
    #expect(text(.unary(.init(.negate, .number(-1)))) == "--1")
    #expect(text(sum.dot("c")) == "(a + b).c")
    let conditional = Expression.conditional(.init(a, then: b, otherwise: c))
    #expect(
      text(.conditional(.init(conditional, then: a, otherwise: conditional)))
        == "(a ? b : c) ? a : a ? b : c")
    #expect(text(.binary(.init(conditional, .or, a))) == "(a ? b : c) || a")
    #expect(text(conditional.at(.number(0))) == "(a ? b : c)[0]")
    #expect(text(.number(-1).dot("x")) == "(-1).x")
    #expect(text(.number(1).dot("e5")) == "(1).e5")
    #expect(text(Expression.splat(.init(a)).dot("b")) == "(a[*]).b")
    #expect(text(.binary(.init(a, .subtract, .number(-1)))) == "a - -1")
  }

  @Test func `lines break only inside of brackets`() {
    let conditional = Expression.conditional(.init(a, then: b, otherwise: c, isMultiline: true))
    #expect(text(conditional) == "a ? b : c")
    #expect(
      text(.parentheses(.init(conditional, isMultiline: true))) == "(\n  a\n  ? b\n  : c\n)")
    let both = Expression.binary(.init(a, .and, b, lineBreak: .before))
    #expect(text(both) == "a && b")
    #expect(text(.call("f", [both])) == "f(a\n&& b)")
    #expect(text(.object([("k", both)])) == "{\n  k = a && b\n}")
    let comment = Expression.commented(.init(leading: [Comment("why")], a))
    #expect(text(comment) == "(\n  # why\n  a\n)")
  }

  @Test func `names that would be words get quotes or parentheses`() {
    #expect(text(.object([("for", a), ("b", a)])) == "{\n  \"for\" = a\n  b     = a\n}")
    #expect(text(.object([("b", a), ("for", a)])) == "{\n  b   = a\n  for = a\n}")
    #expect(text(.tuple([.reference("for")])) == "[(for)]")
    #expect(
      text(.object([("a/b", a), ("", b), ("if", c)]))
        == "{\n  \"a/b\" = a\n  \"\"    = b\n  if    = c\n}")
    #expect(text(a.dot("b c")) == "a[\"b c\"]")
  }

  @Test func `strings keep every character`() {
    #expect(text(.string("a\"b\\c\nd\te\r")) == #""a\"b\\c\nd\te\r""#)
    #expect(text(.string("${a} $${b} %{c} $ % $$ {")) == #""$${a} $$${b} %%{c} $ % $$ {""#)
    #expect(
      text(.string("\u{0}\u{85}\u{2028}\u{FEFF}\u{200D}\u{A0}\u{E000}\u{10FFFF}é😀"))
        == #""\u0000\u0085\u2028\ufeff\u200d\u00a0\ue000\U0010ffffé😀""#)
    #expect(text(.interpolated([.literal("$"), .interpolation(.init(a))])) == #""\u0024${a}""#)
    #expect(text(.string("")) == "\"\"")
  }

  @Test func `heredocs move with what they belong to`() {
    let body = Body([
      .block(
        Block(
          "a", ["b"],
          body: Body([
            .attribute(Attribute("c", .text("one\n  two\n\nthree ${x}\n"))),
            .attribute(Attribute("long", .call("f", [.text("x\ny\n"), .number(1)]))),
            .attribute(
              Attribute(
                "d",
                .object([
                  ("e", .text("x\n<<\n")), ("f", .tuple([.text("y\nEOT\n")], multiline: true)),
                ]))),
          ])))
    ])
    #expect(
      Printer.print(body) == """
        a "b" {
          c = <<-EOT
            one
              two

            three $${x}
          EOT
          long = f(<<-EOT
            x
            y
          EOT
          , 1)
          d = {
            e = <<-EOT
              x
              <<
            EOT
            f = [
              <<-EOT2
                y
                EOT
              EOT2
            ]
          }
        }

        """)
  }

  @Test func `text is a heredoc where a reader would write one`() {
    #expect(Expression.text("a\n") == .string("a\n"))
    #expect(Expression.text("a\nb") == .string("a\nb"))
    #expect(Expression.text("a\r\nb\n") == .string("a\r\nb\n"))
    #expect(Expression.text("a\u{1}\nb\n") == .string("a\u{1}\nb\n"))
    #expect(text(.text("a\nb\n")) == "<<-EOT\n  a\n  b\nEOT")
    // `<<-` would take away what all lines have in common.
    #expect(text(.text("  a\n  b\n")) == "<<EOT\n  a\n  b\nEOT")
    for value in ["a\nb\n", "  a\n  b\n", "\n\n", "a\n\n  b\n", "\ta\n  b\n", " \n a\n"] {
      #expect(read(text(.text(value)) + "\n").stringValue == value)
    }
    #expect(text(.heredoc(.init([.literal("no end")]))) == "\"no end\"")
    #expect(text(.heredoc(.init([.literal("a\rb\n")]))) == #""a\rb\n""#)
  }

  @Test func `blocks are as given`() {
    let one = Attribute("a", .number(1), trivia: Trivia(trailing: Comment("note")))
    let body = Body(
      [
        .attribute(one),
        .block(
          Block(
            "b", ["c", Label("d", isQuoted: false)],
            body: Body([.attribute(Attribute("e", .null))]),
            trivia: Trivia(
              blankLines: 1, leading: [Comment("lead\nmore")], opening: Comment("open"),
              trailing: Comment("end")))),
        .block(Block("f", body: Body([.attribute(Attribute("g", .bool(true)))]), isOneLine: true)),
        .block(Block("h", isOneLine: true)), .block(Block("i", [Label("$${\"", origin: Origin())])),
      ], closingComments: [Comment("bye")])
    #expect(
      Printer.print(body) == """
        a = 1 # note

        # lead
        # more
        b "c" d { # open
          e = null
        } # end
        f { g = true }
        h {}
        i "$$${\\"" {
        }
        # bye

        """)
  }

  @Test func `calls, tuples and for-expressions`() {
    #expect(text(.tuple([a, b])) == "[a, b]")
    #expect(text(.tuple([a, b], multiline: true)) == "[\n  a,\n  b,\n]")
    #expect(text(.call("f", [a, b], multiline: true)) == "f(\n  a,\n  b\n)")
    #expect(text(.object([])) == "{}")
    #expect(text(.object([("a", b)], multiline: false)) == "{ a = b }")
    #expect(
      text(
        .forExpression(
          .init(keyName: "k", valueName: "v", in: a, key: b, value: c, condition: a)))
        == "{ for k, v in a : b => c if a }")
    #expect(
      text(.forExpression(.init(valueName: "v", in: a, value: c, condition: a, isMultiline: true)))
        == "[\n  for v in a : c\n  if a\n]")
    #expect(
      text(.call("f", [.call("merge", [a, .object([("b", c)])])])) == "f(merge(a, {\n  b = c\n}))")
  }

  @Test func `an expression stands alone`() {
    #expect(Printer.print(.tuple([a], multiline: true)) == "[\n  a,\n]")
    #expect(Printer.print(Body()) == "")
  }
}
