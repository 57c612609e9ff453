import Diagnostics
import Foundation
import Testing

@testable import HCL

/// Files as they were, and as `terraform fmt` left them; `scripts/hcl-differential.sh` runs it.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["HCL_DIFFERENTIAL"] != nil))
struct `Differential` {
  @Test func `agrees with terraform fmt`() throws {
    let path = try #require(ProcessInfo.processInfo.environment["HCL_DIFFERENTIAL"])
    let work = URL(fileURLWithPath: path)
    let rejected = try Set(
      String(contentsOf: work.appendingPathComponent("rejected"), encoding: .utf8)
        .split(separator: "\n").map(String.init))
    let before = work.appendingPathComponent("before")
    let names = FileManager.default.enumerator(atPath: before.path)?.compactMap { $0 as? String }
    var alike = 0
    var rejectedAlike = 0
    var different: [String] = []
    for name in (names ?? []).sorted() where name.hasSuffix(".tf") || name.hasSuffix(".tfvars") {
      let source = try Array(Data(contentsOf: before.appendingPathComponent(name)))
      let expected = try Array(
        Data(contentsOf: work.appendingPathComponent("after").appendingPathComponent(name)))
      var diagnostics = Diagnostics()
      _ = parseBody(SourceFile(name: name, bytes: source), into: &diagnostics)
      if diagnostics.hasErrors != rejected.contains(name) {
        let finding = diagnostics.items.first.map { "\($0.id) \($0.summary)" } ?? "accepted"
        different.append("\(name): \(finding)")
      } else if diagnostics.hasErrors {
        rejectedAlike += 1
      } else if HCL.Formatter.format(source) != expected {
        different.append("\(name): another layout")
      } else {
        alike += 1
        expectLaws(source)
      }
    }
    print("alike \(alike), rejected by both \(rejectedAlike), different \(different.count)")
    for name in different.prefix(40) { print("  \(name)") }
    #expect(different.isEmpty)
  }
}
