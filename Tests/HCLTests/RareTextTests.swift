import Diagnostics
import Foundation
import Testing

@testable import HCL

/// Texts that hardly anybody writes, with what `terraform fmt` 1.11.4 makes of them;
/// `scripts/fmt-rare.sh` records them.
@Suite struct `Rare texts` {
  /// Lines of the table, cut into cells.
  static func rows() throws -> [[String]] {
    let url = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "golden/fmt/rare.tsv")
    let lines = try String(decoding: Data(contentsOf: url), as: UTF8.self)
      .split(separator: "\n").filter { !$0.hasPrefix("#") }
    return lines.map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  @Test func `become what terraform fmt makes of them`() throws {
    let rows = try Self.rows()
    #expect(rows.count > 1000)
    #expect(rows.contains { $0[1] == "same" } && rows.contains { $0[1] == "rejected" })
    for row in rows {
      let source = bytes(row[0])
      var diagnostics = Diagnostics()
      let result =
        switch HCL.Formatter.format(SourceFile(name: "a.tf", bytes: source), into: &diagnostics) {
        case .unchanged: "same"
        case .changed(let bytes): cell(bytes)
        case .invalid: "rejected"
        }
      #expect(diagnostics.hasErrors == (result == "rejected"))
      #expect(result == (row.count > 2 ? row[2] : row[1]), "\(row[0])")
      #expect(row.count < 3 || row[2] != row[1], "\(row[0]): no exception any more")
      expectLaws(source)
    }
  }
}

/// The bytes that a cell stands for.
private func bytes(_ cell: String) -> [UInt8] {
  var bytes: [UInt8] = []
  var rest = Array(cell.utf8)[...]
  while let byte = rest.popFirst() {
    guard byte == UInt8(ascii: "\\") else {
      bytes.append(byte)
      continue
    }
    switch rest.popFirst() {
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "x"):
      bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    default: bytes.append(UInt8(ascii: "\\"))
    }
  }
  return bytes
}

/// Bytes as a cell.
private func cell(_ bytes: [UInt8]) -> String {
  var cell = ""
  for byte in bytes {
    switch byte {
    case 0x0A: cell += "\\n"
    case 0x0D: cell += "\\r"
    case 0x09: cell += "\\t"
    case UInt8(ascii: "\\"): cell += "\\\\"
    case 0x20..<0x7F: cell.unicodeScalars.append(Unicode.Scalar(byte))
    default: cell += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
  }
  return cell
}
