import TestSupport
import Testing

@testable import CommandLineTool

struct UpdateCommandTests {
  @Test func `shows what became of the files`() throws {
    let project = try TemporaryProject(
      manifest: "infra/a.tf A\ninfra/b.tf B\ninfra/c.tf C\ninfra/d.tf D\n")
    #expect(
      call("update", in: project)
        == Answer(
          exitCode: .done,
          output: """
            wrote     infra/a.tf
            wrote     infra/b.tf
            wrote     infra/c.tf
            wrote     infra/d.tf

            """, errors: "4 written, 0 unchanged.\n"))
    #expect(
      call("update", in: project)
        == Answer(exitCode: .done, output: "", errors: "Up to date: 4 files unchanged.\n"))

    try project.write("infra/b.tf", "mine\n")
    try project.write("infra/d.tf", "mine\n")
    try project.write("app.json", "infra/a.tf A2\ninfra/b.tf B\ninfra/e.tf E\n")
    let proposal = """
      change    infra/a.tf
      keep      infra/b.tf (yours: it differs from what is generated)
      remove    infra/c.tf
      leave     infra/d.tf (no longer generated, but edited by hand: it is yours now)
      write     infra/e.tf

      """
    for words in [["update", "--check"], ["drift"]] {
      #expect(
        call(words, in: project)
          == Answer(
            exitCode: .differencesFound, output: proposal,
            errors: """
              1 to write, 1 to change, 1 to remove, 1 to keep, 1 to leave, 0 unchanged; run \
              `webkit update`.

              """))
    }
    let answer = call("update", "--diff", in: project)
    #expect(answer.exitCode == .done)
    #expect(answer.errors == "1 written, 1 changed, 1 removed, 1 kept, 1 left, 0 unchanged.\n")
    #expect(
      answer.output.hasPrefix(
        """
        changed   infra/a.tf
        --- a/infra/a.tf
        +++ b/infra/a.tf
        @@ -1 +1 @@
        -A
        +A2
        kept      infra/b.tf (yours: it differs from what is generated)
        --- a/infra/b.tf
        """))
    #expect(call("drift", in: project).exitCode == .done)
  }

  @Test func `shows conflicts and how to decide them`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\ninfra/b.tf B\n")
    try project.write("infra/a.tf", "mine\n")
    let answer = call("update", in: project)
    #expect(
      answer
        == Answer(
          exitCode: .failed,
          output: """
            conflict  infra/a.tf (webkit didn't write it)
            --- a/infra/a.tf (yours)
            +++ b/infra/a.tf (generated now)
            @@ -1 +1 @@
            -mine
            +A
            write     infra/b.tf

            """,
          errors: """
            error: 1 file is in conflict, so nothing was written
              = help: `--force` takes the generated text; `--keep infra/a.tf` keeps yours.

            """))
    #expect(call("update", "--check", in: project).exitCode == .failed)
    #expect(call("update", "--keep", "./infra/a.tf", in: project).exitCode == .done)
    #expect(project.read("infra/a.tf") == "mine\n")
    #expect(call("update", "--force", in: project).exitCode == .done)
    #expect(project.read("infra/a.tf") == "mine\n")
  }

  @Test func `says when only the records differ`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\n")
    try project.write("infra/a.tf", "A\n")
    let check = call("drift", in: project)
    #expect(check.exitCode == .differencesFound && check.output.isEmpty)
    #expect(
      check.errors == """
        1 unchanged; only the records differ (.webkit/infra.json); run `webkit update`.

        """)
    #expect(
      call("update", in: project).errors
        == "1 unchanged; only the records differed (.webkit/infra.json).\n")
  }

  @Test func `shows programs the same`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\n")
    let first = #"{"type":"version","format":1,"webkit":"\#(webkitVersion)"}"#
    let rest = #""changed":0,"kept":0,"removed":0,"released":0,"conflict":0,"unchanged":0"#
    let check = call("update", "--check", "--json", in: project)
    #expect(check.errors.isEmpty && check.exitCode == .differencesFound)
    #expect(
      check.lines == [
        first,
        #"{"type":"file","path":"infra/a.tf","action":"written","conflict":null,"difference":null}"#,
        #"{"type":"update","applied":false,"differs":true,"complete":true,"written":1,\#(rest),"#
          + #""exit":3}"#,
      ])
    let update = call("update", "--json", "--diff", in: project)
    #expect(
      update.lines == [
        first,
        #"{"type":"file","path":"infra/a.tf","action":"written","conflict":null,"#
          + #""difference":"--- /dev/null\n+++ b/infra/a.tf\n@@ -0,0 +1 @@\n+A\n"}"#,
        #"{"type":"update","applied":true,"differs":true,"complete":true,"written":1,\#(rest),"#
          + #""exit":0}"#,
      ])
  }

  @Test func `errors of the manifest write nothing`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\nerror\n")
    let answer = call("update", in: project)
    #expect(answer.exitCode == .failed && answer.output.isEmpty && project.files.isEmpty)
    #expect(answer.errors.contains("This is wrong [manifest.made-up]"))
    #expect(answer.errors.hasSuffix("Nothing was written.\n"))
    let json = call("update", "--json", in: project)
    #expect(json.lines.count == 3 && json.errors.isEmpty)
    #expect(json.lines.last?.contains(#""complete":false"#) == true)
  }

  @Test func `says warnings behind the files, and only once`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\nwarning\n")
    let first = call("update", in: project)
    #expect(first.output == "wrote     infra/a.tf\n")
    #expect(first.errors.hasPrefix("warning: This is odd [manifest.made-up]\n"))
    #expect(first.errors.hasSuffix("\n1 written, 0 unchanged.\n"))
    #expect(
      call("update", in: project)
        == Answer(
          exitCode: .done, output: "",
          errors:
            "Up to date: 1 file unchanged. 1 warning is shown by `webkit infra validate`.\n"))
    #expect(call("update", "--json", in: project).lines.count == 3)
  }

  @Test func `nothing that a file holds reaches the terminal raw`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\n")
    try project.write("infra/a.tf", "\u{1B}]0;owned\u{7}\r\nx\u{9B}31m\n")
    let answer = call("update", in: project)
    #expect(
      !answer.output.unicodeScalars.contains { "\u{1B}\u{7}\u{9B}".unicodeScalars.contains($0) })
    #expect(answer.output.contains(#"-\u{1B}]0;owned\u{07}"#))
  }

  @Test func `uses colours when they are asked for or fit`() throws {
    let project = try TemporaryProject(manifest: "infra/a.tf A\n")
    let green = "\u{1B}[32mwrite\u{1B}[0m     infra/a.tf\n"
    let plain = "write     infra/a.tf\n"
    #expect(call(["drift", "--color", "always"], in: project).output == green)
    #expect(call(["drift"], in: project, isTerminal: true).output == green)
    let quiet = ["NO_COLOR": "1"]
    #expect(call(["drift"], in: project, isTerminal: true, environment: quiet).output == plain)
    #expect(call(["drift", "--color=never"], in: project, isTerminal: true).output == plain)
    #expect(call(["drift"], in: project).output == plain)
  }
}
