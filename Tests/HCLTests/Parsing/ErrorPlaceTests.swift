import Diagnostics
import Foundation
import Testing

@testable import HCL

/// Broken texts with what terraform said of them; `scripts/hcl-errors.sh` recorded that.
@Suite struct `Places of errors` {
  struct Case: CustomTestStringConvertible {
    var source: String
    var reference: String
    var findings: [String]
    var place: String
    var reason: String

    var testDescription: String { source }

    var bytes: [UInt8] {
      var bytes: [UInt8] = []
      var rest = Array(source.utf8)[...]
      while let byte = rest.popFirst() {
        guard byte == UInt8(ascii: "\\"), let code = rest.popFirst() else {
          bytes.append(byte)
          continue
        }
        switch code {
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "x"):
          let digits = String(decoding: rest.prefix(2), as: UTF8.self)
          bytes.append(UInt8(digits, radix: 16) ?? 0)
          rest = rest.dropFirst(2)
        default: bytes.append(code)
        }
      }
      return bytes
    }
  }

  static let reasons: Set = ["opener", "found", "comment"]

  static let cases: [Case] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "golden/hcl-errors/cases.tsv")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      var cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      cells += Array(repeating: "", count: max(0, 6 - cells.count))
      return Case(
        source: cells[0], reference: cells[1],
        findings: cells[3].split(separator: ",").map(String.init), place: cells[4],
        reason: cells[5])
    }
  }()

  @Test func `are told for every construct`() { #expect(Self.cases.count >= 290) }

  @Test(arguments: cases)
  func `are those of the reference, or better ones for a reason`(_ example: Case) {
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "a.tf", bytes: example.bytes)
    let body = parseBody(file, into: &diagnostics)
    #expect(diagnostics.items.map(\.id) == example.findings)
    let position = diagnostics.items.first?.location.map { file.position(at: $0.range.start) }
    let place = position.map { "\($0.line):\($0.column)" } ?? "accepted"
    if example.place.isEmpty {
      #expect(place == example.reference)
    } else {
      #expect(place == example.place && place != example.reference)
      #expect(Self.reasons.contains(example.reason))
      // A better place is another one, not another verdict.
      #expect(example.reference != "accepted")
    }
    #expect(diagnostics.hasErrors == (example.reference != "accepted"))
    // What was read prints as something that can be read.
    var later = Diagnostics()
    _ = parseBody(SourceFile(name: "b.tf", text: Printer.print(body)), into: &later)
    #expect(later.items.allSatisfy { $0.id == "hcl.duplicate-attribute" })
  }
}
