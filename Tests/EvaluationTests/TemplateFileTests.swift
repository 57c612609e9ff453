import Diagnostics
import Evaluation
import HCL
import Testing

/// What `terraform validate` says of calls of `templatefile` and `templatestring`.
@Suite struct TemplateFileTests {
  private let templates = [
    "a.tpl": "Hello ${x}\n%{ for y in ys ~}\n${y.a}\n%{ endfor ~}\n", "b.tpl": "${x}",
    "c.tpl": "${x", "d.tpl": "$${x} %%{ if } ${nosuch(1)}", "e.tpl": "${x.foo}",
    "f.tpl": "${path.module}", "g.tpl": "${templatefile(\"b.tpl\", { x = 1 })}",
    "s.tpl": "a ${~ x ~}\n  \n\n  b\n  \n${~ x}",
    "h.tpl": "${[for z in x : z]}", "i.tpl": "a", "j.tpl": "${upper([])}%{ if c }%{endif}",
  ]

  private func evaluate(_ text: String) throws -> (value: TypedValue, found: Diagnostics) {
    let file = SourceFile(name: "main.tf", text: text)
    var diagnostics = Diagnostics()
    let expression = parseExpression(file, into: &diagnostics)
    try #require(!diagnostics.hasErrors, "\(text)")
    let source = names + "\nlocals {\n  template = \"$${x}!\"\n}\n"
    return try Names(source, functionTable()).evaluate(expression, in: file) { path in
      templates[path].map { .bytes(Array($0.utf8)) } ?? .missing
    }
  }

  @Test(arguments: [
    "templatefile(\"a.tpl\", { x = 1, ys = [{ a = 1 }] })",
    "templatefile(\"a.tpl\", { x = var.any, ys = var.any })",
    "templatefile(\"i.tpl\", { \"a-b\" = 1 })",
    "templatefile(var.s, \"x\")", "templatefile(\"i.tpl\", { extra = 1 })",
    "templatefile(\"b.tpl\", var.any).foo", "templatefile(\"b.tpl\", { x = [1] })[0]",
    "templatestring(local.template, { x = 1 })", "templatestring(var.s, { x = 1 })",
  ])
  func `takes what Terraform takes`(text: String) throws {
    #expect(try evaluate(text).found.items.map(\.summary) == [])
  }

  @Test(arguments: [
    ("templatefile(\"a.tpl\", { x = 1 })", "needs a value of \"ys\", which the template refers to"),
    (
      "templatefile(\"a.tpl\", { x = [], ys = [] })",
      "finds a mistake in the template: This can't stand in a text: a string is required, this is a tuple"
    ),
    (
      "templatefile(\"a.tpl\", { x = 1, ys = [{}] })",
      "finds a mistake in the template: This object has no attribute \"a\""
    ),
    (
      "templatefile(\"a.tpl\", { x = null, ys = [] })",
      "finds a mistake in the template: Null can't stand in a text"
    ),
    ("templatefile(\"b.tpl\", { x = null })", "can't give null"),
    (
      "templatefile(\"d.tpl\", { x = [] })",
      "finds a mistake in the template: There is no function \"nosuch\""
    ),
    (
      "templatefile(\"e.tpl\", { x = {} })",
      "finds a mistake in the template: This object has no attribute \"foo\""
    ),
    (
      "templatefile(\"f.tpl\", { path = {} })",
      "finds a mistake in the template: This object has no attribute \"module\""
    ),
    (
      "templatefile(\"g.tpl\", {})",
      "finds a mistake in the template: templatefile() can't be called in a template"
    ),
    ("templatefile(\"i.tpl\", null)", "can't take null as \"vars\""),
    ("templatefile(\"i.tpl\", \"x\")", "needs a map or an object, this is a string"),
    (
      "templatefile(\"j.tpl\", { c = true })",
      "finds a mistake in the template: upper() can't take this as \"str\": a string is required, this is a tuple"
    ),
    ("templatefile(\"lost.tpl\", {})", "finds no file \"lost.tpl\""),
  ])
  func `says what Terraform refuses`(text: String, message: String) throws {
    #expect(try evaluate(text).found.items.map(\.summary) == ["templatefile() " + message])
  }

  @Test func `refuses a template that can't be read`() throws {
    let found = try evaluate("templatefile(\"c.tpl\", { x = 1 })").found
    #expect(found.items.map(\.id) == ["terraform.invalid-argument"])
  }

  @Test(arguments: [
    ("templatefile(\"a.tpl\", { x = 1, ys = [{ a = 1 }, { a = 2 }] })", "\"Hello 1\\n1\\n2\\n\""),
    // `~` reaches to the end of its line.
    ("templatefile(\"s.tpl\", { x = 1 })", "\"a1  \\n\\n  b\\n1\""),
    ("templatefile(\"b.tpl\", { x = [1] })", "[1]"), ("templatefile(\"i.tpl\", {})", "\"a\""),
    ("templatestring(local.template, { x = 5 })", "\"5!\""),
  ])
  func `knows the value`(text: String, json: String) throws {
    #expect(try evaluate("jsonencode(\(text))").value.stringValue == json)
  }
}
