import Diagnostics
import Testing

@testable import HCL

/// The tree of an expression that must be right.
func read(_ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) -> Expression {
  var diagnostics = Diagnostics()
  let expression = parseExpression(SourceFile(name: "test", text: text), into: &diagnostics)
  #expect(diagnostics.isEmpty, "\(text): \(diagnostics.items)", sourceLocation: sourceLocation)
  return expression
}

@Suite struct `Trees` {
  private let a = Expression.reference("a")
  private let b = Expression.reference("b")
  private let c = Expression.reference("c")

  @Test func `of operators bind by precedence and to the left`() {
    #expect(
      read("a - b - c")
        == .binary(.init(.binary(.init(a, .subtract, b)), .subtract, c)))
    #expect(read("a || b && c") == .binary(.init(a, .or, .binary(.init(b, .and, c)))))
    #expect(read("-a * b") == .binary(.init(.unary(.init(.negate, a)), .multiply, b)))
    #expect(read("!a.b") == .unary(.init(.not, a.dot("b"))))
    #expect(
      read("a ? b : c ? a : b")
        == .conditional(
          .init(a, then: b, otherwise: .conditional(.init(c, then: a, otherwise: b)))))
  }

  @Test func `of accesses`() {
    #expect(read("a.b[0][\"c\"]") == a.dot("b").at(.number(0)).at(.string("c")))
    #expect(read("a.0") == .legacyIndex(.init(a, "0")))
    #expect(
      read("a.*.b[0]")
        == Expression.splat(.init(a, isFull: false, steps: [.attribute("b")])).at(.number(0)))
    #expect(
      read("a[*].b[0]") == .splat(.init(a, steps: [.attribute("b"), .index(.number(0))])))
    #expect(
      read("a[*].b[*].c")
        == .splat(.init(a, steps: [.attribute("b"), .splat(isFull: true), .attribute("c")])))
  }

  @Test func `of strings have no escapes`() {
    #expect(read(#""a\n\u00e9\U0001F600\"\\""#) == .string("a\né😀\"\\"))
    #expect(read(#""$${a}%%{b}$$${c}$%""#) == .string("${a}%{b}$${c}$%"))
    #expect(
      read(#""x${a}y""#)
        == .interpolated([.literal("x"), .interpolation(.init(a)), .literal("y")]))
    #expect(read("\"a\\u0024${1}\"").stringValue == nil)
  }

  @Test func `of indented heredocs have no common indentation`() {
    func text(_ lines: String) -> String? { read("<<-E\n\(lines)E\n").stringValue }
    #expect(text("    a\n      b\n\n    c\n  ") == "a\n  b\n\nc\n")
    #expect(text("\ta\n \tb\n") == "a\n\tb\n")
    #expect(text("   \n  a\n") == "   \na\n")
    #expect(text("") == "")
    #expect(read("<<E\n  a\n  E\n").stringValue == "  a\n")
    #expect(read("<<E\r\na\r\nE\r\n").stringValue == "a\r\n")
    #expect(read("<<E\n\\n$${a}\nE\n").stringValue == "\\n${a}\n")
  }

  /// What terraform makes of these was looked up with `terraform console`.
  @Test func `of indented heredocs know which lines count`() {
    func parts(_ lines: String) -> [TemplatePart] {
      guard case .heredoc(let heredoc) = read("<<-E\n\(lines)E\n") else { return [] }
      return heredoc.parts
    }
    #expect(
      parts("    a\n    ${b ~}\n    c\n") == [
        .literal("a\n"), .interpolation(.init(b, strip: .init(right: true))),
        .literal("\n    c\n"),
      ])
    #expect(
      parts("    a\n    ${~ b}\n     c\n") == [
        .literal("    a\n    "), .interpolation(.init(b, strip: .init(left: true))),
        .literal("\n     c\n"),
      ])
    #expect(parts("  ${b}\n    c\n") == [.interpolation(.init(b)), .literal("\n  c\n")])
  }

  @Test func `of calls, tuples and objects`() {
    #expect(read("f(a, b)") == .call("f", [a, b]))
    #expect(
      read("x::y::f(a...)") == .call(.init("x::y::f", [.init(a)], expandsLast: true)))
    #expect(read("[a,\n b]") == .tuple([a, b], multiline: true))
    #expect(read("[a, b,]") == .tuple([a, b]))
    #expect(
      read("{ a = 1, \"b c\" = 2 }")
        == .object([("a", .number(1)), ("b c", .number(2))], multiline: false))
    #expect(read("{\n}") == .object([], multiline: false))
  }

  @Test func `of for-expressions`() {
    #expect(read("[for a in b : c]") == .forExpression(.init(valueName: "a", in: b, value: c)))
    #expect(
      read("{ for k, a in b : a => c... if a }")
        == .forExpression(
          .init(
            keyName: "k", valueName: "a", in: b, key: a, value: c, isGrouping: true, condition: a)))
  }

  @Test func `of directives`() {
    #expect(
      read("\"%{ if a ~}x%{ else }y%{ endif }\"")
        == .interpolated([
          .ifDirective(
            .init(
              a, then: [.literal("x")], otherwise: [.literal("y")], ifStrip: .init(right: true)))
        ]))
    #expect(
      read("\"%{ for k, v in a }x%{ endfor }\"")
        == .interpolated([
          .forDirective(.init(key: "k", value: "v", in: a, body: [.literal("x")]))
        ]))
  }

  @Test func `keep comments and blank lines`() throws {
    let text = """
      # one

      # two
      a = 1 # three


      b "c" { # four
        # five
        d = [ # six
          1, # seven

          # eight
          2 /* nine */
          # ten
        ]
        # eleven
      } # twelve

      # thirteen

      """
    var diagnostics = Diagnostics()
    let body = parseBody(SourceFile(name: "a.tf", text: text), into: &diagnostics)
    #expect(diagnostics.isEmpty)
    let first = try #require(body.attribute("a"))
    #expect(
      first.trivia.leading == [
        Comment(source: "# one", blankLinesAfter: 1), Comment("two"),
      ])
    #expect(first.trivia.trailing == Comment("three"))
    let block = body.blocks[0]
    #expect(block.trivia.blankLines == 2)
    #expect(block.trivia.opening == Comment("four"))
    #expect(block.trivia.trailing == Comment("twelve"))
    #expect(block.body.closingComments == [Comment("eleven")])
    #expect(body.closingComments == [Comment("thirteen")])
    #expect(body.closingBlankLines == 1)
    guard case .tuple(let tuple) = block.body.attributes[0].value else {
      Issue.record("no tuple")
      return
    }
    #expect(tuple.elements[0].trivia.leading == [Comment("six")])
    #expect(tuple.elements[0].trivia.trailing == Comment("seven"))
    #expect(tuple.elements[1].trivia.blankLines == 1)
    #expect(tuple.elements[1].trivia.leading == [Comment("eight")])
    #expect(tuple.elements[1].trivia.trailing == Comment(source: "/* nine */"))
    #expect(tuple.closingComments == [Comment("ten")])
  }

  @Test func `know where they stood`() throws {
    let file = SourceFile(name: "a.tf", text: "a = b.c + f(1)\nd \"e\" {\n  g = \"h\"\n}\n")
    var diagnostics = Diagnostics()
    let body = parseBody(file, into: &diagnostics)
    func text(_ origin: Origin) -> String? { origin.range.map { file.text($0) } }
    let attribute = try #require(body.attribute("a"))
    #expect(text(attribute.origin) == "a = b.c + f(1)")
    #expect(text(attribute.nameOrigin) == "a")
    #expect(text(attribute.value.origin) == "b.c + f(1)")
    var parts: [String?] = []
    attribute.value.visit { parts.append(text($0.origin)) }
    #expect(parts == ["b.c + f(1)", "b.c", "b", "f(1)", "1"])
    #expect(text(body.blocks[0].origin) == "d \"e\" {\n  g = \"h\"\n}")
    #expect(text(body.blocks[0].headerOrigin) == "d \"e\"")
    #expect(text(body.blocks[0].labels[0].origin) == "\"e\"")
  }
}
