import Diagnostics
import JSON
import Testing

@Suite struct ParserTests {
  @Test func readsEveryKindOfValue() {
    var diagnostics = Diagnostics()
    let file = SourceFile(
      name: "a.json", text: #"{"a": [1, -2.50e+3, "x\n\u00e9\ud83d\ude00"], "b": {}, "c": null}"#)
    let node = parseJSON(file, into: &diagnostics)
    #expect(diagnostics.isEmpty)
    #expect(
      node
        == .object([
          (
            "a", .array([.number(1), JSONNode(.number("-2.50e+3")), .string("x\n\u{e9}\u{1F600}")])
          ),
          ("b", .object([])), ("c", .null),
        ]))
  }
}
