import Foundation
import ProviderModel
import Testing

/// Expressions and what Terraform says; `scripts/evaluator-differential.sh` runs it.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["EVALUATOR_DIFFERENTIAL"] != nil))
struct EvaluatorDifferential {
  /// `try` and `can` go by null here; division has more digits there, and numbers are any that Go reads.
  private let meant: Set = [
    "try(null, 3)", "can(null)", "1 / 3", "tonumber(\".5\")", "tonumber(\"1.\")",
  ]

  @Test func `agrees with terraform console`() throws {
    let work = URL(
      fileURLWithPath: try #require(ProcessInfo.processInfo.environment["EVALUATOR_DIFFERENTIAL"]))
    func lines(_ name: String) throws -> [String] {
      try String(contentsOf: work.appendingPathComponent(name), encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    let answers = try lines("answers")
    var alike = 0
    var different: [String] = []
    var unknown: [String] = []
    for (index, text) in try lines("expressions").enumerated() where !text.isEmpty {
      let value = try value(text)
      let ours = try Evaluator(FixedScope(["it": value])).value(of: expression("jsonencode(it)"))
      // The console shows a text as HCL writes it, but for what would begin a template.
      let answer = answers[index].replacing("${", with: "$${").replacing("%{", with: "%%{")
      let theirs: Value? = answer.isEmpty ? nil : try? ProviderModelTests.value(answer)
      // What fails there is null or unknown here.
      let isSame = theirs.map { $0 == ours } ?? (value == .null || value == .unknown)
      if value == .unknown, theirs != nil {
        unknown.append(text)
      } else if isSame || meant.contains(text) {
        alike += 1
      } else {
        different.append(
          "\(text): \(ours.stringValue ?? "unknown"), not \(theirs?.stringValue ?? "an error")")
      }
    }
    print("alike \(alike), not worked out \(unknown.count), different \(different.count)")
    for line in unknown { print("  not worked out: \(line)") }
    for line in different { print("  \(line)") }
    #expect(different.isEmpty)
  }
}
