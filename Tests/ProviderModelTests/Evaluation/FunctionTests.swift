import ProviderModel
import Testing

@Suite struct `Functions` {
  @Test(arguments: collections + sequences + texts + others)
  func `gives`(_ text: String, _ expected: String) throws {
    let names: [String: Value] = ["u": .unknown]
    #expect(try value(text, names) == value(expected, names))
  }
}

private let collections = [
  ("coalesce(null, \"\", \"x\")", "\"x\""), ("coalesce(u, \"x\")", "u"), ("coalesce(null)", "null"),
  ("concat([1], [2], [])", "[1, 2]"), ("concat([1], null)", "[1]"), ("concat([1], u)", "u"),
  ("concat([1], \"a\")", "u"), ("concat([u], [1])", "[u, 1]"),
  ("flatten([[1], [[2]], 3])", "[1, 2, 3]"), ("flatten([[1], u])", "u"), ("flatten([[u]])", "u"),
  ("merge({ a = 1, b = 1 }, null, { b = 2 })", "{ a = 1, b = 2 }"), ("merge({}, u)", "u"),
  ("alltrue([])", "true"), ("alltrue([true, false, u])", "false"), ("alltrue([true, u])", "u"),
  ("alltrue([null])", "false"), ("alltrue([\"true\"])", "true"), ("anytrue([])", "false"),
  ("anytrue([u, true])", "true"), ("anytrue([u])", "u"), ("anytrue([null])", "false"),
  ("length([1, u])", "2"), ("length({ a = 1 })", "1"), ("length(\"é👨‍👩‍👧\")", "2"), ("length(u)", "u"),
  ("keys({ b = 1, a = u })", "[\"a\", \"b\"]"), ("values({ b = 1, a = 2 })", "[2, 1]"),
  ("lookup({ a = 1 }, \"a\", 2)", "1"), ("lookup({ a = 1 }, \"b\", 2)", "2"),
  ("lookup({ a = 1 }, \"b\")", "null"), ("lookup({ a = 1 }, u, 2)", "u"),
  ("zipmap([\"b\", \"a\"], [1, 2])", "{ a = 2, b = 1 }"), ("zipmap([\"a\"], [])", "u"),
  ("tomap({ a = 1 })", "{ a = 1 }"), ("tolist([1])", "[1]"),
]

private let sequences = [
  ("distinct([1, 1, 2, 1.0])", "[1, 2]"), ("distinct([u, u])", "u"),
  ("length(distinct([u, u])) == 2", "u"), ("toset([\"b\", \"a\", \"b\"])", "[\"a\", \"b\"]"),
  ("toset([u])", "u"), ("setunion([\"b\"], [\"a\", \"b\"])", "[\"a\", \"b\"]"),
  ("compact([\"a\", \"\", null])", "[\"a\"]"), ("compact([u])", "u"), ("reverse([1, 2])", "[2, 1]"),
  ("sort([\"b\", \"a\", \"é\", \"Z\"])", "[\"Z\", \"a\", \"b\", \"é\"]"), ("sort([u])", "u"),
  ("one([])", "null"), ("one([1])", "1"), ("one([1, 2])", "u"), ("one(null[*])", "null"),
  ("contains([\"a\"], \"a\")", "true"), ("contains([\"a\", u], \"b\")", "u"),
  ("contains([\"a\", u], \"a\")", "true"), ("contains([\"a\"], u)", "u"),
  ("contains([], u)", "false"),
  ("element([1, 2], 3)", "2"), ("element([1], -1)", "u"), ("element([], 0)", "u"),
  ("slice([1, 2, 3], 1, 2)", "[2]"), ("slice([1], 0, 2)", "u"), ("slice([1], 1, 0)", "u"),
  ("sum([1, 2.5])", "3.5"), ("sum([u])", "u"), ("range(3)", "[0, 1, 2]"),
  ("range(3, 0)", "[3, 2, 1]"),
  ("range(1, 10, 4)", "[1, 5, 9]"), ("range(0)", "[]"), ("range(1, 2, 0)", "u"),
  ("range(1, 3, -1)", "u"), ("range(9223372036854775807, -9223372036854775808, -1)", "u"),
]

