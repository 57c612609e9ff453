import Diagnostics
import Files
import Foundation
import Generation
import ProviderModel
import Testing

/// What links and monitors have instances for: providers of their own, whose specs stand here.
@Suite struct SelectionTests {
  private static func leaf(
    _ type: String, _ role: String, _ head: String, _ variables: [(String, String, String)],
    outputs: [String] = ["id"], body: String = ""
  ) -> (path: String, text: String) {
    let inputs = variables.map { name, type, from in
      """
        variable "\(name)" {
          type        = \(type)
          \(from)
          description = "Input \(name)"
        }
      """
    }
    let results = outputs.map { "  output \"\($0)\" {\n value = \"x\"\n description = \"It\"\n }" }
    return (
      "acme/\(type).hcl",
      """
      module "\(type)" {
        serves      = "\(role)"
        title       = "A \(type)"
        description = "Makes a \(type)"
      \(head)
      \(inputs.joined(separator: "\n"))
      \(results.joined(separator: "\n"))
      \(body)
      }

      """
    )
  }

  private static let specs =
    [
      (
        "acme/provider.hcl",
        """
        provider "acme" {
          title   = "Acme"
          source  = "acme/acme"
          version = "~> 1.0"
          argument "owner" { from = [settings.owner, project.repo.owner] }
          argument "endpoint" { from = settings.endpoint }
          setting "owner" {
            type    = string
            default = null
          }
          setting "endpoint" {
            type    = string
            default = null
          }
          setting "published" {
            type    = list(string)
            default = []
          }
        }
        """
      ),
      leaf("vm", "app", "", [], outputs: ["id", "address"]),
      leaf("lambda", "app", "", []),
      leaf("site", "app", "", []),
      leaf(
        "zone", "resource", "",
        [("domain", "string", "example = \"example.com\"")], outputs: ["id", "name", "token"]),
      leaf(
        "record", "link",
        """
        each "domain" {
          where  = domain.dns == provider.name
          needs  = [app.outputs.address]
          unless = ["acme.lambda"]
        }
        """,
        [
          (
            "zone", "object({ name = string })",
            "from = domain.zone\n refers_to = \"zone\"\n match = config.domain"
          ),
          ("address", "string", "from = app.outputs.address"),
        ], outputs: []),
      leaf(
        "secret", "link",
        """
        each "output" {
          where = contains(settings.published, "${item.name}.${output.name}")
        }
        """,
        [
          ("value", "string", "from = output.value"), ("key", "string", "from = output.name"),
          ("gate", "string", "from = one(peers.acme.gate[*].name)\n default = null"),
          ("owner", "string", "from = [settings.owner, project.repo.owner]\n default = null"),
        ],
        outputs: [],
        body: """
            rule {
              condition = var.owner != null
              message   = "Nobody owns it."
            }
          """),
      leaf("gate", "link", "each \"project\" {}", [], outputs: ["name"]),
      leaf(
        "vault", "resource", "",
        [("key", "bool", "default = false"), ("wide", "bool", "default = false")], outputs: [],
        body: """
            locals {
              wide = var.wide ? "x" : null
            }
            resource "acme_key" "this" {
              count = var.key ? 1 : 0
            }
            resource "acme_lock" "this" {
              for_each = toset(var.key ? ["a"] : [])
            }
            output "id" {
              value       = one(acme_key.this[*].id)
              description = "It"
            }
            output "wide" {
              value       = local.wide
              description = "It"
            }
            output "lock" {
              value       = one([for lock in acme_lock.this : lock.id])
              description = "It"
            }
          """),
      leaf(
        "group", "link",
        """
        each "project" {
          needs  = [items.outputs.address]
        }
        """,
        [
          (
            "members", "map(string)",
            "from = { for i in items : \"${i.kind}.${i.name}\" => i.outputs.address }"
          )
        ], outputs: []),
      leaf(
        "ping", "monitor",
        """
        environments = ["production"]
        each "check" {
          of = ["http"]
        }
        """,
        [
          ("url", "string", "from = check.config.url"),
          ("channels", "list(string)", "from = peers.acme.pager[*].id\n default = []"),
        ]),
      leaf(
        "page", "monitor", "each \"project\" {}",
        [("checks", "list(string)", "from = peers.acme.ping[*].id\n default = []")], outputs: []),
      leaf(
        "pager", "notification", "each \"project\" {}",
        [("number", "string", "default = \"112\"")]),
    ] + backends

