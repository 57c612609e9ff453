import ProviderModel
import Testing

@Suite struct `Conversions` {
  /// Type, value, converted, converted with defaults (nil is the same).
  @Test(
    arguments: [
      ("string", "1.50", "\"1.5\"", nil), ("string", "true", "\"true\"", nil),
      ("number", "\"07\"", "7", nil), ("bool", "\"true\"", "true", nil),
      ("bool", "\"false\"", "false", nil), ("any", "[1, \"a\"]", "[1, \"a\"]", nil),
      ("string", "null", "null", nil), ("list(string)", "\"a\"", "[\"a\"]", nil),
      ("set(string)", "[1, \"1\", 2]", "[\"1\", \"2\"]", nil),
      ("map(string)", "{ a = 1, b = null }", "{ a = \"1\" }", nil),
      (
        "map(object({ a = optional(number) }))", "{ b = false, c = {} }", "{ c = {} }",
        "{ c = { a = null } }"
      ),
      ("list(object({ a = optional(number) }))", "false", "[]", nil),
      ("tuple([string, number])", "[1, \"2\"]", "[\"1\", 2]", nil),
      ("list(object({ a = string }))", "{ a = 1 }", "[{ a = \"1\" }]", nil),
      ("object({ a = optional(number, 3) })", "{}", "{}", "{ a = 3 }"),
      ("object({ a = optional(number, 3) })", "{ a = null }", "{}", "{ a = 3 }"),
      ("object({ a = optional(number) })", "{}", "{}", "{ a = null }"),
      ("object({ a = optional(number, 3) })", "true", "{}", "{ a = 3 }"),
      ("object({ a = optional(number, 3) })", "false", "null", nil),
      (
        "object({ enabled = optional(bool, true), a = optional(number, 3) })", "false",
        "{ enabled = false }", "{ enabled = false, a = 3 }"
      ),
      (
        "object({ enabled = optional(bool, true) })", "true", "{}", "{ enabled = true }"
      ),
      ("object({ enabled = bool })", "true", "{ enabled = true }", nil),
      (
        "object({ a = optional(object({ b = optional(string, \"x\") }), {}) })", "{}", "{}",
        "{ a = { b = \"x\" } }"
      ),
      (
        "list(object({ a = optional(list(object({ b = optional(number, 1) })), [{}]) }))", "[{}]",
        "[{}]", "[{ a = [{ b = 1 }] }]"
      ),
    ] as [(String, String, String, String?)])
  func fit(_ typeText: String, _ given: String, _ raw: String, _ filled: String?) throws {
    let type = try #require(try type(typeText))
    for (fills, expected) in [(false, raw), (true, filled ?? raw)] {
      var conversion = TypeConversion(fillsDefaults: fills)
      #expect(try conversion.convert(value(given), to: type) == value(expected))
      #expect(conversion.problems == [])
    }
  }

  /// Type, value, what is reported: path and kind.
  @Test(
    arguments: [
      ("string", "[]", ": a string, not a list"), ("number", "\"x\"", ": a number, not a string"),
      ("number", "true", ": a number, not a boolean"),
      ("bool", "1", ": true or false, not a number"),
      ("bool", "\"yes\"", ": true or false, not a string"),
      ("list(string)", "{}", ": a list, not an object"),
      ("list(string)", "[1, null]", "[1]: a string, not null"),
      ("set(number)", "[null, null]", "[0]: a number, not null; [1]: a number, not null"),
      ("list(object({ a = optional(number) }))", "[{}, false]", "[1]: an object, not a boolean"),
      ("list(list(string))", "\"a\"", ": a list, not a string"),
      (
        "list(string)", "[\"a\", [], {}]", "[1]: a string, not a list; [2]: a string, not an object"
      ),
      ("map(number)", "{ a = 1, b = \"x\" }", ".b: a number, not a string"),
      ("map(string)", "[]", ": an object, not a list"),
      ("tuple([string])", "[]", ": a list of 1, not a list"),
      ("tuple([string, bool])", "[\"a\", 1]", "[1]: true or false, not a number"),
      ("object({ a = string })", "{}", ": lacks a"),
      ("object({ a = string })", "{ a = null }", ": lacks a"),
      ("object({ a = string })", "true", ": an object, not a boolean"),
      ("object({ a = string, enabled = optional(bool) })", "true", ": lacks a"),
      (
        "list(object({ a = object({ b = string }) }))", "[{ a = { b = \"x\", c = 1 } }]",
        "[0].a.c: none of b"
      ),
      (
        "object({ a = optional(string), b = number })", "{ x = 1, a = [] }",
        ".a: a string, not a list; .x: none of a, b; : lacks b"
      ),
    ])
  func fail(_ typeText: String, _ given: String, _ expected: String) throws {
    let type = try #require(try type(typeText))
    var conversion = TypeConversion(fillsDefaults: false)
    _ = try conversion.convert(value(given), to: type)
    #expect(conversion.problems.map(words).sorted().joined(separator: "; ") == expected)
  }

  @Test func `leave what isn't known`() throws {
    var conversion = TypeConversion(fillsDefaults: true)
    let type = try #require(try type("object({ a = string })"))
    #expect(conversion.convert(.object(["a": .unknown]), to: type) == .object(["a": .unknown]))
    #expect(conversion.problems.isEmpty)
  }

  private func words(_ problem: ConversionProblem) -> String {
    let path = problem.path.map { step in
      switch step {
      case .attribute(let name): "." + name
      case .element(let index): "[\(index)]"
      }
    }.joined()
    return switch problem.kind {
    case .wrongType(let wanted, let found): "\(path): \(wanted), not \(found)"
    case .missing(let name): "\(path): lacks \(name)"
    case .unknownAttribute(_, let allowed): "\(path): none of \(allowed.joined(separator: ", "))"
    }
  }
}
