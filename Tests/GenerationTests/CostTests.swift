import AppManifest
import Diagnostics
import Generation
import ProviderModel
import Testing

/// What projects cost.
///
/// Every amount here was worked out by hand from the tables beside it.
@Suite struct CostTests {
  /// Machines at 3 and 7.5 euros, an address at 0.5, disks at 0.0572 a gigabyte; buckets at 5
  /// dollars an account, and 0.02 a gigabyte beyond 250.
  private static let specs = [
    (
      path: "acme/provider.hcl",
      text: """
      provider "acme" {
        title   = "Acme"
        source  = "acme/acme"
        version = "~> 1.0"
        prices "vm" {
          currency    = "EUR"
          as_of       = "2026-01-31"
          confidence  = "A"
          source      = "https://acme.example/prices"
          amounts     = { small = 3, large = 7.5 }
          confidences = { large = "C" }
        }
        prices "extra" {
          currency = "EUR"
          as_of    = "2025-12-01"
          amounts  = { address = 0.5, disk_gb = 0.0572, network = 0 }
        }
        prices "bucket" {
          currency   = "USD"
          as_of      = "2025-11-01"
          confidence = "B"
          amounts    = { subscription = 5, gb = 0.02 }
        }
      }

      """
    ),
    leaf(
      "vm", serves: "app",
      """
        variable "size" {
          type        = string
          default     = "small"
          description = "Size"
        }
        variable "address" {
          type        = bool
          default     = false
          description = "Whether it has an address"
        }
        setting "host" {
          type        = string
          default     = null
          refers_to   = "vm"
          description = "Machine of another app"
        }
        price "machine" { amount = prices.vm[var.size] }
        price "address" { amount = var.address ? prices.extra.address : 0 }
      """, head: "members = \"host\""),
    leaf(
      "disk", serves: "resource",
      """
        variable "size" {
          type        = number
          default     = 10
          description = "Size in GB"
        }
        price "storage" { amount = var.size < 1000 ? var.size * prices.extra.disk_gb : null }
      """),
    leaf(
      "bucket", serves: "resource",
      """
        variable "fast" {
          type        = bool
          default     = false
          description = "Whether it is fast"
        }
        setting "expected_gb" {
          type        = number
          default     = null
          description = "What will be stored"
        }
        price "subscription" {
          amount = prices.bucket.subscription
          once   = true
        }
        price "storage" {
          amount = inputs.expected_gb * prices.bucket.gb
          free   = 250 * prices.bucket.gb
          usage  = "expected_gb"
        }
        price "requests" {
          amount  = var.fast ? null : 0
          metered = true
        }
      """),
    leaf("network", serves: "resource", "  price \"network\" { amount = prices.extra.network }"),
    leaf("mystery", serves: "resource", ""),
  ]

  private static func leaf(
    _ type: String, serves role: String, _ text: String, head: String = ""
  ) -> (path: String, text: String) {
    (
      "acme/\(type).hcl",
      """
      module "\(type)" {
        serves      = "\(role)"
        title       = "A \(type)"
        description = "Makes a \(type)"
        \(head)
      \(text)
        output "id" {
          value       = "x"
          description = "It"
        }
      }

      """
    )
  }

  /// The costs of items, given as the inside of `resources` and `apps`.
  private func costs(
    _ resources: String, apps: String = "", environments: String = #""production""#
  ) throws -> CostReport {
    var diagnostics = Diagnostics()
    let catalog = Catalog(files: Self.specs + backends, into: &diagnostics)
    let text = """
      {"project": {"name": "shop"}, "infra": {"environments": [\(environments)]},
       "resources": [\(resources)], "apps": [\(apps)]}
      """
    let file = SourceFile(name: "app.json", text: text)
    let manifest = try #require(readManifest(file, into: &diagnostics))
    let input = GenerationInput(manifest: manifest, catalog: catalog, version: "0.1.0")
    let description = describe(input, into: &diagnostics)
    return try #require(description, "\(TextRenderer(color: false).render(diagnostics))").costs
  }

  private func resource(_ name: String, _ type: String, _ more: String = "") -> String {
    #"{"name": "\#(name)", "type": "\#(type)", "provider": "acme"\#(more)}"#
  }

