import Diagnostics
import Testing

@Suite struct TextRendererTests {
  /// One finding at a part of a text, without colours.
  func render(_ text: String, _ start: Int, _ end: Int, name: String = "app.json") -> String {
    var diagnostics = Diagnostics()
    let location = SourceLocation(SourceFile(name: name, text: text), SourceRange(start, end))
    diagnostics.append(Diagnostic(.error, "a.b", "wrong", at: location))
    return TextRenderer(color: false).render(diagnostics)
  }

  @Test func showsAllParts() {
    let file = SourceFile(name: "app.json", text: "{\n  \"a\": 1,\n  \"a\": 2\n}\n")
    var diagnostics = Diagnostics()
    diagnostics.append(Diagnostic(.warning, "c.d", "odd", at: nil))
    diagnostics.append(
      Diagnostic(
        .error, "a.b", "given twice", at: SourceLocation(file, SourceRange(14, 17)),
        detail: "Two\nlines.", help: "Remove it.",
        notes: [.init("first", at: SourceLocation(file, SourceRange(4, 7))), .init("second")]))
    let expected = """
      warning: odd [c.d]

      app.json:3:3: error: given twice [a.b]
        |
      3 |   "a": 2
        |   ^^^
        = Two
          lines.
        = help: Remove it.
        = note: app.json:2:3: first
        |
      2 |   "a": 1,
        |   ^^^
        = note: second

      1 error, 1 warning

      """
    #expect(TextRenderer(color: false).render(diagnostics) == expected)
  }

  @Test func showsNothingForNone() {
    #expect(TextRenderer(color: true).render(Diagnostics()).isEmpty)
  }

  @Test func keepsTabsAndWideCharacters() {
    #expect(render("\t\"日本\": x", 11, 12).contains("1 | \t\"日本\": x\n  | \t        ^\n"))
  }

  @Test func underlinesTheFirstOfSeveralLines() {
    #expect(render("{ [\r\n1\r\n]}", 2, 10).contains("1 | { [\n  |   ^\n"))
  }

  @Test func marksTheEndOfTheFile() {
    #expect(render("{", 1, 1).contains("app.json:1:2: error"))
    #expect(render("{", 1, 1).contains("1 | {\n  |  ^\n"))
    #expect(render("", 0, 0).contains("1 | \n  | ^\n"))
  }

  @Test func cutsLongLinesAroundThePlace() {
    let text = String(repeating: "a", count: 1000) + "XYZ" + String(repeating: "b", count: 1000)
    let lines = render(text, 1000, 1003).split(separator: "\n")
    #expect(lines[2].count < 120)
    #expect(lines[2].hasPrefix("1 | …aaa") && lines[2].hasSuffix("bbb…"))
    let caret = lines[3].firstIndex(of: "^").map {
      lines[3].distance(from: lines[3].startIndex, to: $0)
    }
    let place = lines[2].firstIndex(of: "X").map {
      lines[2].distance(from: lines[2].startIndex, to: $0)
    }
    #expect(caret == place)
    #expect(lines[3].count { $0 == "^" } == 3)
  }

  @Test func letsNothingMoveTheCursor() {
    let shown = render("\"\u{1B}[2J\u{202E}\"", 0, 3, name: "a\nb\u{1B}.json")
    #expect(!shown.contains("\u{1B}") && !shown.contains("\u{202E}"))
    #expect(shown.hasPrefix("a b\u{FFFD}.json:1:1: error"))
  }

  @Test func paintsOnRequest() {
    var diagnostics = Diagnostics()
    diagnostics.append(Diagnostic(.information, "a.b", "so"))
    let painted = TextRenderer(color: true).render(diagnostics)
    #expect(painted.hasPrefix("\u{1B}[1;36minfo:\u{1B}[0m "))
    #expect(painted.hasSuffix("\u{1B}[1;36m1 info\u{1B}[0m\n"))
  }
}
