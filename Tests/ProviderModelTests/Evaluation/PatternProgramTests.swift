import Testing

@testable import ProviderModel

/// The matcher of plain patterns says what Swift's own says.
@Suite struct PatternProgramTests {
  private static let plain = [
    "", "^/", "^[0-9.]+$", "^https?://[^/]+$", "^[a-z_][a-z0-9_]{0,62}$", "\\.", "\\.[^.]",
    "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "[.:@/&<>]", "^(a|b|)$", "^a|b$", "(ab*)*c",
    "^([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\\.)+[a-z0-9][a-z0-9-]*[a-z0-9]$", "^(a?){3}a{3}$",
    "^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])\\.){3}(25[0-5]|[1-9]?[0-9])(/[0-9]+)?$",
    "^(?:ghcr\\.io/)?([a-z0-9_-]+/)*[a-z0-9._-]*(:[a-zA-Z0-9._-]{0,127})?$", "^[^a]$", "a{2,}",
    "^(never|[1-9][0-9]*[smhdw])$", "^[*][.]", "^#[0-9A-Fa-f]{6}$", "x$|^y", "^-----BEGIN -----",
  ]

  private static let texts = [
    "", "/", "/a", "1.2.3", "https://a", "https://a/b", "http://", "a_b9", "9a", "a.b", ".", "..",
    "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f", "a@b", "a", "b", "ab", "aab", "ba", "aaa", "aaaaaa",
    "www.acme.example", "-a.b", "255.1.2.3", "256.1.2.3", "10.0.0.1/24", "ghcr.io/a/b:1.2", "a b",
    "never", "10m", "0m", "*.a", "#00ffAA", "#00ffA", "x", "yx", "é", "aé", "\n", "a\n", "ü.b",
    "-----BEGIN -----", "e\u{301}", String(repeating: "a", count: 100),
  ]

  @Test(arguments: plain)
  func `finds what Swift finds`(_ pattern: String) throws {
    let program = try #require(PatternProgram(pattern))
    let regex = try Regex(pattern.replacing("$", with: "\\z"))
      .matchingSemantics(.unicodeScalar).asciiOnlyCharacterClasses()
    for text in Self.texts {
      #expect(program.matches(text) == (text.firstMatch(of: regex) != nil), "\(text)")
    }
  }

  @Test(arguments: [
    "a.c", "\\d", "(?i)a", "a*?", "a++", "[[:alpha:]]", "[a&&b]", "(?P<name>a)", "(", "a{2,1}", "*",
    "[", "[]a]", "\\b", "é", "a{5000}", "^*",
  ])
  func `leaves all else to Swift`(_ pattern: String) { #expect(PatternProgram(pattern) == nil) }

  /// Repetitions inside of repetitions, over which a search by trial takes longer than the world.
  @Test func `takes no longer for bad patterns`() throws {
    let program = try #require(PatternProgram("^(a*a*)*b$"))
    #expect(!program.matches(String(repeating: "a", count: 10_000)))
  }
}
