import Operations
import TestSupport
import Testing

@testable import CommandLineTool

struct ValidateCommandTests {
  @Test func `checks the manifest`() throws {
    let good = try TemporaryProject(manifest: "infra/a.tf A\n")
    #expect(
      call("validate", in: good)
        == Answer(exitCode: .done, output: "✓ app.json is valid\n", errors: ""))
    let bad = try TemporaryProject(manifest: "error\n")
    let answer = call("validate", in: bad)
    #expect(answer.exitCode == .failed && answer.output.isEmpty && !answer.errors.isEmpty)
    #expect(
      call("validate", "--json", in: bad).lines.last == #"{"type":"validation","valid":false}"#)
  }

  @Test func `checks the tree`() throws {
    let good = try TemporaryProject(manifest: "infra/a.tf A\n")
    #expect(
      call("infra", "validate", in: good)
        == Answer(
          exitCode: .done,
          output: """
            ✓ Schema valid
            ✓ All resource references resolve
            ✓ Provider/type combinations supported
            ✓ Configuration complete for production
            ✓ Generated Terraform well-formed (1 file)

            """, errors: ""))
    let bad = try TemporaryProject(manifest: "infra/a.tf broken\nerror\n")
    let answer = call("infra", "validate", in: bad)
    #expect(answer.exitCode == .failed)
    #expect(
      answer.lines.first == "✗ This is wrong" && answer.lines.last == "✗ infra/a.tf is broken")
    #expect(
      call("infra", "validate", "--json", in: bad).lines.suffix(6).prefix(2) == [
        #"{"type":"check","topic":"schema","outcome":"failed","errors":1}"#,
        #"{"type":"check","topic":"references","outcome":"passed","errors":0}"#,
      ])
  }

  @Test func `says what it couldn't check`() throws {
    let project = try TemporaryProject(manifest: "{")
    let answer = call(
      ["infra", "validate"], in: project, generator: .embedded(version: webkitVersion))
    #expect(answer.exitCode == .failed)
    #expect(answer.lines.first?.hasPrefix("✗ ") == true)
    #expect(answer.lines.last == "- Generated Terraform not checked")
  }

  @Test func `begins a project that is valid`() throws {
    let project = try TemporaryProject(manifest: nil)
    let answer = call("init", "--name", "acme", in: project)
    #expect(answer.exitCode == .done && answer.output == "app.json\n")
    #expect(answer.errors.contains("Wrote app.json for the project acme."))
    #expect(answer.errors.contains("It also writes .webkit/app.schema.json"))
    let generator = Generator.embedded(version: webkitVersion)
    #expect(
      call(["validate"], in: project, generator: generator)
        == Answer(exitCode: .done, output: "✓ app.json is valid\n", errors: ""))
    #expect(call(["update"], in: project, generator: generator).exitCode == .done)
    #expect(call("init", in: project).exitCode == .failed)
    #expect(call("init", "--name", "A b", in: project).exitCode == .wrongUsage)
    try project.remove("app.json")
    #expect(
      call("init", "--json", "--name=x", in: project).lines.last
        == #"{"type":"created","path":"app.json","name":"x","schema":".webkit/app.schema.json"}"#)
  }
}