  private func app(_ name: String, _ config: String, _ more: String = "") -> String {
    #"""
    {"name": "\#(name)", "type": "golang", "path": "\#(name)",
     "infra": {"provider": "acme", "type": "vm", "config": \#(config)}\#(more)}
    """#
  }

  private func money(_ currency: String, _ amount: String) throws -> Money {
    Money(currency: currency, amount: try #require(Number(amount)))
  }

  @Test func `adds up the parts of an item exactly, and knows where they come from`() throws {
    // 7.5 + 0.5 and 130 x 0.0572 = 7.436
    let report = try costs(
      resource("data", "disk", #", "config": {"size": 130}"#),
      apps: app("web", #"{"size": "large", "address": true}"#))
    let environment = try #require(report.environments.first)
    #expect(environment.items.map(\.name) == ["data", "web"])
    #expect(environment.items[0].amounts == [try money("EUR", "7.436")])
    #expect(environment.items[1].amounts == [try money("EUR", "8")])
    #expect(environment.totals == [try money("EUR", "15.436")])
    #expect(report.totals == environment.totals)
    let machine = try #require(environment.items[1].parts.first)
    #expect(
      machine.evidence == [
        PriceEvidence(
          confidence: "C", asOf: "2026-01-31", source: "https://acme.example/prices")
      ])
  }

  @Test func `a part that isn't in use is none, one that is free is`() throws {
    let report = try costs(resource("net", "network"), apps: app("web", "{}"))
    let items = report.environments[0].items
    #expect(items[0].parts.map(\.amount) == [try money("EUR", "0")])
    #expect(items[0].parts[0].evidence.map(\.asOf) == ["2025-12-01"])
    #expect(items[1].parts.map(\.name) == ["machine"])
    #expect(items.map(\.isIncomplete) == [false, false])
    #expect(report.totals == [try money("EUR", "3")])
  }

  @Test func `what has no price is named and never 0`() throws {
    let report = try costs(
      [
        resource("huge", "disk", #", "config": {"size": 1000}"#), resource("what", "mystery"),
        resource("files", "bucket", #", "config": {"fast": true}"#),
      ].joined(separator: ","), apps: app("web", #"{"size": "giant", "address": true}"#))
    let items = report.environments[0].items
    #expect(items.map(\.isIncomplete) == [true, true, true, true])
    #expect(items[0].parts.map(\.gap) == [.unknown])
    #expect(items[1].parts.isEmpty && !items[1].hasPrices)
    #expect(
      items[2].parts.map(\.gap) == [nil, .usage(setting: "expected_gb"), .usage(setting: nil)])
    #expect(items[3].parts.map(\.gap) == [.missing(rows: ["giant"]), nil])
    // The address alone, and the subscription of the account.
    #expect(report.totals == [try money("EUR", "0.5"), try money("USD", "5")])
  }

  @Test func `an account pays and gets once what is so`() throws {
    // 300 x 0.02 = 6 and 100 x 0.02 = 2; 250 of them free: 5; the subscription: 5.
    let report = try costs(
      [
        resource("a", "bucket", #", "config": {"expected_gb": 300}"#),
        resource("b", "bucket", #", "config": {"expected_gb": 100}"#),
      ].joined(separator: ","))
    let environment = report.environments[0]
    #expect(environment.items.map(\.amounts) == [[try money("USD", "6")], [try money("USD", "2")]])
    #expect(environment.charges.map(\.part) == ["subscription", "storage"])
    #expect(environment.charges.map(\.items) == [["a", "b"], ["a", "b"]])
    #expect(
      environment.charges.map(\.amount) == [try money("USD", "5"), try money("USD", "-5")])
    #expect(environment.totals == [try money("USD", "8")])
  }

  @Test func `no more is free than is used`() throws {
    // 12.5 x 0.02 = 0.25, all of it free.
    let report = try costs(resource("a", "bucket", #", "config": {"expected_gb": 12.5}"#))
    #expect(report.environments[0].charges.map(\.amount.amount.text) == ["5", "-0.25"])
    #expect(report.totals == [try money("USD", "5")])
    // What nobody uses needs no gift.
    let none = try costs(resource("a", "bucket", #", "config": {"expected_gb": 0}"#))
    #expect(none.environments[0].charges.map(\.part) == ["subscription"])
  }

  @Test func `environments share an account`() throws {
    // Each: 200 x 0.02 = 4, all free, and 5; together 8 - 5 + 5 = 8.
    let report = try costs(
      resource("a", "bucket", #", "config": {"expected_gb": 200}"#),
      environments: #""production", "staging""#)
    #expect(report.environments.map(\.name) == ["production", "staging"])
    #expect(
      report.environments.map(\.totals) == [[try money("USD", "5")], [try money("USD", "5")]])
    #expect(report.totals == [try money("USD", "8")])
    #expect(report.limited(to: "staging").totals == [try money("USD", "5")])
  }

  @Test func `a difference names what changes, what comes and what goes`() throws {
    // Before: 7.5 for the machine, 10 x 0.0572 = 0.572 for the disk; after: 3, and 5 of the account for the bucket.
    let before = try costs(
      [resource("old", "disk", #", "config": {"size": 10}"#), resource("net", "network")]
        .joined(separator: ","), apps: app("web", #"{"size": "large"}"#))
    let after = try costs(
      [resource("files", "bucket"), resource("net", "network")].joined(separator: ","),
      apps: app("web", "{}"))
    let difference = CostDifference(
      "production", before: before.environments[0], after: after.environments[0])
    #expect(difference.rows.map(\.name) == ["web", "Acme, subscription", "old"])
    #expect(
      difference.rows.map(\.changes) == [
        [try money("EUR", "-4.5")], [try money("USD", "5")], [try money("EUR", "-0.572")],
      ])
    #expect(difference.before == [try money("EUR", "8.072")])
    #expect(difference.after == [try money("EUR", "3"), try money("USD", "5")])
    #expect(difference.changes == [try money("EUR", "-5.072"), try money("USD", "5")])
    let none = CostDifference(
      "production", before: after.environments[0], after: after.environments[0])
    #expect(none.rows.isEmpty && none.changes.isEmpty)
    let first = CostDifference("production", before: nil, after: after.environments[0])
    #expect(first.before == nil && first.rows.isEmpty && first.changes.isEmpty)
    let last = CostDifference("production", before: after.environments[0], after: nil)
    #expect(last.after.isEmpty && last.isComplete)
    #expect(last.changes == [try money("EUR", "-3"), try money("USD", "-5")])
  }

  @Test func `overrides count, and currencies stay apart`() throws {
    let report = try costs(
      resource("files", "bucket"),
      apps: app(
        "web", #"{"size": "large"}"#,
        #", "environments": {"staging": {"config": {"size": "small", "address": true}}}"#),
      environments: #""production", "staging""#)
    #expect(
      report.environments.map(\.totals) == [
        [try money("EUR", "7.5"), try money("USD", "5")],
        [try money("EUR", "3.5"), try money("USD", "5")],
      ])
    #expect(report.totals == [try money("EUR", "11"), try money("USD", "5")])
  }

  @Test func `what shares a machine is counted with it`() throws {
    let report = try costs(
      "", apps: [app("web", "{}"), app("api", #"{"host": "web"}"#)].joined(separator: ","))
    let items = report.environments[0].items
    #expect(items[1].exemption == .sharesMachine(of: "web") && !items[1].isIncomplete)
    #expect(report.totals == [try money("EUR", "3")])
  }

  @Test func `a manifest with errors costs nothing that is known`() throws {
    var diagnostics = Diagnostics()
    let catalog = Catalog(files: Self.specs + backends, into: &diagnostics)
    let text = #"{"project": {"name": "shop"}, "resources": [\#(resource("a", "bukket"))]}"#
    let file = SourceFile(name: "app.json", text: text)
    let manifest = try #require(readManifest(file, into: &diagnostics))
    let input = GenerationInput(manifest: manifest, catalog: catalog, version: "0.1.0")
    #expect(describe(input, into: &diagnostics) == nil && diagnostics.hasErrors)
  }

  /// Both sums were worked out by hand from the manifests and the tables of the specs.
  @Test(arguments: [
    // db 2 x 60, its replica 30, queue 15, web 2 x 34, api 2 x 39, its workers 12 + 2 x 39,
    // buckets 5.
    ("kind-saas", ["USD 406"]),
    // USD of production: db 2 x 120, its replica 120, cache 15, cluster 2 x 48 + 40, load balancer
    // 12, disk 200 x 0.1, web 2 x 39, its worker 12, tiles 48 + a fifth of it, registry 20, five of
    // six uptime checks; of staging: databases 30 + 15 + 15, web 12 + 12, tiles 12; buckets 5.
    // EUR: disks 2 x 250 x 0.0572, load balancer 7.49, addresses 2 x 0.5, router of staging 5.49.
    ("kind-everything", ["EUR 42.58", "USD 816.6"]),
  ])
  func `whole projects cost what they cost`(name: String, totals: [String]) throws {
    var diagnostics = Diagnostics()
    let bytes = try GoldenProject(name: name).manifest()
    let file = SourceFile(name: "app.json", bytes: bytes)
    let manifest = try #require(readManifest(file, into: &diagnostics))
    let input = GenerationInput(manifest: manifest, catalog: catalog, version: "0.1.0")
    let report = try #require(describe(input, into: &diagnostics)).costs
    #expect(report.totals.map { "\($0.currency) \($0.amount.text)" } == totals)
  }
}
