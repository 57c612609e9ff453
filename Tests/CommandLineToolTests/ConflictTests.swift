import Foundation
import TestSupport
import Testing

@testable import CommandLineTool

struct ConflictTests {
  /// A project with an edited file, whose generated text changes as well.
  private func conflict() throws -> TemporaryProject {
    let project = try TemporaryProject(manifest: "infra/a.tf A\ninfra/b.tf B\n")
    #expect(call("update", in: project).exitCode == .done)
    try project.write("infra/a.tf", "mine\n")
    try project.write("app.json", "infra/a.tf A2\ninfra/b.tf B2\n")
    return project
  }

  private static let ownDifference =
    "--- a/infra/a.tf (generated last)\n+++ b/infra/a.tf (yours)\n@@ -1 +1 @@\n-A\n+mine\n"
  private static let newDifference =
    "--- a/infra/a.tf (generated last)\n+++ b/infra/a.tf (generated now)\n@@ -1 +1 @@\n-A\n+A2\n"
  private static let bareDifference =
    "--- a/infra/a.tf (yours)\n+++ b/infra/a.tf (generated now)\n@@ -1 +1 @@\n-mine\n+A2\n"

  @Test(arguments: [["update"], ["update", "--check"], ["update", "--diff"], ["drift"]])
  func `shows both sides' changes`(words: [String]) throws {
    let project = try conflict()
    let files = project.files
    let answer = call(words, in: project)
    #expect(answer.exitCode == .failed && project.files == files)
    let title = "conflict  infra/a.tf (edited by hand, and its generated text has changed)\n"
    #expect(answer.output.hasPrefix(title + Self.ownDifference + Self.newDifference))
    #expect(answer.errors.hasPrefix("error: 1 file is in conflict, so nothing was written\n"))
  }

  @Test func `shows both sides' changes to programs`() throws {
    let answer = call("update", "--json", in: try conflict())
    #expect(answer.exitCode == .failed && answer.errors.isEmpty)
    #expect(
      answer.lines[1].hasPrefix(
        #"{"type":"file","path":"infra/a.tf","action":"conflict","conflict":"edited","#
          + #""difference":"--- a/infra/a.tf\n+++ b/infra/a.tf\n@@ -1 +1 @@\n-mine\n+A2\n","#
          + #""owner_difference":"--- a/infra/a.tf (generated last)\n"#))
    #expect(answer.lines[1].contains(#""generated_difference":"--- a/infra/a.tf (generated last)"#))
    #expect(answer.lines.last?.contains(#""applied":false"#) == true)
  }

  @Test(arguments: [
    nil, "", "{", "[]", #"{"format": 2}"#, #"{"format": 1, "files": {"infra/a.tf": "stale\n"}}"#,
    #"{"format": 1, "files": {"infra/a.tf": 1, "../x": "A\n"}}"#,
  ])
  func `shows less when the cache is missing, stale or damaged`(cache: String?) throws {
    let project = try conflict()
    try project.remove(".webkit/cache")
    if let cache { try project.write(".webkit/cache/generated.json", cache) }
    let answer = call("update", in: project)
    #expect(answer.exitCode == .failed)
    #expect(answer.output.contains("what was generated last isn't known here"))
    #expect(answer.output.contains(Self.bareDifference))
    #expect(
      call("update", "--json", in: project).lines[1]
        .hasSuffix(#""owner_difference":null,"generated_difference":null}"#))
    #expect(call("update", "--force", in: project).exitCode == .done)
    #expect(project.read("infra/a.tf") == "A2\n")
  }

  @Test func `the cache is the owner's alone`() throws {
    let project = try conflict()
    for (name, mode) in [(".webkit/cache", 0o700), (".webkit/cache/generated.json", 0o600)] {
      let facts = try FileManager.default.attributesOfItem(atPath: project.path + "/" + name)
      #expect(facts[.posixPermissions] as? Int == mode)
    }
    #expect(project.read(".webkit/cache/.gitignore") == "*\n")
  }

  @Test func `a big text isn't kept`() throws {
    let big = String(repeating: "x", count: 300_000)
    let project = try TemporaryProject(manifest: "infra/a.tf \(big)\ninfra/b.tf B\n")
    _ = call("update", in: project)
    let cache = try #require(project.read(".webkit/cache/generated.json"))
    #expect(cache.contains("infra/b.tf") && !cache.contains("infra/a.tf"))
  }

  @Test func `two files may be kept`() throws {
    let project = try conflict()
    try project.write("infra/b.tf", "mine too\n")
    #expect(call("update", "--keep", "infra/a.tf", in: project).exitCode == .failed)
    let answer = call("update", "--keep", "infra/a.tf", "--keep=infra/b.tf", in: project)
    #expect(answer.exitCode == .done && answer.errors.hasPrefix("2 kept, 0 unchanged"))
    #expect(project.read("infra/a.tf") == "mine\n" && project.read("infra/b.tf") == "mine too\n")
    #expect(call("drift", in: project).exitCode == .done)
    // The text that was last generated is the one that the owner didn't take.
    try project.write("app.json", "infra/a.tf A3\ninfra/b.tf B2\n")
    #expect(call("update", in: project).output.contains("-A2\n+A3\n"))
  }

  @Test func `a folder in the way has to go`() throws {
    let project = try conflict()
    try project.remove("infra/b.tf")
    try project.write("infra/b.tf/mine.txt", "mine\n")
    let files = project.files
    let answer = call("update", "--force", in: project)
    #expect(answer.exitCode == .failed && project.files == files)
    #expect(
      answer.output.contains("conflict  infra/b.tf (there is something that isn't a file)\n"))
    #expect(answer.errors.contains("Move infra/b.tf away, since it isn't a file"))
    let both = call("update", in: project)
    #expect(both.errors.contains("`--keep infra/a.tf` keeps yours"))
    #expect(both.errors.contains("2 files are in conflict"))
  }

  @Test(arguments: ["infra", "infra/a.tf", ".webkit", ".webkit/cache"])
  func `a symbolic link that leads out is refused`(name: String) throws {
    let outside = try TemporaryProject(manifest: nil)
    let project = try TemporaryProject(manifest: "infra/a.tf A\n")
    if let slash = name.firstIndex(of: "/") { try project.write(name[..<slash] + "/x", "") }
    let target = name.hasSuffix(".tf") ? outside.path + "/a.tf" : outside.path
    if name.hasSuffix(".tf") { try outside.write("a.tf", "theirs\n") }
    try FileManager.default.createSymbolicLink(
      atPath: project.path + "/" + name, withDestinationPath: target)
    let files = outside.files
    let answer = call("update", "--force", in: project)
    #expect(answer.exitCode == .failed)
    #expect(answer.errors.contains("a symbolic link leads out of the project"))
    #expect(answer.errors.contains("Replace the symbolic link by a folder or file inside"))
    #expect(outside.files == files)
  }
}