  private func result(_ rest: String, was: String = "") -> Generated {
    let text = """
      {
        "project": { "name": "shop", "repo": "acme-org/shop" },
        "resources": [
          { "name": "main", "type": "zone", "provider": "acme", "config": { "domain": "example.com" } }
        ],
        "apps": [
          {
            "name": "web", \(was) "path": "web", "infra": { "provider": "acme", "type": "vm" },
            "domains": [
              { "name": "www.example.com", "zone": "example.com" },
              { "name": "www.example.org", "zone": "example.org" }
            ]
          },
          {
            "name": "job", "path": "job", "infra": { "provider": "acme", "type": "lambda" },
            "domains": [{ "name": "job.example.com", "zone": "example.com" }]
          }
        ]\(rest.isEmpty ? "" : ", " + rest)
      }
      """
    return generated(Array(text.utf8), catalog: Catalog(files: Self.specs))
  }

  private func text(_ tree: FileTree, _ path: String) throws -> String {
    String(decoding: try #require(tree["infra/" + path]), as: UTF8.self)
  }

  @Test func `a domain is joined where its zone stands`() throws {
    let tree = try result("").wholeTree()
    let data = try text(tree, "project.auto.tfvars.json")
    #expect(data.contains(#""name": "www.example.com""#))
    #expect(data.contains(#""zone": "main""#))
    // Its zone is elsewhere; the leaf sees to it itself.
    #expect(!data.contains(#""name": "www.example.org""#))
    #expect(!data.contains(#""name": "job.example.com""#))
    let router = try text(tree, "modules/links/main.tf")
    #expect(router.contains("var.app_outputs[each.value.app].address"))
    #expect(router.contains("var.resource_outputs[each.value.refs.zone].name"))
  }

  @Test func `outputs that settings name are handed on`() throws {
    let settings =
      #""infra": {"providers": {"acme": {"published": ["web.address", "main.token"]}}}"#
    let tree = try result(settings, was: #""was": "site","#).wholeTree()
    let router = try text(tree, "modules/links/main.tf")
    #expect(
      router.contains(
        "{ app_outputs = var.app_outputs, resource_outputs = var.resource_outputs }[each.value.source][each.value.item][each.value.output]"
      ))
    let moves = try text(tree, "moved.tf")
    #expect(moves.contains(#"module.links.module.acme_secret["web.address"]"#))
    #expect(moves.contains(#"module.links.module.acme_secret["site.address"]"#))
    #expect(!moves.contains("acme_record"))
  }

  @Test func `outputs that are null are handed to nobody`() throws {
    func keys(_ config: String) throws -> [Bool] {
      let rest = #"""
        "resources": [{ "name": "box", "type": "vault", "provider": "acme", "config": \#(config) }],
        "infra": {"providers": {"acme": {"published": ["box.id", "box.wide", "box.lock"]}}}
        """#
      let manifest = #"{ "project": { "name": "shop", "repo": "acme/shop" }, \#(rest) }"#
      let tree = try generated(Array(manifest.utf8), catalog: Catalog(files: Self.specs))
        .wholeTree()
      let data = try text(tree, "project.auto.tfvars.json")
      return ["id", "wide", "lock"].map { data.contains(#""name": "box.\#($0)""#) }
    }
    #expect(try keys("{}") == [false, false, false])
    #expect(try keys(#"{"key": true}"#) == [true, false, true])
    #expect(try keys(#"{"wide": true}"#) == [false, true, false])
  }

  @Test func `what the project lacks is said once`() throws {
    let manifest = #"""
      {
        "project": { "name": "shop" },
        "resources": [
          { "name": "main", "type": "zone", "provider": "acme", "config": { "domain": "a.com" } }
        ],
        "infra": { "providers": { "acme": { "published": ["main.token", "main.name"] } } }
      }
      """#
    let found = generated(Array(manifest.utf8), catalog: Catalog(files: Self.specs)).diagnostics
    #expect(found.items.filter { $0.id == "config.rule" }.map(\.summary) == ["Nobody owns it"])
    #expect(found.items.filter { $0.id == "config.rule" }.map(\.detail) == ["This concerns Acme."])
  }

  @Test func `links read those of their router`() throws {
    let settings = #""infra": {"providers": {"acme": {"published": ["main.token"]}}}"#
    let router = try text(try result(settings).wholeTree(), "modules/links/main.tf")
    #expect(router.contains("one(values(module.acme_gate)[*].name)"))
    // Nobody reads it where there is nothing to hand on.
    let file = "infra/providers/acme/gate/outputs.tf"
    #expect(try result(settings).wholeTree()[file] != nil)
    #expect(try result("").wholeTree()[file] == nil)
  }

  @Test func `the project's items are those with the output`() throws {
    let tree = try result("").wholeTree()
    let router = try text(tree, "modules/links/main.tf")
    #expect(
      router.contains(
        #"{ for i in each.value.items : "${i.kind}.${i.name}" => var.app_outputs[i.name].address }"#
      ))
    let data = try text(tree, "project.auto.tfvars.json")
    #expect(data.contains(#""kind": "app""#) && !data.contains(#""kind": "resource""#))
  }

  @Test func `monitors read those before them`() throws {
    let rest = """
      "notifications": { "acme": { "number": "911" } },
      "monitoring": { "custom": [
        { "name": "Feed", "type": "http", "config": { "url": "https://example.com" } },
        { "name": "Mail", "type": "dns", "config": { "domain": "example.com" } }
      ] }
      """
    let result = result(rest)
    let tree = try result.wholeTree()
    let router = try text(tree, "modules/monitoring/main.tf")
    #expect(router.contains("values(module.acme_pager)[*].id"))
    #expect(router.contains("values(module.acme_ping)[*].id"))
    #expect(try text(tree, "project.auto.tfvars.json").contains(#""number": "911""#))
    #expect(result.text.contains("`Mail` can't be watched: no provider in use does `dns`"))
    #expect(result.text.contains("Acme does `http`"))
  }

  @Test func `nobody is told where nobody is named`() throws {
    let tree = try result(#""monitoring": {}"#).wholeTree()
    #expect(tree["infra/providers/acme/pager/main.tf"] == nil)
    #expect(tree["infra/providers/acme/ping/main.tf"] == nil)
    #expect(try text(tree, "modules/monitoring/main.tf").contains("acme_page"))
    let off = try result(#""monitoring": false"#).wholeTree()
    #expect(off["infra/modules/monitoring/main.tf"] == nil)
  }

  @Test func `limits of a leaf give way to the manifest's`() throws {
    let check = #""custom": [{"name": "A", "type": "http", "config": {"url": "https://a.com"}}]"#
    let both = #""infra": {"environments": ["production", "staging"]}"#
    func data(_ limits: String) throws -> String {
      let tree = try result("\(both), \"monitoring\": {\(limits)\(check)}").wholeTree()
      return try text(tree, "project.auto.tfvars.json")
    }
    let usual = try data("")
    let given = try data(#""environments": ["staging"], "#)
    func environments(_ text: String) -> String? {
      text.components(separatedBy: #""type": "ping""#).last?.components(separatedBy: "\"config\"")
        .first
    }
    #expect(environments(usual)?.contains("production") == true)
    #expect(environments(given)?.contains("staging") == true)
    #expect(environments(given)?.contains("production") == false)
  }

  @Test func `arguments of providers come from the project`() throws {
    let tree = try result("").wholeTree()
    #expect(try text(tree, "providers.tf").contains("owner = var.acme_owner"))
    #expect(try !text(tree, "providers.tf").contains("endpoint"))
    #expect(try text(tree, "project.auto.tfvars.json").contains(#""acme_owner": "acme-org""#))
  }

  @Test func `services that tell nobody are unknown`() {
    let findings = result(#""notifications": {"acne": {}, "acme": "x"}"#).text
    #expect(findings.contains("`acne` isn't a key of `notifications`"))
    #expect(findings.contains("Did you mean `acme`?"))
    #expect(findings.contains("`acme` must be an object, true or false"))
  }
}
