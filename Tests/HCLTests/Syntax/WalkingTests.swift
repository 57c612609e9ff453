import Diagnostics
import Testing

@testable import HCL

@Suite struct `Walking` {
  private func roots(_ text: String) -> [String] {
    var names: [String] = []
    read(text).visit(scope: []) { expression, scope in
      if case .variable(let variable) = expression, !scope.contains(variable.name) {
        names.append(variable.name)
      }
    }
    return names
  }

  @Test func `finds references but bound names and keys`() {
    #expect(roots("a.b + c[d]") == ["a", "c", "d"])
    #expect(roots("{ a = b, (c) = d, \"${e}\" = f }") == ["b", "c", "d", "e", "f"])
    #expect(roots("[for a in a : a + b if c]") == ["a", "b", "c"])
    #expect(roots("{ for k, v in x : k => v }") == ["x"])
    #expect(roots("\"${a}%{ if b }${c}%{ else }${d}%{ endif }\"") == ["a", "b", "c", "d"])
    #expect(roots("\"%{ for k, v in a }${k}${v}${w}%{ endfor }${v}\"") == ["a", "w", "v"])
    #expect(roots("a[*].b[c]") == ["a", "c"])
    #expect(roots("!f(a, (b ? c : d)...)") == ["a", "b", "c", "d"])
    #expect(roots("<<E\n${a}\nE\n") == ["a"])
  }

  @Test func `goes from the outside in`() {
    var seen: [String] = []
    read("f(a.b, 1)").visit { seen.append(Printer.print($0)) }
    #expect(seen == ["f(a.b, 1)", "a.b", "a", "1"])
  }

  @Test func `leaves out what is inside of parts that it isn't wanted in`() {
    var seen: [String] = []
    read("f(a.b, g(c), d)").visitParts { node in
      seen.append(Printer.print(node))
      if case .attribute = node { return false }
      if case .call(let call) = node { return call.name != "g" }
      return true
    }
    #expect(seen == ["f(a.b, g(c), d)", "a.b", "g(c)", "d"])
  }

  @Test func `rewrites what it is told to`() {
    func rewritten(_ text: String) -> String {
      Printer.print(
        read(text).rewritten(scope: []) { expression, scope in
          guard case .variable(let variable) = expression, variable.name == "self",
            !scope.contains("self")
          else { return nil }
          return .reference("aws", "x")
        })
    }
    #expect(rewritten("self.a + b") == "aws.x.a + b")
    #expect(rewritten("[for self in self : self.a]") == "[for self in aws.x : self.a]")
    #expect(
      rewritten("\"${self.a}%{ if self }x%{ endif }\"") == "\"${aws.x.a}%{if aws.x}x%{endif}\"")
    #expect(rewritten("{ self = self }") == "{ self = aws.x }")
    #expect(
      rewritten("f(self[self], -self, (self), self[*].a)")
        == "f(aws.x[aws.x], -aws.x, (aws.x), aws.x[*].a)")
  }

  @Test func `replaces from the outside in`() {
    let result = read("f(f(a))").rewritten { expression in
      if case .call(let call) = expression { call.arguments[0].value } else { nil }
    }
    #expect(Printer.print(result) == "f(a)")
  }

  @Test func `goes through bodies`() {
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "a.tf", text: "a = b\nc {\n  d = b\n}\n")
    let body = parseBody(file, into: &diagnostics)
    let result = body.rewritten { $0 == .reference("b") ? .number(1) : nil }
    #expect(Printer.print(result) == "a = 1\nc {\n  d = 1\n}\n")
    var count = 0
    body.expressions { _ in count += 1 }
    #expect(count == 2)
  }

  @Test func `tells chains of accesses`() {
    func chain(_ text: String) -> [TraversalStep]? { read(text).traversal?.steps }
    #expect(read("a.b").traversal?.root == "a")
    #expect(chain("a") == [])
    #expect(chain("a.b[0][\"c\"].1") == [.attribute("b"), .position(0), .key("c"), .position(1)])
    #expect(chain("a[b]") == [.index(.reference("b"))])
    #expect(chain("a[*].b") == [.splat(isFull: true), .attribute("b")])
    #expect(chain("a.*.b[0]") == [.splat(isFull: false), .attribute("b"), .position(0)])
    #expect(chain("(a.b).c") == [.attribute("b"), .attribute("c")])
    #expect(chain("(a[*]).c") == nil)
    #expect(chain("f(a).b") == nil)
    #expect(chain("1") == nil)
  }
}

@Suite struct `Building` {
  @Test func `makes what its name says`() {
    func text(_ expression: Expression) -> String { Printer.print(expression) }
    #expect(text(.null) == "null")
    #expect(text(.bool(true)) == "true")
    #expect(text(.number(-3)) == "-3")
    #expect(text(.number("1.50")) == "1.50")
    #expect(text(.reference("var", "a", "b")) == "var.a.b")
    #expect(text(.call("f", [.null])) == "f(null)")
    #expect(text(.reference("a").at(.string("b"))) == "a[\"b\"]")
    #expect(Expression.interpolated([.literal("a"), .literal(""), .literal("b")]) == .string("ab"))
    #expect(Expression.string("a").stringValue == "a")
    #expect(Expression.text("a\nb\n").stringValue == "a\nb\n")
    #expect(read("(\"a\")").stringValue == "a")
    #expect(read("\"${a}\"").stringValue == nil)
    #expect(Expression.null.origin.range == nil)
  }

  @Test func `knows identifiers`() {
    for name in ["a", "_", "a-b", "é", "日本", "a1", "for"] { #expect(isIdentifier(name)) }
    for name in ["", "1", "-a", "a b", "a.b", "a/b", "é "] { #expect(!isIdentifier(name)) }
  }

  @Test func `equality ignores places`() {
    #expect(read("f( a,b )") == read("f(a, b)"))
    #expect(read("a + b").hashValue == read("a  +  b").hashValue)
    #expect(read("a + b") != read("a - b"))
    #expect(read("[a]") != read("[\na]"))
  }
}
