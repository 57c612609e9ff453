import Diagnostics
import Testing

@Suite struct JSONRendererTests {
  @Test func writesOneObjectALine() {
    let file = SourceFile(name: "a\"b.json", text: "{\n  \"é\": 1\n}")
    var diagnostics = Diagnostics()
    diagnostics.append(
      Diagnostic(
        .error, "a.b", "tab\there\u{1}", at: SourceLocation(file, SourceRange(4, 8)),
        help: "Mend it.", notes: [.init("why")],
        fixIts: [
          .init("Write e", at: SourceLocation(file, SourceRange(5, 7)), replacement: "e")
        ]))
    diagnostics.append(Diagnostic(.information, "c.d", "so", detail: "Thus."))
    let expected =
      #"{"type":"diagnostic","id":"c.d","severity":"information","summary":"so","file":null,"#
      + #""line":null,"column":null,"end_line":null,"end_column":null,"detail":"Thus.","#
      + #""help":null,"notes":[],"fixes":[]}"# + "\n"
      + #"{"type":"diagnostic","id":"a.b","severity":"error","summary":"tab\there\u0001","#
      + #""file":"a\"b.json","line":2,"column":3,"end_line":2,"end_column":6,"detail":null,"#
      + #""help":"Mend it.","notes":[{"text":"why","file":null,"line":null,"column":null,"#
      + #""end_line":null,"end_column":null}],"fixes":[{"text":"Write e","file":"a\"b.json","#
      + #""line":2,"column":4,"end_line":2,"end_column":5,"start_byte":5,"end_byte":7,"#
      + #""replacement":"e"}]}"# + "\n"
    #expect(JSONRenderer().render(diagnostics) == expected)
  }
}
