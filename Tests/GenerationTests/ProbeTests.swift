import AppManifest
import Diagnostics
import Files
import Foundation
import Generation
import ProviderModel
import TestSupport
import Testing

/// How what exists is found out: what is asked, and what follows from the answers.
@Suite struct ProbeTests {
  private static func detection(
    _ manifest: String, in environment: String = "production"
  ) throws -> Detection {
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "app.json", text: manifest)
    let read = try #require(readManifest(file, into: &diagnostics))
    let input = GenerationInput(manifest: read, catalog: catalog, version: "0.1.0")
    let found = Generation.detection(input, in: environment, into: &diagnostics)
    return try #require(found, "\(TextRenderer(color: false).render(diagnostics))")
  }

  @Test(arguments: Golden.cases("probes"))
  func `asks what is recorded`(_ name: String) throws {
    let bytes = try #require(Golden.bytes("probes/\(name)/app.json"))
    let detection = try Self.detection(String(decoding: bytes, as: UTF8.self))
    let tree = detection.probe(of: detection.items)
    for problem in try Golden.problems(of: tree, in: "probes/\(name)/production") {
      Issue.record(Comment(rawValue: problem))
    }
    let unasked = detection.items.compactMap { item in
      item.obstacle.map { "\(item.name): \($0)\n" }
    }.joined()
    if let problem = try Golden.problem(of: unasked, in: "probes/\(name)/unasked.txt") {
      Issue.record(Comment(rawValue: problem))
    }
    #expect(detection.probe(of: detection.items) == tree)
  }

  @Test func `what isn't asked about leaves no trace`() throws {
    let bytes = try #require(Golden.bytes("probes/others/app.json"))
    let detection = try Self.detection(String(decoding: bytes, as: UTF8.self))
    let tree = detection.probe(of: detection.items.filter { $0.name == "lan" })
    let text = tree.paths.map { String(decoding: tree[$0] ?? [], as: UTF8.self) }.joined()
    #expect(text.contains("hcloud_network") && !text.contains("turso") && !text.contains("b2_"))
    #expect(tree["variables.tf"] == nil)
  }

  // MARK: - Answers

  private static func item(_ type: String, _ name: String = "it") throws -> ItemLookup {
    let detection = try Self.detection(
      """
      {"project": {"name": "shop", "repo": {"owner": "acme", "name": "shop"}},
       "resources": [{"name": "\(name)", "type": "\(type)", "provider": "digitalocean", "config": {"region": "fra1"}}]}
      """)
    return try #require(detection.items.first)
  }

  private static let found = LookupAnswer(
    .fail, messages: [#"{"found":{"id":"12","import_id":"fra1,12"}}"#])

  @Test func `an answer is one of the probe's own, or the provider's words`() throws {
    let item = try Self.item("vpc")
    let check = try #require(item.checks.first)
    func existence(_ answer: LookupAnswer, _ words: String? = nil) -> Existence {
      item.existence([check: answer], words: words)
    }
    #expect(existence(Self.found) == .found(id: "12", importID: "fra1,12"))
    #expect(existence(LookupAnswer(.pass)) == .absent)
    let none = "no VPCs found with name shop-it"
    #expect(existence(LookupAnswer(.fail, messages: [none])) == .absent)
    let several = "too many VPCs found with name shop-it (found 2, expected 1)"
    #expect(
      existence(LookupAnswer(.fail, messages: [several])) == .ambiguous([], words: several))
    for words in [
      "403 You are not authorized", "x: \(none)", "No VPCs found with name shop-it", "",
      #"{"found":{"id":"12"},"more":1}"#, #"{"found":{"id":null}}"#,
    ] {
      #expect(
        existence(LookupAnswer(.fail, messages: [words])) == .unknown(words: words), "\(words)")
    }
  }

  @Test func `what wasn't answered is unknown, never absent`() throws {
    let item = try Self.item("vpc")
    let check = try #require(item.checks.first)
    for status in [LookupAnswer.Status.unknown, .error] {
      let answer = [check: LookupAnswer(status, messages: ["no VPCs found with name shop-it"])]
      #expect(
        item.existence(answer, words: "the token is wrong") == .unknown(words: "the token is wrong")
      )
      guard case .unknown = item.existence(answer, words: nil) else {
        Issue.record("\(status) isn't unknown")
        continue
      }
    }
    guard case .unknown = item.existence([:], words: nil) else {
      Issue.record("no answer isn't unknown")
      return
    }
  }

  @Test func `several candidates count, whatever is said of one`() throws {
    let detection = try Self.detection(
      """
      {"project": {"name": "shop", "repo": {"owner": "acme", "name": "shop"}},
       "apps": [{"name": "web", "infra": {"type": "vm", "provider": "digitalocean", "config": {"region": "fra1"}}}]}
      """)
    let item = try #require(detection.items.first { $0.name == "web" })
    let checks = item.checks
    try #require(checks.count == 2)
    let list =
      #"{"candidates":[{"id":"1","region":"fra1","created_at":"x"},{"id":"2","region":"ams3"}]}"#
    let answers = [checks[0]: Self.found, checks[1]: LookupAnswer(.fail, messages: [list])]
    guard case .ambiguous(let candidates, _) = item.existence(answers, words: nil) else {
      Issue.record("\(item.existence(answers, words: nil))")
      return
    }
    #expect(candidates.map(\.id) == ["1", "2"])
    #expect(candidates.map(\.facts) == [["fra1", "x"], ["ams3"]])
    let alone = [checks[0]: Self.found, checks[1]: LookupAnswer(.pass)]
    #expect(item.existence(alone, words: nil) == .found(id: "12", importID: "fra1,12"))
    // Who may not list still gets the answer to the question itself.
    let refused = [checks[0]: Self.found, checks[1]: LookupAnswer(.fail, messages: ["403"])]
    #expect(item.existence(refused, words: nil) == .found(id: "12", importID: "fra1,12"))
  }

  @Test func `an id that is given is looked up, where the provider takes one`() throws {
    let id = "5a4981aa-9653-4bd1-bef5-d6bff52042e4"
    let detection = try Self.detection(
      """
      {"project": {"name": "shop", "repo": {"owner": "acme", "name": "shop"}},
       "resources": [{"name": "net", "type": "vpc", "provider": "digitalocean", "manage": "existing", "id": "\(id)"}]}
      """)
    let tree = detection.probe(of: detection.items)
    let text = String(decoding: tree["main.tf"] ?? [], as: UTF8.self)
    #expect(text.contains("id = \"\(id)\"") && !text.contains("name ="))
    #expect(detection.items.map(\.decision) == [.existing])
  }

  @Test func `imports begin with what the id is of, under the addresses of the tree`() throws {
    let detection = try Self.detection(
      """
      {"project": {"name": "shop", "repo": {"owner": "acme", "name": "shop"}},
       "resources": [{"name": "db", "type": "postgres", "provider": "digitalocean", "manage": "adopt", "id": "12", "config": {"region": "fra1"}}]}
      """)
    let item = try #require(detection.items.first)
    let module = #"module.resources.module.digitalocean_postgres["db"]"#
    #expect(item.imports.first?.address == "\(module).digitalocean_database_cluster.this")
    #expect(item.imports.first?.id == "12")
    #expect(
      item.imports.contains { target in
        target.address == "\(module).digitalocean_database_firewall.this[0]" && target.id == "12"
      })
    let file = String(decoding: Detection.importFile(item.imports), as: UTF8.self)
    #expect(file.contains("to = \(module).digitalocean_database_cluster.this\n  id = \"12\""))
  }
}
