import Foundation
import JSON
import Operations
import ProviderModel
import TestSupport
import Testing

@testable import CommandLineTool

/// What `infra cost` shows of whole projects, in all its forms.
@Suite struct CostCaseTests {
  @Test(
    arguments: ["kind-saas", "kind-everything"],
    [("", "expected.txt"), ("--markdown", "expected.md"), ("--json", "expected.jsonl")])
  func `shows what is recorded`(_ name: String, _ form: (option: String, file: String)) throws {
    let input = Golden.root.appending(path: "projects/\(name)/input").path
    let words = ["infra", "cost", "-C", input] + [form.option].filter { !$0.isEmpty }
    let answer = call(words, generator: .embedded(version: "0.1.0"))
    #expect(answer.exitCode == .done)
    let problem = try Golden.problem(of: answer.output, in: "cost/\(name)/\(form.file)")
    if let problem { Issue.record(Comment(rawValue: problem)) }
  }

  @Test func `knows the environments`() throws {
    let input = Golden.root.appending(path: "projects/kind-everything/input").path
    let words = ["infra", "cost", "-C", input, "--environment"]
    let staging = call(words + ["staging"], generator: .embedded(version: "0.1.0"))
    #expect(staging.output.hasPrefix("staging\n") && !staging.output.contains("production"))
    #expect(!staging.output.contains("all environments"))
    let wrong = call(words + ["stagin"], generator: .embedded(version: "0.1.0"))
    #expect(wrong.exitCode == .wrongUsage && wrong.output.isEmpty)
    #expect(wrong.errors.contains("Did you mean `staging`?"))
  }

  @Test func `a former manifest tells what changes`() throws {
    func manifest(_ size: String, _ more: String = "") -> String {
      #"""
      {"project": {"name": "shop"}, "resources": [
        {"name": "db", "type": "postgres", "provider": "digitalocean",
         "config": {"region": "fra1", "size": "\#(size)"}}\#(more)]}
      """#
    }
    let disk =
      #", {"name": "disk", "type": "volume", "provider": "hetzner", "config": {"size": 40}}"#
    let project = try TemporaryProject(manifest: manifest("db-s-2vcpu-4gb"))
    try project.write("former.json", manifest("db-s-1vcpu-1gb", disk))
    func shown(_ words: String...) -> String {
      call(["infra", "cost"] + words, in: project, generator: .embedded(version: "0.1.0")).output
    }
    // 40 GB at EUR 0.0572; the clusters cost 15 and 60 dollars (ProviderSpecs).
    #expect(
      shown("--compare", "former.json") == """
        production
          db    USD 15.00 -> USD 60.00  +USD 45.00
          disk  EUR 2.29  -> nothing    -EUR 2.29
        total: EUR 2.29, USD 15.00 -> USD 60.00 a month, -EUR 2.29, +USD 45.00

        """)
    #expect(
      shown("--compare", "former.json", "--markdown").contains(
        "| disk | EUR 2.29 | nothing | -EUR 2.29 |"))
    #expect(
      shown("--compare", "former.json", "--json").contains(#""before":{"EUR":2.288,"USD":15}"#))
    #expect(
      shown("--compare", "app.json") == "production\ntotal: USD 60.00 a month, as before\n")
    let absent = call(
      ["infra", "cost", "--compare", "absent.json"], in: project,
      generator: .embedded(version: "0.1.0"))
    #expect(absent.exitCode == .failed && absent.errors.contains("absent.json: No such file"))
  }

  @Test func `a manifest with errors has no costs`() throws {
    let project = try TemporaryProject(
      manifest: #"""
        {"project": {"name": "shop"},
         "resources": [{"name": "a", "type": "nothing", "provider": "digitalocean"}]}
        """#)
    for option in [[], ["--markdown"], ["--json"]] {
      let answer = call(
        ["infra", "cost"] + option, in: project, generator: .embedded(version: "0.1.0"))
      #expect(answer.exitCode == .failed)
      #expect((answer.output + answer.errors).contains("provider.unsupported-type"))
      #expect(!answer.output.contains("total"))
    }
  }

  @Test(arguments: [
    ("0", "0.00"), ("5", "5.00"), ("1.098", "1.10"), ("0.005", "0.01"), ("0.004", "0.01 at most"),
    ("-0.25", "-0.25"), ("-3", "-3.00"), ("99.995", "100.00"), ("1234.5", "1234.50"),
    ("0.0695", "0.07"), ("2.004", "2.00"),
  ])
  func `amounts are shown to the cent`(number: String, text: String) throws {
    #expect(try #require(Number(number)).cents == text)
  }
}
