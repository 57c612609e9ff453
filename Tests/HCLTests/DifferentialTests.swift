import Diagnostics
import Foundation
import Testing

@testable import HCL

/// Random texts and files as people write them, with what `terraform fmt` 1.11.4 makes of them;
/// `scripts/fuzz-fmt.sh` records them and compares any number more.
@Suite struct `Differential` {
  private struct Case: Decodable {
    var seed: Int
    var source: String
    /// Nil if the reference rejects the text.
    var formatted: String?
  }

  @Test(arguments: ["random", "public"])
  func `texts become what terraform fmt makes of them`(_ name: String) throws {
    let url = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "golden/fmt/\(name).json")
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: url))
    #expect(cases.count > 200)
    #expect(cases.contains { $0.formatted == nil } && cases.contains { $0.formatted != nil })
    for example in cases {
      var diagnostics = Diagnostics()
      let file = SourceFile(name: "\(example.seed).tf", text: example.source)
      let formatted: [UInt8]? =
        switch HCL.Formatter.format(file, into: &diagnostics) {
        case .unchanged: file.bytes
        case .changed(let bytes): bytes
        case .invalid: nil
        }
      #expect(diagnostics.hasErrors == (formatted == nil))
      let isSame = formatted == example.formatted.map { Array($0.utf8) }
      #expect(
        isSame,
        "seed \(example.seed): \(formatted.map { String(decoding: $0, as: UTF8.self) } ?? "rejected")"
      )
      expectLaws(file.bytes)
    }
  }
}
