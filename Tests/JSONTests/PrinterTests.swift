import JSON
import Testing

@Suite struct PrinterTests {
  let node = JSONNode.object([
    ("b", .array([.number(1), .object([("x", .null)])])), ("a", .object([])), ("c", .array([])),
    ("é", .string("日本 <b> & 'q'")),
  ])

  @Test func printsOneItemALine() {
    let expected = """
      {
        "b": [
          1,
          {
            "x": null
          }
        ],
        "a": {},
        "c": [],
        "é": "日本 <b> & 'q'"
      }

      """
    #expect(JSONPrinter.print(node) == expected)
    #expect(JSONPrinter.print(.array([.bool(true)]), indentation: 4) == "[\n    true\n]\n")
  }

  @Test func printsOnOneLine() {
    #expect(
      JSONPrinter.printCompact(node)
        == #"{"b":[1,{"x":null}],"a":{},"c":[],"é":"日本 <b> & 'q'"}"#)
  }

  @Test func escapesWhatHasToBe() {
    let text = "\"\\\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{7F}\u{2028}\u{2029}\u{2027}/"
    #expect(
      JSONPrinter.printCompact(.string(text))
        == #""\"\\\b\f\n\r\t\u0000\u001f\u007f\u2028\u2029"# + "\u{2027}/\"")
    #expect(parse(JSONPrinter.printCompact(.string(text))).node == .string(text))
  }

  @Test func printsWhatItReads() {
    let printed = JSONPrinter.print(node)
    #expect(parse(printed).node == node)
    #expect(parse(printed).node.map { JSONPrinter.print($0) } == printed)
  }
}
