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
