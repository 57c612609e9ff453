import Diagnostics
import TestSupport
import Testing

/// Each bad manifest's findings are the recorded ones, as the command prints them.
@Suite struct DiagnosticTests {
  static let all = Golden.cases("diagnostics")

  @Test(arguments: all)
  func `the findings are the recorded ones`(_ name: String) throws {
    let bytes = try #require(Golden.bytes("diagnostics/\(name)/app.json"))
    let result = generated(bytes)
    let isRefused = result.tree == nil && result.diagnostics.hasErrors
    #expect(isRefused, "no error, or a tree in spite of errors")
    let problem = try Golden.problem(of: result.text, in: "diagnostics/\(name)/expected.txt")
    report([problem].compactMap(\.self))
  }

  @Test(arguments: all)
  func `every error has a place`(_ name: String) throws {
    let bytes = try #require(Golden.bytes("diagnostics/\(name)/app.json"))
    for item in generated(bytes).diagnostics.items where item.severity == .error {
      #expect(item.location != nil, "\(item.id): \(item.summary)")
    }
  }

  @Test func `there are enough`() { #expect(Self.all.count >= 60) }
}
