import Diagnostics
import Evaluation
import HCL
import Testing

/// What `terraform validate` says of types of variables, and of values for them.
@Suite struct TypeConstraintTests {
  private func read(_ text: String) throws -> (constraint: TypeConstraint?, found: Diagnostics) {
    let file = SourceFile(name: "variables.tf", text: text)
    var diagnostics = Diagnostics()
    let expression = parseExpression(file, into: &diagnostics)
    try #require(diagnostics.isEmpty, "\(text)")
    let constraint = readTypeConstraint(expression, file: file, into: &diagnostics)
    return (constraint, diagnostics)
  }

  private func value(_ text: String) throws -> TypedValue {
    let file = SourceFile(name: "main.tf", text: text)
    var diagnostics = Diagnostics()
    let expression = parseExpression(file, into: &diagnostics)
    return try Names("", functionTable()).evaluate(expression, in: file).value
  }

  @Test(arguments: [
    ("any", "dynamic"), ("string", "string"), ("list", "list(dynamic)"), ("map", "map(dynamic)"),
    ("list(map(set(bool)))", "list(map(set(bool)))"), ("tuple([])", "tuple([])"),
    ("tuple([string, any])", "tuple([string, dynamic])"), ("object({})", "object({})"),
    ("object({ a = string, true : optional(number) })", "object({a: string, true: number})"),
  ])
  func `reads types`(text: String, type: String) throws {
    let (constraint, found) = try read(text)
    #expect(constraint?.type.description == type)
    #expect(found.isEmpty)
  }

  @Test(arguments: [
    "set", "object", "tuple", "\"string\"", "\"list\"", "\"any\"", "\"${string}\"", "list()",
    "list(string, number)", "list(\"string\")", "list(list)", "map(list(map))", "object([])",
    "object({ a = string, a = number })", "object({ \"a\" = string })", "object({ 5 = string })",
    "object({ (string) = string })", "object({ a = optional() })", "optional(string)",
    "object({ a = optional(string, \"x\", \"y\") })", "list(optional(string))",
    "tuple([optional(string)])", "object({ a = optional(optional(string)) })", "tuple(string)",
    "tuple([string], [number])", "object(string)", "strng", "strng()", "string()", "any()",
    "string.foo", "var.x", "5", "null", "true", "[string]", "{ a = string }", "string == number",
    "list(string)[0]", "(string)", "list((string))", "provider::x::y(string)",
    "object({ for x in [] : x => string })",
  ])
  func `refuses what is no type`(text: String) throws {
    let (constraint, found) = try read(text)
    #expect(constraint == nil)
    #expect(found.items.map(\.id) == ["terraform.invalid-type"])
  }

  @Test(
    arguments: [
      ("number, \"x\"", "terraform.invalid-default"), ("number, \"5\"", nil),
      ("list(string), [1]", nil), ("list(string), {}", "terraform.invalid-default"),
      ("string, null", nil), ("string, upper(\"x\")", "terraform.constant-required"),
      ("string, var.x", "terraform.constant-required"), ("any, \"x\"", nil),
      ("object({ b = optional(number, 5) }), {}", nil),
      ("object({ b = number }), {}", "terraform.invalid-default"),
      ("bool, \"yes\"", "terraform.invalid-default"), ("bool, \"true\"", nil),
      ("map(number), { x = \"y\" }", "terraform.invalid-default"),
    ] as [(String, String?)])
  func `checks defaults of attributes`(arguments: String, id: String?) throws {
    let found = try read("object({ a = optional(\(arguments)) })").found
    #expect(found.items.map(\.id) == [id].compactMap(\.self))
  }

  @Test(arguments: [
    ("strng", "Did you mean \"string\"?"), ("lst(string)", "Did you mean \"list\"?"),
    ("\"list\"", "Write list(string) without quotes."),
  ])
  func `says what was meant`(text: String, help: String) throws {
    #expect(try read(text).found.items.map(\.help) == [help])
  }

  @Test(arguments: [
    ("list(any)", "[\"a\", 1]", "list(string)"),
    ("list(list(any))", "[[\"a\"], [1]]", "list(list(string))"),
    ("map(any)", "{ a = [1], b = null }", "map(tuple([number]))"),
    ("list(any)", "[]", "list(dynamic)"),
    ("object({ a = optional(number, 5) })", "{}", "object({a: number})"),
    ("map(object({ a = optional(string) }))", "{ x = {} }", "map(object({a: string}))"),
    ("object({ a = string })", "{ a = 1, b = 2 }", "object({a: string})"),
    ("string", "null", "string"),
    ("set(string)", "[\"a\", \"a\"]", "set(string)"), ("any", "[1]", "tuple([number])"),
  ])
  func `converts values`(type: String, text: String, result: String) throws {
    let constraint = try #require(try read(type).constraint)
    #expect(try constraint.apply(to: value(text)).value?.type.description == result)
  }

  @Test(arguments: [
    ("number", "\"x\"", "\"x\" is not a decimal number"),
    ("list(number)", "[1, \"x\"]", "[1]: \"x\" is not a decimal number"),
    ("object({ a = object({ b = number }) })", "{ a = {} }", ".a: the attribute \"b\" is missing"),
    ("string", "[]", "a string is required, this is a tuple"),
    ("list(any)", "[[1], null]", "its elements have no type in common"),
    ("set(list(any))", "[[\"a\"], [1]]", "its elements have no type in common"),
    ("tuple([string])", "[1, 2]", "1 element is required, these are 2"),
    ("bool", "\"yes\"", "\"yes\" is neither \"true\" nor \"false\""),
  ])
  func `says why a value doesn't fit`(type: String, text: String, problem: String) throws {
    let constraint = try #require(try read(type).constraint)
    #expect(try constraint.apply(to: value(text)).problem?.text == problem)
  }

  @Test func `fills in defaults at every depth`() throws {
    let type =
      "object({ a = optional(list(object({ b = optional(number, 1), c = string })), [{ c = \"x\" }]) })"
    let constraint = try #require(try read(type).constraint)
    let result = try #require(try constraint.apply(to: value("{}")).value)
    let first = result.attributes?["a"]?.elements?.first?.attributes
    #expect(first == ["b": .number(1), "c": .string("x")])
  }

  @Test func `unifies types`() {
    #expect(unify([.string, .number]) == .string)
    #expect(unify([.number, .bool]) == nil)
    // Terraform takes the list before it looks at the elements.
    #expect(unify([.list(.number), .set(.string)]) == .list(.number))
    #expect(unify([.object(["a": .number]), .object(["b": .string])]) == .map(.string))
    #expect(unify([.tuple([.number]), .tuple([.string])]) == .tuple([.string]))
    #expect(unify([.tuple([]), .object([:])]) == nil)
    #expect(unify([]) == nil)
  }
}
