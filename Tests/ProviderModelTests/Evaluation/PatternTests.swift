import ProviderModel
import Testing

@Suite struct `Patterns` {
  @Test(
    arguments: [
      ("^[a-z]+$", "abc", true), ("^[a-z]+$", "abc\n", false), ("^[a-z]+$", "abc\nx", false),
      ("^[a-z]+$", "x\nabc", false), ("^[a-z]+$", "abc\r\n", false), ("^a|b$", "xb\n", false),
      ("^(a$|b)$", "a", true), ("^[$]$", "$", true), ("^\\$$", "$", true), ("a.c", "a\nc", false),
      ("^[a-z]+$", "é", false), ("^e$", "e\u{301}", false), ("^.$", "é", true),
      ("^\\d$", "٣", false), ("^\\w$", "é", false), ("^\\s$", "\u{A0}", false),
      ("^[[:alpha:]]+$", "ab", true), ("b", "abc", true), ("", "", true), ("^$", "\n", false),
    ])
  func match(_ pattern: String, _ text: String, _ matches: Bool) throws {
    #expect(try #require(Pattern(pattern)).matches(text) == matches)
  }

  @Test(arguments: ["(", "[a", "a{2,1}", "*", "(?=a)", "(?!a)", "(?<=a)b", "(?>a)", "(a)\\1"])
  func `are refused`(_ pattern: String) { #expect(Pattern(pattern) == nil) }
}
