import ProviderModel
import Testing

@Suite struct `Types` {
  @Test(
    arguments: [
      ("any", .any), ("bool", .bool), ("number", .number), ("(string)", .string),
      ("list(string)", .list(.string)), ("set(number)", .set(.number)), ("map(any)", .map(.any)),
      ("tuple([string, bool])", .tuple([.string, .bool])), ("tuple([])", .tuple([])),
      ("object({})", .object([])),
      ("object({ a = string })", .object([.init("a", .string)])),
      ("object({ \"a\" = string })", .object([.init("a", .string)])),
      ("object({ a = optional(string) })", .object([.init("a", .string, isOptional: true)])),
      (
        "object({ a = optional(number, -2) })",
        .object([.init("a", .number, isOptional: true, default: .number(Number(-2)))])
      ),
      (
        "map(object({ a = optional(object({ b = optional(bool, true) }), {}) }))",
        .map(
          .object([
            .init(
              "a", .object([.init("b", .bool, isOptional: true, default: .bool(true))]),
              isOptional: true, default: .object([:]))
          ]))
      ),
    ] as [(String, TypeConstraint)])
  func `are read`(_ text: String, _ expected: TypeConstraint) throws {
    #expect(try type(text) == expected)
  }

  @Test(
    arguments: [
      "text", "list", "list()", "list(string, number)", "list(text)", "tuple(string)",
      "tuple([text])", "object(string)", "object({ a = text })", "object({ (a) = string })",
      "optional(string)", "list(optional(string))", "object({ a = optional() })",
      "object({ a = optional(text) })", "object({ a = optional(optional(string)) })",
      "object({ a = optional(string, var.x) })", "object({ a = optional(string, \"\", 1) })",
      "1", "\"string\"", "[string]", "foo(string)",
    ])
  func `are refused`(_ text: String) throws { #expect(try type(text) == nil) }

  @Test(
    arguments: [
      ("list(map(set(string)))", "list(map(set(string)))"),
      ("tuple([any, bool])", "tuple([any, bool])"),
      ("object({ a = string, b = number })", "object({a, b})"),
    ])
  func `are described`(_ text: String, _ words: String) throws {
    #expect(try type(text)?.description == words)
  }
}
