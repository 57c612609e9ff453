import Diagnostics
import JSON
import Testing

@Suite struct ParserTests {
  @Test func readsEveryKindOfValue() {
    let outcome = parse(
      #"{"a": [1, -2.50e+3, "x\n\u00e9\ud83d\ude00\/\"\\\b\f\r\t"], "b": {}, "c": null,"#
        + #" "d": [true, false]}"#
    )
    #expect(outcome.findings.isEmpty)
    let text = "x\n\u{e9}\u{1F600}/\"\\\u{8}\u{C}\r\t"
    #expect(
      outcome.node
        == .object([
          ("a", .array([.number(1), JSONNode(.number("-2.50e+3")), .string(text)])),
          ("b", .object([])), ("c", .null), ("d", .array([.bool(true), .bool(false)])),
        ]))
  }

  @Test(arguments: [
    "0", "-0", "1E9", "1.5e-10", "12345678901234567890123", "\"\"", "true", "null", "[]", "{}",
  ])
  func keepsScalars(_ text: String) {
    let outcome = parse(" \r\n\t" + text + " \n")
    #expect(outcome.findings.isEmpty)
    #expect(outcome.node.map { JSONPrinter.printCompact($0) } == text)
    #expect(outcome.node.map { outcome.file.text($0.range) } == text)
  }

  @Test func knowsWhereEverythingStands() throws {
    let outcome = parse(#"{ "k\u0065y" : [ 1 , {"x":"é"} ] }"#)
    let text = outcome.file.text
    let root = try #require(outcome.node)
    let member = try #require(root.memberEntry("key"))
    #expect(root.range == SourceRange(0, outcome.file.bytes.count))
    #expect(text(member.keyRange) == #""k\u0065y""#)
    #expect(text(member.value.range) == #"[ 1 , {"x":"é"} ]"#)
    let elements = try #require(member.value.elements)
    #expect(elements.map { text($0.range) } == ["1", #"{"x":"é"}"#])
    #expect(elements[1].member("x").map { text($0.range) } == #""é""#)
  }

  @Test func comparesContentByteForByte() {
    #expect(parse("[1, 2]").node == parse(" [ 1,2 ]").node)
    #expect(JSONNode.string("\u{e9}") != .string("e\u{301}"))
    #expect(JSONNode(.number("1.0")) != .number(1))
    #expect(parse(#"{"a":1,"b":2}"#).node != parse(#"{"b":2,"a":1}"#).node)
  }

  @Test func readsDeepNestingToItsLimit() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[{\"a\":", count: depth / 2) + "1"
        + String(repeating: "}]", count: depth / 2)
    }
    let deepest = parse(nested(500))
    #expect(deepest.findings.isEmpty)
    #expect(deepest.node.map { JSONPrinter.printCompact($0) } == nested(500))
    #expect(parse(nested(502)).findings == ["json.nesting@offset 1500"])
    #expect(parse(nested(100_000)).findings.count == 1)
  }

  @Test func neverCrashesOnParts() {
    let text = #"{"a": [1, -2.5e+3, "x\u00e9\ud83d\ude00"], 'b': {c: tru}, /* d */ "e": null,}"#
    let bytes = Array(text.utf8)
    for index in bytes.indices {
      _ = parse(Array(bytes[..<index]))
      _ = parse(Array(bytes[index...]))
      var changed = bytes
      changed.remove(at: index)
      _ = parse(changed)
      for byte in [0, 0x22, 0x2C, 0x5C, 0x7D, 0xFF] as [UInt8] {
        changed = bytes
        changed[index] = byte
        _ = parse(changed)
      }
    }
  }
}
