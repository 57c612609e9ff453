import Foundation
import Operations
import Testing

/// What a file of variables looks like; that systemd and shells read it alike is shown by running
/// them (Tests/EndToEnd/test_machines.py).
@Suite struct EnvironmentFileTests {
  @Test func `names are in order, and what readers take for themselves is behind a backslash`() {
    let text = EnvironmentFile.text(["B": "a\"b\\c$d`e", "A": "two\nlines"])
    #expect(text == "A=\"two\nlines\"\nB=\"a\\\"b\\\\c\\$d\\`e\"\n")
    #expect(EnvironmentFile.text([:]) == "")
  }

  @Test func `what doesn't arrive is told`() {
    #expect(EnvironmentFile.problem("A", "tab\tand\nline") == nil)
    #expect(EnvironmentFile.problem("A", "a\rb") == .controlCharacter(13))
    #expect(EnvironmentFile.problem("A", "a\u{7f}b") == .controlCharacter(127))
    #expect(EnvironmentFile.problem("LD_PRELOAD", "x") == .keptName)
    let longest = String(repeating: "x", count: EnvironmentFile.limit - "A".utf8.count - 2)
    #expect(EnvironmentFile.problem("A", longest) == nil)
    #expect(EnvironmentFile.problem("A", longest + "x") == .tooLong)
  }

  @Test func `the names that are kept are those that the machine unsets`() throws {
    let template = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "ProviderSpecs/shared/templates/cloud-init.yaml.tftpl")
    let text = try String(contentsOf: template, encoding: .utf8)
    let line = try #require(text.split(separator: "\n").first { $0.contains("UnsetEnvironment=") })
    let names = line.drop { $0 != "=" }.dropFirst().split(separator: " ").map(String.init)
    #expect(EnvironmentFile.kept == Set(names + ["WEBKIT_IMAGE"]))
  }
}
