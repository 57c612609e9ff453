import Diagnostics
import ProviderModel
import Testing

/// A generator that gives the same numbers in every run.
private struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var mixed = state
    mixed ^= mixed >> 33
    mixed = mixed &* 0xff51_afd7_ed55_8ccd
    return mixed ^ mixed >> 33
  }
}

@Suite struct `Damaged specs` {
  private static let fragments = [
    "{", "}", "[", "]", "\"", "${", "(", ")", "=", ".", "null", "-1", "1e400", "optional(", "*",
    "\n",
    "99999999999999999999", "é", "\u{0}", "variable \"x\" {}", "[2, 1]", "<<EOT\n",
  ]

  @Test(
    arguments: embeddedFiles.filter { $0.path.hasSuffix("l") || $0.path.hasSuffix("json") }.map(
      \.path))
  func `are read without a crash`(_ path: String) throws {
    let text = try #require(embeddedFiles.first { $0.path == path }).text
    var random = Seeded(state: path.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    for _ in 0..<(path.hasSuffix("json") ? 3 : 15) {
      var bytes = Array(text.utf8)
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let start = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 0...20, using: &random))
        let fragment = Self.fragments.randomElement(using: &random) ?? ""
        bytes.replaceSubrange(
          start..<end, with: Bool.random(using: &random) ? Array(fragment.utf8) : [])
      }
      let damaged = String(decoding: bytes, as: UTF8.self)
      var files = embeddedFiles.filter { $0.path.hasSuffix("/provider.hcl") && $0.path != path }
      files.append((path: path, text: damaged))
      var diagnostics = Diagnostics()
      let catalog = Catalog(files: files, into: &diagnostics)
      checkSpecs(catalog, into: &diagnostics)
      for finding in diagnostics.items {
        guard let location = finding.location else { continue }
        #expect(location.range.start >= 0 && location.range.end <= location.file.bytes.count)
      }
    }
  }
}