private let texts = [
  ("split(\",\", \"a,,b\")", "[\"a\", \"\", \"b\"]"), ("split(\",\", \"\")", "[\"\"]"),
  ("split(\"\", \"ab\")", "[\"a\", \"b\"]"), ("join(\"-\", [\"a\", 1, true])", "\"a-1-true\""),
  ("join(\"-\", [\"a\", u])", "u"), ("replace(\"aXbX\", \"X\", \"-\")", "\"a-b-\""),
  ("replace(\"abc\", \"\", \"x\")", "\"xaxbxcx\""),
  ("replace(\"a1b22\", \"/[0-9]+/\", \"#\")", "\"a#b#\""),
  ("replace(\"abc\", \"/(b)/\", \"[$1]\")", "\"a[b]c\""), ("replace(\"a\", \"/(/\", \"\")", "u"),
  ("replace(\"a\", \"/(?P<x>a)/\", \"$x\")", "u"), ("regex(\"[a-z]+\", \"1ab\")", "\"ab\""),
  ("regex(\"(a)(b)?\", \"ac\")", "[\"a\", null]"), ("regex(\"(?P<y>a)\", \"ba\")", "{ y = \"a\" }"),
  ("regex(\"^a$\", \"a\\n\")", "null"), ("regex(\"(\", \"a\")", "u"),
  ("regexall(\"[a-z]+\", \"ab1cd\")", "[\"ab\", \"cd\"]"), ("regexall(\"x\", \"a\")", "[]"),
  ("substr(\"hello\", 1, 3)", "\"ell\""), ("substr(\"hello\", 1, -1)", "\"ello\""),
  ("substr(\"hello\", -3, 2)", "\"ll\""), ("substr(\"hello\", 9, 2)", "\"\""),
  ("title(\"hello world-foo bar_baz\")", "\"Hello World-Foo Bar_baz\""),
  ("upper(\"straße\")", "\"STRAßE\""), ("lower(\"ÀB\")", "\"àb\""), ("lower(null)", "null"),
  ("lower(u)", "u"), ("lower([])", "u"), ("trimspace(\"\\n a \\t\")", "\"a\""),
  ("trimspace(\" \")", "\"\""),
  ("trimprefix(\"aab\", \"a\")", "\"ab\""), ("trimsuffix(\"abb\", \"b\")", "\"ab\""),
  ("startswith(\"abc\", \"ab\")", "true"), ("startswith(\"abc\", u)", "u"),
  ("endswith(\"abc\", \"bc\")", "true"),
  ("strcontains(\"abc\", \"b\")", "true"), ("strcontains(\"a\", \"\")", "true"),
  ("urlencode(\"a b/ü~*\")", "\"a+b%2F%C3%BC~%2A\""), ("format(\"%s-%d%%\", \"a\", 2)", "\"a-2%\""),
  ("format(\"%05d\", 2)", "u"), ("format(\"%s\")", "u"), ("format(\"a\", 1)", "u"),
  ("format(\"%s\", u)", "u"), ("format(\"%\")", "u"),
]

private let others = [
  ("tostring(1.50)", "\"1.5\""), ("tonumber(\"1e3\")", "1000"), ("tonumber(\"x\")", "null"),
  ("tobool(\"true\")", "true"), ("tobool(\"0\")", "false"), ("tobool(\"x\")", "null"),
  ("tostring(null)", "null"), ("tostring(u)", "u"), ("tonumber()", "u"),
  ("min(3, 1, 2)", "1"), ("max(1, 2.5)", "2.5"), ("max(1, u)", "u"), ("abs(-2)", "2"),
  ("floor(-1.5)", "-2"),
  ("ceil(-1.5)", "-1"), ("ceil(12345678901234567890)", "12345678901234567890"),
  ("cidrnetmask(\"10.0.0.0/20\")", "\"255.255.240.0\""),
  ("cidrnetmask(\"0.0.0.0/0\")", "\"0.0.0.0\""),
  ("cidrnetmask(\"1.2.3.4/32\")", "\"255.255.255.255\""), ("cidrnetmask(\"10.0.0/8\")", "null"),
  ("cidrnetmask(\"10.0.0.256/8\")", "null"), ("cidrnetmask(\"fd00::/8\")", "null"),
  ("cidrnetmask(u)", "u"), ("cidrhost(\"10.0.0.0/8\", 5)", "\"10.0.0.5\""),
  ("cidrhost(\"10.0.0.0/8\", -1)", "\"10.255.255.255\""), ("cidrhost(\"10.0.0.0/30\", 4)", "null"),
  ("cidrhost(\"fd00::/8\", 1)", "u"),
  (
    "jsonencode({ b = [true, null, \"<é>\"], a = 1.50 })",
    "\"{\\\"a\\\":1.5,\\\"b\\\":[true,null,\\\"\\\\u003cé\\\\u003e\\\"]}\""
  ),
  ("jsonencode(\"a\\n\\\"\\\\\")", "\"\\\"a\\\\n\\\\\\\"\\\\\\\\\\\"\""), ("jsonencode([u])", "u"),
]
