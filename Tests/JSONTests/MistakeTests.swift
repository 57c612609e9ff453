import Diagnostics
import JSON
import Testing

@Suite struct MistakeTests {
  /// Mistakes that are read over: text, findings, what is read (nil: nothing).
  static let mistakes: [(String, [String], String?)] = [
    (#"{"a": 11️⃣,}"#, ["trailing-comma@1"], #"{"a":1}"#),
    ("[11️⃣,\n]", ["trailing-comma@1"], "[1]"),
    (#"{"a": 1,1️⃣, "b": 2}"#, ["extra-comma@1"], #"{"a":1,"b":2}"#),
    ("[1️⃣, 1]", ["extra-comma@1"], "[1]"),
    ("{1️⃣// why\n\"a\": 1 2️⃣/* so */}", ["comment@1", "comment@2"], #"{"a":1}"#),
    ("1️⃣# yaml\n[]", ["comment@1"], "[]"),
    (#"{1️⃣'a': 2️⃣'it"s'}"#, ["single-quotes@1", "single-quotes@2"], #"{"a":"it\"s"}"#),
    ("{1️⃣name: 1}", ["unquoted-key@1"], #"{"name":1}"#),
    ("{\"a\": 1️⃣1\n \"b\": 2}", ["missing-comma@1"], #"{"a":1,"b":2}"#),
    (#"[1️⃣1 2️⃣2 "3"]"#, ["missing-comma@1", "missing-comma@2"], #"[1,2,"3"]"#),
    (#"{"a" 1️⃣= 1, "b" 2️⃣=> 2}"#, ["missing-colon@1", "missing-colon@2"], #"{"a":1,"b":2}"#),
    (#"{"a": 1, 1️⃣"a": 2}"#, ["duplicate-key@1"], #"{"a":1}"#),
    (#"{"a": {"b": 0, 1️⃣"\u0062": 1}}"#, ["duplicate-key@1"], #"{"a":{"b":0}}"#),
    ("[1️⃣True, 2️⃣None, 3️⃣prod]", ["word@1", "word@2", "word@3"], #"[true,null,"prod"]"#),
    ("[1️⃣01, 2️⃣+1, 3️⃣.5, 4️⃣1., 5️⃣0x1F]", (1...5).map { "number@\($0)" }, "[01,+1,.5,1.,0x1F]"),
    ("[1️⃣-, 2️⃣1e, 3️⃣1.2.3, 4️⃣12px]", (1...4).map { "number@\($0)" }, "[-,1e,1.2.3,12px]"),
    (
      #"["1️⃣\ud800", "2️⃣\udc00\ud800"]"#,
      ["lone-surrogate@1", "lone-surrogate@2", "lone-surrogate@offset 18"],
      "[\"\u{FFFD}\",\"\u{FFFD}\u{FFFD}\"]"
    ),
    (#"["1️⃣\x41", "2️⃣\u12g4"]"#, ["escape@1", "escape@2"], #"["41","12g4"]"#),
    ("[\"a1️⃣\tb\"]", ["control-character@1"], #"["a\tb"]"#),
    ("[1,1️⃣\u{A0}2]", ["space@1"], "[1,2]"),
    ("1️⃣\u{FEFF}{}", ["byte-order-mark@1"], "{}"),
    ("{} 1️⃣{}", ["extra@1"], "{}"),
  ]

  @Test(arguments: mistakes)
  func readsOver(_ text: String, _ findings: [String], _ content: String?) {
    let outcome = parse(text)
    #expect(outcome.findings == findings.map { "json." + $0 })
    #expect(outcome.node.map { JSONPrinter.printCompact($0) } == content)
  }

  /// Mistakes that end the reading.
  @Test(arguments: [
    ("1️⃣", "empty@1"), ("  \n", "empty@offset 0"), ("1️⃣{\"a\": 1", "unclosed@1"),
    ("{\"a\": 1️⃣[1, 2", "unclosed@1"), ("{\"a\": [1, 21️⃣}", "mismatched-bracket@1"),
    ("[1️⃣\"abc\n]", "unclosed-string@1"), ("[1️⃣\"abc\\", "unclosed-string@1"),
    ("{1️⃣\"a\"}", "missing-colon@1"), ("{1️⃣\"a\" 1}", "missing-colon@1"),
    ("{1️⃣\"a\": }", "missing-value@1"), ("{1️⃣[]: 1}", "unexpected@1"),
    ("{\"a\": 1 1️⃣: 2}", "unexpected@1"), ("[1️⃣@]", "unexpected@1"), ("1️⃣}", "unexpected@1"),
    ("[1,1️⃣", "unclosed@offset 0"),
  ])
  func stops(_ text: String, _ finding: String) {
    let outcome = parse(text)
    #expect(outcome.findings == ["json." + finding])
    #expect(outcome.node == nil)
  }

  @Test func notesTheFirstOfTwoKeys() throws {
    let outcome = parse(#"{"a": 1, "b": 2, "a": 3}"#)
    let note = try #require(outcome.diagnostics.items.first?.notes.first)
    #expect(note.location?.range == SourceRange(1, 4))
    #expect(outcome.node?.members?.count == 2)
  }

  @Test func findsDuplicatesAmongMany() {
    let keys = (0..<1000).map { "\"k\($0)\": \($0)" }
    let outcome = parse("{" + (keys + ["\"k7\": 1"]).joined(separator: ", ") + "}")
    #expect(outcome.findings.count == 1)
    #expect(outcome.node?.members?.count == 1000)
  }

  @Test(
    arguments: [
      ([0x22, 0xFF, 0x22], 1), ([0x22, 0xC3, 0x22], 1), ([0x22, 0xE2, 0x82, 0x22], 1),
      ([0x22, 0xED, 0xA0, 0x80, 0x22], 1), ([0x22, 0xC0, 0xAF, 0x22], 1),
      ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1), ([0x22, 0x61, 0x22, 0x20, 0xF0], 4),
    ] as [([UInt8], Int)])
  func reportsBytesThatAreNotUTF8(_ bytes: [UInt8], _ offset: Int) {
    #expect(parse(bytes).findings.contains("json.invalid-utf8@offset \(offset)"))
  }

  @Test func saysThatAFileIsUTF16() {
    #expect(
      parse([0xFF, 0xFE, 0x7B, 0, 0x7D, 0]).diagnostics.items[0].summary == "The file is UTF-16")
  }

  @Test func endsAfterManyMistakes() {
    let outcome = parse("[" + String(repeating: "1 ", count: 10_000) + "]")
    #expect(outcome.diagnostics.items.count == 50)
    #expect(outcome.node == nil)
  }

  @Test func fixesMendTheText() throws {
    let outcome = parse("{a: True, \"b\" = 1,}")
    var bytes = outcome.file.bytes
    for item in outcome.diagnostics.sorted().reversed() {
      let fix = try #require(item.fixIts.first)
      let range = fix.location.range
      bytes.replaceSubrange(range.start..<range.end, with: Array(fix.replacement.utf8))
    }
    let mended = parse(bytes)
    #expect(mended.findings.isEmpty)
    #expect(mended.node == outcome.node)
  }
}
