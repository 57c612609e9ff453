import CommandLineTool
import Foundation
import TestSupport
import Testing

/// What the commands for maintainers say of specs with mistakes, as golden texts.
@Suite struct SpecCaseTests {
  @Test(arguments: Golden.cases("specs"))
  func `says what is recorded`(_ name: String) throws {
    let folder = "specs/\(name)"
    let words =
      Golden.bytes(folder + "/command.txt").map { String(decoding: $0, as: UTF8.self) }
      ?? "spec check"
    let input = Golden.root.appending(path: folder + "/input").path
    let answer = call(
      ["-C", input] + words.split(whereSeparator: \.isWhitespace).map(String.init))
    let text = "\(answer.output)\(answer.errors)exit \(answer.exitCode.rawValue)\n"
    let problem = try Golden.problem(of: text, in: folder + "/expected.txt")
    if let problem { Issue.record(Comment(rawValue: problem)) }
  }

  @Test func `every kind of finding has a case or a unit test`() throws {
    let root = Golden.root.deletingLastPathComponent()
    var ids: Set<String> = []
    for text in try Self.sources(root.appending(path: "Sources/ProviderModel")) {
      for match in text.matches(of: /"spec\.([a-z-]+)"|report\(\s*"([a-z-]+)"/) {
        ids.insert(String(match.output.1 ?? match.output.2 ?? ""))
      }
    }
    try #require(ids.count > 30)
    let recorded = Golden.cases("specs")
      .compactMap { Golden.bytes("specs/\($0)/expected.txt") }
      .map { String(decoding: $0, as: UTF8.self) }.joined()
    let tests = try Self.sources(root.appending(path: "Tests/ProviderModelTests")).joined()
    let missing = ids.filter {
      !recorded.contains("[spec.\($0)]") && !tests.contains("\"\($0)\"")
    }
    #expect(missing.sorted() == [])
  }

  private static func sources(_ folder: URL) throws -> [String] {
    var texts: [String] = []
    for case let file as URL in FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: nil) ?? .init()
    where file.pathExtension == "swift" {
      texts.append(try String(contentsOf: file, encoding: .utf8))
    }
    return texts
  }
}
