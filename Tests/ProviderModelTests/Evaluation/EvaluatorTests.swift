import HCL
import ProviderModel
import Testing

@Suite struct `Evaluation` {
  private let names: [String: Value] = [
    "n": .number(Number(4)), "s": .string("text"), "nothing": .null, "u": .unknown,
    "list": .list([.string("b"), .string("a")]),
    "items": .list([
      .object(["a": .number(Number(1)), "t": .list([.object(["x": .string("p")])])]),
      .object(["a": .number(Number(2)), "t": .list([])]),
    ]),
    "map": .object(["b": .string("y"), "a": .string("x")]),
    "partly": .list([.string("a"), .unknown]),
    "h": .handle(.init(kind: 1, id: 1)), "other": .handle(.init(kind: 1, id: 2)),
  ]

  /// Expressions, and literals or `u` for unknown.
  @Test(
    arguments: [
      // Operators.
      ("1 + 2 * 3 - 4 / 2", "5"), ("-n", "-4"), ("-(-9223372036854775808)", "9223372036854775808"),
      ("7 % -3", "1"), ("-7 % 3", "-1"), ("5 % 1.5", "0.5"), ("1 / 0", "u"), ("1 % 0", "u"),
      ("0.1 + 0.2", "0.3"), ("0.1 * 3", "0.3"), ("0.00695 * 100", "0.695"), ("1 - 0.9", "0.1"),
      ("12345678901234567890 + 1", "12345678901234567891"),
      ("1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3", "true"), ("\"a\" < \"b\"", "u"),
      ("!true", "false"), ("!u", "u"), ("1 == 1.0", "true"), ("1 == \"1\"", "false"),
      ("1 != 2", "true"), ("[1] == [1]", "true"), ("{ a = 1 } == { a = 1 }", "true"),
      ("n > nothing", "null"), ("n + nothing", "null"), ("n + u", "u"),
      // What isn't known.
      ("false && u", "false"), ("u && false", "false"), ("true && u", "u"), ("true || u", "true"),
      ("u || true", "true"), ("u || false", "u"), ("u == null", "u"), ("u == u", "u"),
      ("partly == null", "false"), ("partly == [\"b\", u]", "false"), ("partly == [\"a\", u]", "u"),
      ("{ a = u } == {}", "false"), ("[u] == [u, u]", "false"), ("u ? 1 : 2", "u"), ("u.a.b", "u"),
      ("list[u]", "u"), ("{ (u) = 1 }", "u"), ("[for x in u : x]", "u"), ("u[*].a", "u"),
      ("[for x in list : x if u]", "u"), ("\"a${u}\"", "u"), ("missing", "u"), ("mystery(1)", "u"),
      // Objects behind handles are there.
      ("h == null", "false"), ("h != null", "true"), ("h == h", "true"), ("h == other", "u"),
      ("h == 1", "false"), ("contains([null, h], h)", "true"),
      // Paths.
      ("map.a", "\"x\""), ("map.z", "null"), ("map.z.y.x", "null"), ("nothing.a[0]", "null"),
      ("s.a", "null"), ("list[0]", "\"b\""), ("list.1", "\"a\""), ("list[2]", "null"),
      ("list[-1]", "null"), ("list[0.5]", "null"), ("map[\"b\"]", "\"y\""), ("list[\"a\"]", "null"),
      // Splats.
      ("items[*].a", "[1, 2]"), ("items.*.a", "[1, 2]"), ("nothing[*].a", "[]"),
      ("s[*]", "[\"text\"]"),
      ("map[*].a", "[\"x\"]"), ("items[*].z", "[null, null]"), ("items[*].t[0].x", "[\"p\", null]"),
      ("items[*].t[*].x", "[[\"p\"], []]"),
      // Conditionals.
      ("n == 4 ? \"a\" : u", "\"a\""), ("nothing ? 1 : 2", "2"), ("\"true\" ? 1 : 2", "1"),
      ("1 ? 1 : 2", "u"),
      // For.
      ("[for x in list : x]", "[\"b\", \"a\"]"), ("[for i, x in list : i]", "[0, 1]"),
      ("[for k, v in map : \"${k}${v}\"]", "[\"ax\", \"by\"]"), ("[for x in nothing : x]", "[]"),
      ("[for x in [1, 2, 3] : x * 2 if x > 1]", "[4, 6]"),
      ("{ for x in list : x => 1 }", "{ a = 1, b = 1 }"),
      ("{ for i, x in [\"a\", \"b\", \"a\"] : x => i... }", "{ a = [0, 2], b = [1] }"),
      ("[for s in [1] : [for s in [s + 1] : s]]", "[[2]]"), ("[for n in list : n][0]", "\"b\""),
      ("[for x in list : n]", "[4, 4]"), ("[for h in map : h]", "[\"x\", \"y\"]"),
      // Templates.
      ("\"a${n}b\"", "\"a4b\""), ("\"${n}\"", "4"), ("\"${nothing}\"", "null"),
      ("\"a${nothing}\"", "null"), ("\"a${true}$${n}\"", "\"atrue$${n}\""), ("\"${list}x\"", "u"),
      ("\"a${1.50}\"", "\"a1.5\""), ("\"a ${~ n ~} b\"", "u"), ("\"%{ if true }a%{ endif }\"", "u"),
      // Objects.
      ("{ a = 1, \"b\" = 2, (s) = 3 }", "{ a = 1, b = 2, text = 3 }"), ("{ (nothing) = 1 }", "{}"),
      ("{ a = 1 }.a", "1"),
      // Failing.
      ("try(nothing.a, 2)", "2"), ("try(map.z, map.a)", "\"x\""), ("try(u, 1)", "u"),
      ("try(tonumber(\"x\"), 1)", "1"), ("can(map.a)", "true"), ("can(map.z)", "false"),
      ("can(u)", "u"), ("can(regex(\"^b\", \"abc\"))", "false"),
      ("can(regex(\"b\", \"abc\"))", "true"),
      ("can(cidrnetmask(\"10.0.0.0/33\"))", "false"), ("can(cidrnetmask(\"10.0.0.0/32\"))", "true"),
      ("min([1, 2]...)", "1"), ("max(u...)", "u"),
    ])
  func `gives`(_ text: String, _ expected: String) throws {
    #expect(try value(text, names) == value(expected, ["u": .unknown]))
  }

  @Test func `asks the scope for what is behind a handle`() throws {
    final class Scope: EvaluationScope {
      func root(_ name: String) -> Value? { name == "h" ? .handle(.init(kind: 7, id: 3)) : nil }
      func attribute(_ name: String, of handle: Value.Handle) -> Value {
        .string("\(handle.kind)\(handle.id)\(name)")
      }
    }
    let evaluator = Evaluator(Scope())
    for (text, expected) in [("h.a", "73a"), ("h[\"b\"]", "73b"), ("h[*].c", "73c")] {
      let value = try evaluator.value(of: expression(text))
      #expect((value.elements?.first ?? value) == .string(expected))
    }
  }
}
