import Diagnostics
import Evaluation
import HCL
import Testing

/// Verdicts of `terraform validate` on expressions, a sample of what
/// `scripts/expressions-differential.sh` compares.
@Suite struct ExpressionTests {
  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }

  private func evaluate(_ text: String, lowest: LanguageVersion? = nil) throws -> (
    value: TypedValue, ids: [String]
  ) {
    let file = SourceFile(name: "main.tf", text: text)
    var diagnostics = Diagnostics()
    let expression = parseExpression(file, into: &diagnostics)
    try #require(!diagnostics.hasErrors, "\(text)")
    let (value, found) = try Names(names, functionTable(lowest)).evaluate(expression, in: file)
    return (value, found.items.map(\.id))
  }

  @Test func `takes what Terraform takes`() throws {
    for text in lines(rightExpressions) {
      #expect(try evaluate(text).ids == [], "\(text)")
    }
  }

  @Test func `refuses what Terraform refuses, and says why`() throws {
    var id = ""
    for text in lines(wrongExpressions) {
      if text.hasPrefix("# ") {
        id = "terraform." + text.dropFirst(2)
      } else {
        #expect(try evaluate(text).ids.first == id, "\(text)")
      }
    }
  }

  @Test(arguments: [
    ("[1, \"a\", true]", "tuple([number, string, bool])"),
    ("{ a = 1, b = [] }", "object({a: number, b: tuple([])})"),
    ("true ? [1] : [1, \"x\"]", "list(string)"),
    ("true ? { a = 1 } : { b = \"x\" }", "map(string)"),
    ("tolist([[null], [1, 2]])", "list(list(number))"),
    ("tolist([toset([1]), tolist([\"x\"])])", "list(list(string))"),
    ("var.lo[*].a", "list(number)"), ("var.o.b", "string"), ("var.any.x", "dynamic"),
    ("{ for k, v in var.o : k => v }", "dynamic"), ("keys(var.o)", "tuple([string, string])"),
    ("merge(var.ms, { a = 1 })", "dynamic"),
    ("merge({ a = 1 }, { b = \"x\" })", "object({a: number, b: string})"),
    ("concat(var.ls, var.ls)", "list(string)"),
    ("flatten([[1], [[\"a\"]]])", "tuple([number, string])"),
    ("regex(\"(?P<x>a)(?P<y>b)\", var.s)", "object({x: string, y: string})"),
    ("setproduct([1], [\"a\"])", "list(tuple([number, string]))"),
    ("zipmap([\"a\"], [1])", "object({a: number})"),
    ("jsondecode(\"[1, {}]\")", "tuple([number, object({})])"),
    ("try(var.s, 1)", "dynamic"), ("\"a${var.s}\"", "string"), ("1 / 3", "number"),
  ])
  func `knows the type`(text: String, type: String) throws {
    let (value, ids) = try evaluate(text)
    #expect(value.type.description == type)
    #expect(ids == [])
  }

  @Test(arguments: [
    ("upper(\"x-y\")", "\"X-Y\""), ("0.1 + 0.2", "0.3"), ("10 / 4", "2.5"),
    ("[for k, v in { b = 1, a = 2 } : \"${k}${v}\"]", "[\"a2\",\"b1\"]"),
    ("{ for x in [\"a\", \"b\", \"a\"] : x => 1... }", "{\"a\":[1,1],\"b\":[1]}"),
    ("\"%{ for x in [1, 2] ~} ${x} %{ endfor ~} !\"", "\"1 2 !\""),
    ("\"%{ if true }yes%{ else }no%{ endif }\"", "\"yes\""), ("substr(\"hello\", -3, 2)", "\"ll\""),
    ("cidrsubnet(\"10.0.0.0/16\", 8, 2)", "\"10.0.2.0/24\""),
    ("cidrhost(\"fd00::/48\", 5)", "\"fd00::5\""),
    ("toset([3, 1, 3])", "[1,3]"), ("range(3)", "[0,1,2]"), ("one([])", "null"),
    ("format(\"%s-%d\", \"a\", \"5\")", "\"a-5\""), ("slice([1, 2, 3], 1, 2)", "[2]"),
    ("csvdecode(\"a,b\\n1,\\\"x,y\\\"\")", "[{\"a\":\"1\",\"b\":\"x,y\"}]"),
    ("lookup({ a = 1 }, \"b\", 2)", "2"), ("can([1][1])", "false"), ("try([1][1], 7)", "7"),
    ("[[1], [2]][*][0]", "[1,2]"), ("null[*]", "[]"), ("base64decode(\"aGk=\")", "\"hi\""),
    ("parseint(\"ff\", 16)", "255"), ("yamlencode(1)", "unknown"),
    ("md5(\"\")", "\"d41d8cd98f00b204e9800998ecf8427e\""),
    ("sha1(\"abc\")", "\"a9993e364706816aba3e25717850c26c9cd0d89d\""),
    (
      "sha256(\"abc\")", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""
    ),
    (
      "substr(sha512(\"abc\"), 0, 64)",
      "\"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\""
    ),
    ("title(\"hello big-world a_b\")", "\"Hello Big-World A_b\""),
    ("{ a = null } == { a = 1 }", "false"),
    ("[null] == [null]", "true"),
  ])
  func `knows the value`(text: String, json: String) throws {
    let value = try evaluate("jsonencode(\(text))").value
    #expect(value.stringValue ?? "unknown" == json)
  }

  @Test(
    arguments: [
      ("var.sec", Marks.sensitive), ("\"a${var.sec}\"", .sensitive), ("upper(var.sec)", .sensitive),
      ("var.sec == \"a\" ? 1 : 2", .sensitive), ("[var.sec]", []),
      ("true ? 1 : sensitive(2)", .sensitive), ("true ? [1] : [var.sec]", []),
      ("[var.sec][0]", .sensitive),
      ("nonsensitive(var.sec)", []), ("var.eph", .ephemeral), ("ephemeralasnull(var.eph)", []),
      ("upper(ephemeralasnull(var.eph))", []),
      ("var.sec == var.eph", [.sensitive, .ephemeral]), ("length(var.sec)", .sensitive),
      ("{ (var.sec) = 1 }", []), ("{ (sensitive(\"a\")) = 1 }", .sensitive),
      ("!(var.sec == \"a\")", []), ("merge(var.any, { a = var.sec })", []),
      ("{ a = 1 }[sensitive(\"a\")]", []), ("tostring(var.sec)", .sensitive),
      ("sensitive(1) + 1", .sensitive),
      ("[for x in [var.sec] : x]", []), ("merge({ a = var.sec })", []),
      ("keys({ a = var.sec })", []),
      ("toset([var.sec])", .sensitive), ("join(\",\", [var.sec])", .sensitive),
    ] as [(String, Marks)])
  func `remembers what is sensitive or ephemeral`(text: String, marks: Marks) throws {
    #expect(try evaluate(text).value.marks == marks)
  }

  @Test(
    arguments: [
      ("true || upper([])", []), ("false && null", []),
      ("false && \"x\"", ["terraform.invalid-operand"]),
      ("true && upper([])", ["terraform.invalid-argument"]), ("var.b || upper([])", []),
      ("upper([]) || true", []), ("null || true", []),
    ] as [(String, [String])])
  func `short-circuits where the module asks for a Terraform that does`(
    text: String, ids: [String]
  ) throws {
    #expect(try evaluate(text, lowest: LanguageVersion(1, 12)).ids == ids)
  }

  @Test func `says which function was meant`() throws {
    let file = SourceFile(name: "main.tf", text: "strtswith(\"a\", \"b\")")
    var diagnostics = Diagnostics()
    let expression = parseExpression(file, into: &diagnostics)
    let found = try Names(names, functionTable()).evaluate(expression, in: file).found
    #expect(found.items.map(\.help) == ["Did you mean \"startswith\"?"])
    #expect(found.items[0].location.map { file.text($0.range) } == file.text(SourceRange(0, 99)))
  }

  @Test(
    arguments: [
      ("startswith(\"a\", \"b\")", LanguageVersion(1, 2), ["terraform.function-too-new"]),
      ("startswith(\"a\", \"b\")", LanguageVersion(1, 3), []),
      ("core::upper(\"a\")", LanguageVersion(1, 7), ["terraform.function-too-new"]),
      ("try(plantimestamp(), \"\")", LanguageVersion(1, 4), ["terraform.function-too-new"]),
      ("var.b ? issensitive(1) : false", LanguageVersion(1, 7), ["terraform.function-too-new"]),
      ("upper(\"a\")", LanguageVersion(1), []),
    ] as [(String, LanguageVersion, [String])])
  func `warns of functions that the lowest version lacks`(
    text: String, lowest: LanguageVersion, ids: [String]
  ) throws {
    #expect(try evaluate(text, lowest: lowest).ids == ids)
  }

  @Test func `knows the files of the tree`() throws {
    func ids(_ text: String) throws -> [String] {
      let file = SourceFile(name: "main.tf", text: text)
      var diagnostics = Diagnostics()
      let expression = parseExpression(file, into: &diagnostics)
      return try Names(names, functionTable()).evaluate(expression, in: file) { path in
        switch path {
        case "./there": .bytes(Array("[1]".utf8))
        case "./here": .folder
        case "./lost": .missing
        default: nil
        }
      }.found.items.map(\.id)
    }
    #expect(try ids("jsondecode(file(\"${path.module}/there\"))[0]") == [])
    #expect(try ids("jsondecode(file(\"${path.module}/there\"))[1]") == ["terraform.invalid-index"])
    #expect(try ids("file(\"${path.module}/here\")") == ["terraform.invalid-argument"])
    #expect(try ids("filemd5(\"${path.module}/lost\")") == ["terraform.invalid-argument"])
    #expect(try ids("templatefile(\"${path.module}/lost\", {})") == ["terraform.invalid-argument"])
    #expect(try ids("file(\"elsewhere\")") == [])
  }

  @Test(arguments: [
    "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]",
    "[for a in range(1000) : range(1000)[*]][*][*]",
    String(repeating: "[for x in [1, 2] : x if length(", count: 20) + "[]"
      + String(repeating: ") == 0]", count: 20),
    "setproduct(range(1000), range(1000), range(1000))",
    "tolist([\(String(repeating: "1, true, ", count: 5000))])[0] == regex(\"(a*)*b\", \"\(String(repeating: "a", count: 190))\")",
  ])
  func `doesn't take long`(text: String) throws {
    let start = ContinuousClock.now
    _ = try evaluate(text)
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}
