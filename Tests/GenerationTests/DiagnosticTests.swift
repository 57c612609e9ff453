import Diagnostics
import Generation
import TestSupport
import Testing

/// Each bad manifest's findings are the recorded ones, as the command prints them.
@Suite struct DiagnosticTests {
  static let all = Golden.cases("diagnostics")

  @Test(arguments: all)
  func `the findings are the recorded ones`(_ name: String) throws {
    let bytes = try #require(Golden.bytes("diagnostics/\(name)/app.json"))
    // Where earlier runs matter, what they remember stands beside the manifest.
    let memory = try GenerationMemory(ledger: "diagnostics/\(name)/infra.json")
    let result = generated(bytes, memory: memory)
    let isRefused = result.tree == nil && result.diagnostics.hasErrors
    #expect(isRefused, "no error, or a tree in spite of errors")
    for item in result.diagnostics.items where item.severity == .error {
      #expect(item.location != nil, "no place: \(item.id): \(item.summary)")
    }
    let problem = try Golden.problem(of: result.text, in: "diagnostics/\(name)/expected.txt")
    report([problem].compactMap(\.self))
  }

  @Test func `there are enough`() { #expect(Self.all.count >= 60) }
}
