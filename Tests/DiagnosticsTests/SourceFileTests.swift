import Diagnostics
import Testing

@Suite struct `Positions in a file` {
  /// Lines of unlike characters: combining marks, a family of several scalars, tabs, damaged bytes.
  private static let texts = [
    "{ \"name\": \"web\", \"title\": \"Web\" }",
    "a\u{301}b\u{301}\u{301}c d\n\u{301}e\r\nf\r\n\r\n\tg",
    "x 👨‍👩‍👧 y 🇩🇪🇫🇷 z\nä ö ü\n",
    "\u{FEFF}one\ntwo",
    "",
  ]

  /// Counted anew for each place.
  private func counted(_ bytes: [UInt8], _ offset: Int) -> SourcePosition {
    let before = bytes[..<offset]
    let line = before.count { $0 == 0x0A } + 1
    var start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(offset, 3) }
    return SourcePosition(
      line: line, column: String(decoding: bytes[start..<offset], as: UTF8.self).count + 1)
  }

  @Test(arguments: texts)
  func `are the same in whatever order they are asked for`(_ text: String) {
    let bytes = Array(text.utf8)
    let upwards = Array(0...bytes.count)
    let mixed = upwards.map { $0 * 7 % (bytes.count + 1) }
    for order in [upwards, upwards.reversed(), mixed, upwards.flatMap { [$0, $0] }] {
      let file = SourceFile(name: "app.json", bytes: bytes)
      for offset in order {
        #expect(file.position(at: offset) == counted(bytes, offset), "\(offset) of \(text)")
      }
    }
  }

  @Test func `of damaged text are counted as they are shown`() {
    let bytes: [UInt8] = [0x61, 0xFF, 0xFE, 0x62, 0xC3, 0x0A, 0xC3, 0xA4, 0x63]
    let file = SourceFile(name: "app.json", bytes: bytes)
    for offset in 0...bytes.count {
      #expect(file.position(at: offset) == counted(bytes, offset), "\(offset)")
    }
  }
}
