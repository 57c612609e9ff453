import Testing

@testable import HCL

/// The counts are the columns by which `terraform fmt` 1.11.4 aligns comments.
@Suite struct `Columns` {
  @Test(arguments: [
    ("abc", 3), ("日本", 2), ("e\u{301}", 1), ("\u{301}e", 2), ("a\r\nb", 3), ("\r\r\n\n", 3),
    ("🇩🇪🇫", 2), ("👨\u{200D}👩\u{200D}👧", 1), ("👍🏽", 1), ("a\u{200D}👧", 2), ("\u{1112}\u{200D}👧", 1),
    ("\u{1112}\u{1161}\u{11AB}", 1), ("\u{1112}\u{AC00}\u{11AB}", 2), ("\u{AC00}\u{11AB}", 1),
    ("\u{AC01}\u{1161}", 2), ("\u{1161}\u{1112}", 2), ("क\u{94D}ष", 2), ("\u{E01}\u{E33}", 1),
    ("\u{600}x", 1), ("\u{600}\u{200B}", 2), ("\u{200B}\u{301}", 2), ("\u{FFFD}\u{301}", 2),
    ("", 0),
  ])
  func `are those of the reference`(text: String, count: Int) {
    let bytes = Array(text.utf8)
    #expect(GraphemeClusters.count(in: bytes[...]) == count)
  }

  @Test func `signs are cut off what combines with them`() {
    let source = "a=\"$\u{301}\"#\nb=\"$${\u{301}\"#\nc=\"%%{x}\"#\nd = \"xxxxxxxxx\" #\n"
    let expected = """
      a = "$\u{301}"        #
      b = "$${\u{301}"      #
      c = "%%{x}"     #
      d = "xxxxxxxxx" #

      """
    #expect(HCL.Formatter.format(Array(source.utf8)) == Array(expected.utf8))
  }

  @Test func `identifiers are made of the letters of Unicode 9`() {
    #expect(isIdentifier("é日本") && isIdentifier("a\u{B7}-1"))
    for name in ["a\u{200C}", "a\u{30FB}", "\u{1CF2}", "\u{10D00}", "-a", "1a", ""] {
      #expect(!isIdentifier(name))
    }
  }
}
