import Foundation
import Testing

@testable import CommandLineTool

struct HelpTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "golden/help")

  @Test(arguments: Command.all.map(\.name) + ["", "infra", "spec"])
  func `every help is as recorded`(name: String) throws {
    let text = try #require(helpText(of: name.split(separator: " ").map(String.init)))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let file = name.isEmpty ? "webkit" : name.replacing(" ", with: "-")
    let url = Self.folder.appending(path: file + ".txt")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
      Issue.record("golden/help/\(file).txt was written.")
    }
    #expect(try String(contentsOf: url, encoding: .utf8) == text)
  }

  @Test func `comes by every way`() {
    let text = helpText(of: ["infra", "validate"])
    for answer in [
      call("infra", "validate", "--help"), call("infra", "validate", "-h"),
      call("help", "infra", "validate"), call("-h", "infra", "validate"),
      call("infra", "validate", "--wrong", "--help"), call("infra", "-h", "validate"),
      call("--color", "never", "infra", "--color=never", "validate", "--help"),
    ] {
      #expect(answer == Answer(exitCode: .done, output: text ?? "", errors: ""))
    }
    #expect(call("--help").output == helpText(of: []))
    #expect(call("help").output == helpText(of: []))
    #expect(call("infra", "--help").output == helpText(of: ["infra"]))
    #expect(call("--help").exitCode == .done)
  }

  @Test func `every exit code of a command is explained`() {
    for command in Command.all {
      #expect(command.exitCodes.contains { $0.code == .done })
      #expect(command.exitCodes.contains { $0.code == .wrongUsage })
    }
  }

  @Test func `the version is shown`() {
    let answer = Answer(exitCode: .done, output: "webkit \(webkitVersion)\n", errors: "")
    #expect(call("version") == answer)
    #expect(call("--version") == answer)
    #expect(
      call("version", "--json").output
        == #"{"type":"version","format":1,"webkit":"\#(webkitVersion)"}"# + "\n")
  }
}
