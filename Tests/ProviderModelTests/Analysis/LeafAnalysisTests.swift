import Diagnostics
import ProviderModel
import Testing

@Suite struct `Leaf analysis` {
  /// `name` replaces and has limits; `label` is frozen; `rule.port` is a range and replaces.
  private let schema = #"""
    {"acme_vm": {"block": {
      "attributes": {
        "name": {"required": true}, "label": {"optional": true}, "size": {"optional": true},
        "key": {"computed": true, "sensitive": true}
      },
      "block_types": {"rule": {"block": {"attributes": {"port": {"optional": true}},
        "block_types": {"deep": {"block": {"attributes": {"mode": {"optional": true}}}}}}}}
    }}}
    """#
  private let constraints = #"""
    {"acme_vm": {"attributes": {
      "name": {"force_new": true, "length": "2 - 9"},
      "size": {"elem": {"one_of": "[s m]"}},
      "rule": {"block": {
        "port": {"force_new": true, "range": "1 - 99"},
        "deep": {"block": {"mode": {"at_least": "3"}}}
      }}
    }}}
    """#

  private func analysis(_ text: String) throws -> LeafAnalysis {
    var diagnostics = Diagnostics()
    let catalog = makeCatalog(
      provider: "type \"acme_vm\" {\nargument \"label\" { frozen = true }\n}\n", schema: schema,
      constraints: constraints, ["vm": text], into: &diagnostics)
    #expect(findings(diagnostics) == [])
    return LeafAnalysis(try #require(catalog.allModules.first), catalog)
  }

  /// The value of an argument, and the path to which its facts belong.
  @Test(
    arguments: [
      ("var.a", "a"), ("(var.a)", "a"), ("var.a.b", "a.b"), ("local.l", "l.x"),
      ("one(var.a[*].b)", "a.b"),
      ("var.a[0].b", "a.b"), ("[var.a]", "a"), ("toset(var.a)", "a"),
      ("sort(distinct(var.a))", "a"),
      ("var.b ? var.a : null", "a"), ("var.b ? null : var.a", "a"), ("each.value.c", "many.c"),
      ("\"${var.a}x\"", nil), ("upper(var.a)", nil), ("[var.a, var.b]", nil),
      ("var.b ? var.a : 1", nil),
      ("\"x\"", nil), ("other.this.id", nil), ("each.key", nil),
    ] as [(String, String?)])
  func `follows values`(_ text: String, _ path: String?) throws {
    let analysis = try analysis(
      """
      locals { l = local.m }
      locals { m = var.l.x }
      resource "acme_vm" "this" {
        for_each = var.many
        name     = \(text)
      }
      """)
    #expect(analysis.facts.keys.sorted() == [path].compactMap(\.self))
    if let path { #expect(analysis.facts[path]?.length == 2...9) }
    #expect(analysis.facts.values.allSatisfy { !$0.replaces })
  }

  @Test func `follows dynamic blocks`() throws {
    let analysis = try analysis(
      """
      resource "acme_vm" "this" {
        dynamic "rule" {
          for_each = var.rules[*]
          content {
            port = rule.value.port
            dynamic "deep" {
              for_each = rule.value.deep
              iterator = ignored
              content { mode = deep.value.mode }
            }
          }
        }
        rule { port = var.plain }
      }
      """)
    #expect(analysis.facts["rules.port"]?.range == 1...99)
    #expect(analysis.facts["plain"]?.range == 1...99)
    #expect(analysis.facts["rules.deep.mode"]?.range?.lowerBound == 3)
    #expect(analysis.replacing == ["plain", "rules"])
  }

  @Test func `prefers what is written`() throws {
    let analysis = try analysis(
      """
      variable "a" {
        type   = string
        length = [3, 4]
      }
      variable "o" {
        type = object({ b = string })
        field "b" { pattern = "^x$" }
      }
      resource "acme_vm" "this" {
        name = var.a
        size = var.o.b
      }
      """)
    #expect(analysis.facts["a"]?.length == 3...4)
    #expect(analysis.facts["o.b"]?.pattern == "^x$")
    #expect(analysis.facts["o.b"]?.oneOf == [.string("s"), .string("m")])
  }

  /// A resource's body, what replaces, what is frozen.
  @Test(
    arguments: [
      ("name = \"${local.l}-${upper(var.b)}\"", ["b", "l"], []),
      ("label = coalesce(var.a, var.b)", [], ["a", "b"]), ("size = var.a", [], []),
      ("name = var.a\nlifecycle {\nignore_changes = [name]\n}", [], []),
      ("label = var.a\nlifecycle {\nignore_changes = [name, label]\n}", [], ["a"]),
      ("name = var.a\nlifecycle {\nignore_changes = [size]\n}", ["a"], []),
      ("rule {\nport = var.a\n}\nlifecycle {\nignore_changes = [rule]\n}", [], []),
      ("count = var.a\nname = \"x\"", [], []),
    ] as [(String, [String], [String])])
  func `knows what a change does`(_ body: String, _ replacing: [String], _ frozen: [String]) throws
  {
    let analysis = try analysis(
      "locals {\nl = \"x${local.m}\"\nm = [var.l]\n}\nresource \"acme_vm\" \"this\" {\n\(body)\n}")
    #expect(analysis.replacing.sorted() == replacing)
    #expect(analysis.frozen.sorted() == frozen)
  }

  @Test(
    arguments: [
      ("acme_vm.this.name", false), ("acme_vm.this.key", true), ("acme_vm.this[0].key", true),
      ("one(acme_vm.this[*].key)", true), ("local.hidden", true), ("local.round", false),
      ("\"x${var.secret}\"", true), ("[for k, v in var.env : v]", true), ("var.plain", false),
      ("{ a = local.hidden }", true), ("[for x in [1] : x.this.key]", false),
    ])
  func `finds what is hidden`(_ text: String, _ isHidden: Bool) throws {
    let analysis = try analysis(
      """
      variable "secret" {
        type      = string
        sensitive = true
      }
      variable "env" {
        type = any
        from = { (item.name) = app.env }
      }
      variable "plain" { type = string }
      locals {
        hidden = upper(local.inner)
        inner  = acme_vm.this.key
        round  = local.trip
        trip   = local.round
      }
      resource "acme_vm" "this" { name = "x" }
      output "o" {
        value       = \(text)
        description = "O"
      }
      """)
    #expect(analysis.sensitiveOutputs == (isHidden ? ["o"] : []))
  }
}
