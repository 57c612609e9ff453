import Foundation
import TestSupport
import Testing

@testable import CommandLineTool

struct FormatCommandTests {
  private let project: TemporaryProject

  init() throws {
    project = try TemporaryProject(manifest: nil)
    for path in ["a.tf", "b.tfvars", "c.tftest.hcl", "d.tfmock.hcl", "e.tfquery.hcl", "f.tofu"] {
      try project.write(path, "a=1\n")
    }
    let passedOver = [".hidden.tf", "g.tf~", "#h.tf#", "i.hcl", "j.tf.json", ".dir/k.tf"]
    for path in passedOver + ["sub/l.tf", "x y/m.tf"] { try project.write(path, "a=1\n") }
    try project.write("fine.tf", "a = 1\n")
  }

  private let listed = "a.tf\nb.tfvars\nc.tftest.hcl\nd.tfmock.hcl\ne.tfquery.hcl\nf.tofu\n"

  @Test func `formats a folder and lists what changed`() throws {
    let answer = call("fmt", in: project)
    #expect(answer == Answer(exitCode: .done, output: listed, errors: ""))
    #expect(project.read("a.tf") == "a = 1\n")
    for name in [".hidden.tf", "g.tf~", "#h.tf#", "i.hcl", "j.tf.json", "sub/l.tf"] {
      #expect(project.read(name) == "a=1\n", "\(name)")
    }
    #expect(call("fmt", in: project) == Answer(exitCode: .done, output: "", errors: ""))
  }

  @Test(arguments: ["-", "--"])
  func `goes into folders`(hyphens: String) throws {
    let answer = call(["fmt", hyphens + "recursive", hyphens + "list=false"], in: project)
    #expect(answer == Answer(exitCode: .done, output: "", errors: ""))
    #expect(project.read("sub/l.tf") == "a = 1\n" && project.read("x y/m.tf") == "a = 1\n")
    #expect(project.read(".dir/k.tf") == "a=1\n")
  }

  @Test(arguments: ["-check", "--check", "--check=true"])
  func `checks without writing`(option: String) throws {
    let answer = call(["fmt", option], in: project)
    #expect(answer == Answer(exitCode: .differencesFound, output: listed, errors: ""))
    #expect(project.read("a.tf") == "a=1\n")
    #expect(call("fmt", option, "fine.tf", in: project).exitCode == .done)
    #expect(call("fmt", option, "-list=false", in: project).output.isEmpty)
    #expect(call("fmt", "--check=false", "a.tf", in: project).exitCode == .done)
  }

  @Test func `shows differences`() throws {
    let difference = "--- old/a.tf\n+++ new/a.tf\n@@ -1 +1 @@\n-a=1\n+a = 1\n"
    let answer = call("fmt", "-check", "-diff", "./sub/../a.tf", in: project)
    #expect(answer.output == "a.tf\n" + difference && answer.exitCode == .differencesFound)
    #expect(
      call("fmt", "-diff", "-write=false", "-list=false", "a.tf", in: project).output == difference)
  }

  @Test func `writes texts to standard output where nothing else is done with them`() throws {
    let answer = call("fmt", "-write=false", "-list=false", "a.tf", "fine.tf", in: project)
    #expect(answer == Answer(exitCode: .done, output: "a = 1\na = 1\n", errors: ""))
    #expect(project.read("a.tf") == "a=1\n")
  }

  @Test func `reads standard input`() {
    #expect(
      call(["fmt", "-"], input: "a=1") == Answer(exitCode: .done, output: "a = 1\n", errors: ""))
    let checked = call(["fmt", "-check", "-"], input: "a=1\n")
    #expect(checked == Answer(exitCode: .differencesFound, output: "", errors: ""))
    #expect(call(["fmt", "-check", "-"], input: "a = 1\n").exitCode == .done)
    #expect(call(["fmt", "-diff", "-"], input: "a=1\n").output.hasPrefix("--- old/<stdin>\n"))
    let broken = call(["fmt", "-"], input: "a=(\n")
    #expect(broken.exitCode == .changesPresent && broken.output.isEmpty)
    #expect(broken.errors.contains("<stdin>:2:1: error: "))
    #expect(call(["fmt", "a.tf", "-"]).exitCode == .wrongUsage)
  }

  @Test func `reports all that is wrong, and formats the rest`() throws {
    try project.write("bad.tf", "a = \nb = [1 2]\n")
    try project.write("worse.tf", "x {\n")
    let paths = ["bad.tf", "worse.tf", "nope", "b.tfvar", "i.hcl", "j.tf.json", "a.tf"]
    let answer = call(["fmt"] + paths, in: project)
    #expect(answer.exitCode == .changesPresent && answer.output == "a.tf\n")
    #expect(project.read("a.tf") == "a = 1\n" && project.read("worse.tf") == "x {\n")
    for text in [
      "bad.tf:1:", "bad.tf:2:", "worse.tf:", "No file or directory at `nope`",
      "Did you mean `b.tfvars`?", "`i.hcl` isn't a kind of file that is formatted",
      "`j.tf.json` isn't a kind", "7 errors",
    ] {
      #expect(answer.errors.contains(text), "\(text)")
    }
    let checked = call("fmt", "--check", in: project)
    #expect(checked.exitCode == .changesPresent && checked.output.contains("b.tfvars\n"))
  }

  @Test func `keeps permissions and symbolic links`() throws {
    let files = FileManager.default
    let (file, link) = (project.path + "/a.tf", project.path + "/z.tf")
    try files.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
    try files.createSymbolicLink(atPath: link, withDestinationPath: "a.tf")
    #expect(call("fmt", "z.tf", in: project).output == "z.tf\n")
    #expect(project.read("a.tf") == "a = 1\n")
    #expect(try files.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o640)
    #expect(try files.destinationOfSymbolicLink(atPath: link) == "a.tf")
    #expect(project.files.keys.allSatisfy { !$0.contains("webkit-new") })
    try files.createSymbolicLink(atPath: project.path + "/y.tf", withDestinationPath: "sub")
    let answer = call("fmt", "--recursive", in: project)
    #expect(answer.exitCode == .changesPresent && answer.errors.contains("can't read y.tf"))
  }

  @Test func `speaks JSON`() throws {
    try project.write("bad.tf", "a = \n")
    let lines = call("fmt", "--json", "bad.tf", "a.tf", "fine.tf", in: project).lines
    #expect(
      lines[1]
        == #"{"type":"file","path":"a.tf","action":"formatted","difference":null,"text":null}"#)
    #expect(lines[2].hasPrefix(#"{"type":"diagnostic","id":"hcl.expected-expression""#))
    #expect(
      lines[3] == #"{"type":"format","files":3,"changed":1,"applied":true,"valid":false,"exit":2}"#)
    let text = call(["fmt", "--json", "-"], input: "a=1\n").lines
    #expect(text[1].hasSuffix(#""difference":null,"text":"a = 1\n"}"#))
  }
}
