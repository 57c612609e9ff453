import Diagnostics
import Files
import Foundation
import TestSupport
import Testing

/// Hundreds of small configurations, each with the recorded verdict of `terraform validate`.
///
/// `Tests/EndToEnd/probes/record.py` records them.
@Suite struct ProbeTests {
  private struct Verdict: Decodable {
    var valid: Bool
    var says: [String]
  }

  private static func json<Value: Decodable>(_ name: String, _ type: Value.Type) throws -> Value {
    let bytes = try #require(Golden.bytes("check/probes/\(name)"))
    return try JSONDecoder().decode(type, from: Data(bytes))
  }

  /// The probes of a file, by title.
  private static func probes(_ name: String) throws -> [(title: String, tree: FileTree)] {
    let bytes = try #require(Golden.bytes("check/probes/\(name).txt"))
    let text = String(decoding: bytes, as: UTF8.self)
    var result: [(String, FileTree)] = []
    var before = ""
    var path = ""
    var contents = ""
    func finish() {
      if result.isEmpty {
        before = contents
      } else {
        result[result.count - 1].1.add(path, contents)
      }
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("=== ") { continue }
      if line.hasPrefix("--- ") {
        finish()
        result.append(("\(name): \(line.dropFirst(4))", FileTree()))
        (path, contents) = ("main.tf", before)
      } else if line.hasPrefix("+++ ") {
        finish()
        (path, contents) = (String(line.dropFirst(4)), "")
      } else {
        contents += line + "\n"
      }
    }
    finish()
    return result
  }

  @Test(arguments: [
    "backends", "constants", "dynamic", "keys", "language", "lazy", "modules", "providers",
    "schemas", "statements",
  ])
  func `the verdicts are those of Terraform`(_ name: String) throws {
    let verdicts = try Self.json("verdicts.json", [String: Verdict].self)
    let explained = try Self.json("explained.json", [String: String].self)
    let probes = try Self.probes(name)
    #expect(probes.count > 15)
    for (title, tree) in probes {
      let verdict = try #require(verdicts[title], "\(title) has no recorded verdict")
      let found = Known.check(tree)
      let agrees = found.hasErrors != verdict.valid
      let text = TextRenderer(color: false).render(found)
      #expect(
        agrees == (explained[title] == nil), "\(title)\n\(verdict.says)\n\(text)")
    }
  }

  @Test func `what is explained is a probe`() throws {
    let verdicts = try Self.json("verdicts.json", [String: Verdict].self)
    let explained = try Self.json("explained.json", [String: String].self)
    #expect(Set(explained.keys).isSubset(of: verdicts.keys))
  }
}
