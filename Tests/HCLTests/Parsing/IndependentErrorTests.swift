import Diagnostics
import Testing

@testable import HCL

/// Texts with several mistakes, each of which a text of `golden/hcl-errors` has alone.
@Suite struct `Independent errors` {
  /// A broken text with its one finding.
  private struct Mistake {
    var bytes: [UInt8]
    var finding: Finding
  }

  private struct Finding: Equatable {
    var id: String
    var offset: Int
  }

  /// What has another finding where more text follows, or must stand at a file's start.
  private static let dependent: Set = ["a = b[\\n", "a = <<E\\n${\\nE\\n"]

  /// What swallows all that follows.
  private static let endless: Set = [
    "hcl.unclosed-block", "hcl.unclosed-comment", "hcl.unclosed-heredoc",
  ]

  private static let mistakes: [Mistake] = `Places of errors`.cases.compactMap { example in
    let bytes = example.bytes
    let found = findings(bytes)
    guard bytes.last == 0x0A, bytes.first != 0xEF, found.count == 1,
      !endless.contains(found[0].id), !dependent.contains(example.source)
    else { return nil }
    return Mistake(bytes: bytes, finding: found[0])
  }

  /// All findings but those that come from joining texts.
  private static func findings(_ bytes: [UInt8]) -> [Finding] {
    var diagnostics = Diagnostics()
    _ = parseBody(SourceFile(name: "a.tf", bytes: bytes), into: &diagnostics)
    return diagnostics.items.map { Finding(id: $0.id, offset: $0.location?.range.start ?? -1) }
  }

  @Test(arguments: 1...24)
  func `are told once each, without others that follow from them`(_ step: Int) {
    let mistakes = Self.mistakes
    #expect(mistakes.count > 250)
    for index in mistakes.indices {
      let chosen = [0, step, 3 * step].map { mistakes[(index + $0) % mistakes.count] }
      var text: [UInt8] = []
      var expected: [Finding] = []
      for mistake in chosen {
        let finding = mistake.finding
        expected.append(Finding(id: finding.id, offset: text.count + finding.offset))
        text += mistake.bytes + Array("between {\n}\n".utf8)
      }
      // The same name in two of the texts is a mistake of the test alone.
      let found = Self.findings(text).filter {
        $0.id != "hcl.duplicate-attribute" || expected.contains($0)
      }
      #expect(found == expected, "\(String(decoding: text, as: UTF8.self))")
    }
  }
}
