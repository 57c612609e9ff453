import TestSupport
import Testing

@testable import CommandLineTool

struct UsageTests {
  @Test(arguments: [
    (["updat"], "there is no command `updat`", "Did you mean `webkit update`?"),
    (["infra", "validat"], "there is no command `infra validat`", "webkit infra validate"),
    (["xyz", "--help"], "there is no command `xyz`", "`webkit help` lists the commands."),
    (["help", "updat"], "there is no command `updat`", "Did you mean `webkit update`?"),
    ([], "webkit needs a command", "`update`"),
    (["infra"], "webkit infra needs a command", "`infra validate`"),
    (["update", "--frce"], "there is no option `--frce`", "Did you mean `--force`?"),
    (["update", "-x"], "there is no option `-x`", "`webkit help update` says more."),
    (["--chekc"], "there is no option `--chekc`", "help"),
    (["update", "here"], "`here` is one word too many", "`webkit help update` says more."),
    (["update", "--check=yes"], "`--check` takes no value", "`webkit help update` says more."),
    (["update", "--keep"], "`--keep` needs a value", "Leave this file as it is"),
    (["update", "--keep", "--force"], "`--keep` needs a value", "Leave this file as it is"),
    (["update", "--keep", "../x"], "the path `../x` of `--keep` leads out", "relative to"),
    (["update", "--color", "alway"], "`--color` can't be `alway`", "Did you mean `always`?"),
    (["update", "--color=x"], "`--color` can't be `x`", "Write `auto`, `always` or `never`."),
  ])
  func `wrong usage is explained`(words: [String], summary: String, help: String) {
    let human = call(words)
    #expect(human.exitCode == .wrongUsage && human.output.isEmpty)
    #expect(human.errors.contains("error: \(summary)"))
    #expect(human.errors.contains("= help: ") && human.errors.contains(help))

    let json = call(words + ["--json"])
    #expect(json.exitCode == .wrongUsage && json.errors.isEmpty)
    #expect(json.lines.count == 2 && json.lines.first?.hasPrefix(#"{"type":"version""#) == true)
    #expect(json.lines.last?.hasPrefix(#"{"type":"error","kind":"usage","summary":""#) == true)
  }

  @Test func `options stand anywhere among the words`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\n")
    let expected = call("infra", "validate", "--json", "-C", project.path)
    #expect(expected.exitCode == .done && expected.lines.first?.contains("version") == true)
    #expect(call("infra", "--json", "validate", "-C", project.path) == expected)
    #expect(call("--json", "infra", "-C", project.path, "validate") == expected)
    #expect(call("infra", "--directory=\(project.path)", "--json", "validate") == expected)
    #expect(call("--check", "-C", project.path, "update").exitCode == .differencesFound)
    #expect(call("infra", "--", "validate").exitCode == .wrongUsage)
    #expect(call("infra", "--jsn", "validate").errors.contains("Did you mean `--json`?"))
  }

  @Test func `a missing project is explained`() throws {
    let project = try TemporaryProject(manifest: nil)
    let answer = call(["update"], in: project)
    #expect(answer.exitCode == .failed && answer.output.isEmpty)
    #expect(
      answer.errors == """
        error: there is no app.json in \(project.path)
          = help: Write one with `webkit init`, or name the project's folder by `--directory`.

        """)
    let json = call(["update", "--json"], in: project)
    #expect(json.lines.last?.hasPrefix(#"{"type":"error","kind":"failure""#) == true)
  }
}
