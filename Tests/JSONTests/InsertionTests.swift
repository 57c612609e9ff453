import Diagnostics
import JSON
import Testing

/// Members that are put into files as people write them.
@Suite struct InsertionTests {
  /// The text with `"manage": {"production": "adopt"}` and `"id": "7"` put into its innermost first object.
  private func inserted(_ text: String, behind keys: [String] = ["name", "type"]) throws -> String {
    var problems = Diagnostics()
    let file = SourceFile(name: "app.json", text: text)
    let root = try #require(parseJSON(file, into: &problems))
    #expect(problems.items.isEmpty)
    let item = try #require(root.member("resources")?.elements?.first)
    let new: [(key: String, value: JSONNode)] = [
      ("manage", .object([("production", .string("adopt"))])), ("id", .string("7")),
    ]
    let bytes = file.bytes.inserting([JSONInsertion(new, into: item, behind: keys, of: file.bytes)])
    let result = String(decoding: bytes, as: UTF8.self)
    let read = try #require(parseJSON(SourceFile(name: "app.json", bytes: bytes), into: &problems))
    #expect(problems.items.isEmpty, "\(result)")
    let members = read.member("resources")?.elements?.first?.members ?? []
    #expect(members.contains { $0.key == "id" && $0.value == .string("7") }, "\(result)")
    let old = members.filter { !["manage", "id"].contains($0.key) }
    #expect(old == item.members, "\(result)")
    return result
  }

  @Test(arguments: [
    // One line, with blanks and without.
    (
      #"{"resources": [{"name": "db", "type": "x", "config": {}}]}"#,
      #"{"resources": [{"name": "db", "type": "x", "manage": {"production": "adopt"}, "id": "7", "config": {}}]}"#
    ),
    (
      #"{"resources":[{"name":"db","type":"x"}]}"#,
      #"{"resources":[{"name":"db","type":"x","manage":{"production":"adopt"},"id":"7"}]}"#
    ),
    (
      #"{ "resources": [ { "name" : "db" } ] }"#,
      #"{ "resources": [ { "name" : "db", "manage" : { "production" : "adopt" }, "id" : "7" } ] }"#
    ),
    // A member a line: by spaces, tabs, with line ends of any system.
    (
      "{\"resources\": [\n  {\n    \"name\": \"db\"\n  }\n]}\n",
      "{\"resources\": [\n  {\n    \"name\": \"db\",\n    \"manage\": {\"production\": \"adopt\"},\n    \"id\": \"7\"\n  }\n]}\n"
    ),
    (
      "{\"resources\":\r\n[{\r\n\t\"type\": \"x\",\r\n\t\"config\": 1\r\n}]}",
      "{\"resources\":\r\n[{\r\n\t\"type\": \"x\",\r\n\t\"manage\": {\"production\": \"adopt\"},\r\n\t\"id\": \"7\",\r\n\t\"config\": 1\r\n}]}"
    ),
    (
      "{\"resources\":\r[{\r \"type\": 1\r}]}",
      "{\"resources\":\r[{\r \"type\": 1,\r \"manage\": {\"production\": \"adopt\"},\r \"id\": \"7\"\r}]}"
    ),
    // Blank lines between members aren't repeated; commas in front stay where they are.
    (
      "{\"resources\": [{ \"name\": \"db\"\n\n  , \"type\": \"x\"\n  , \"config\": 1 }]}",
      "{\"resources\": [{ \"name\": \"db\"\n\n  , \"type\": \"x\", \"manage\": { \"production\": \"adopt\" }, \"id\": \"7\"\n  , \"config\": 1 }]}"
    ),
    (
      "{\"resources\": [{ \"name\": \"db\",\n\n\n    \"type\": \"x\" }]}",
      "{\"resources\": [{ \"name\": \"db\",\n\n\n    \"type\": \"x\",\n    \"manage\": { \"production\": \"adopt\" },\n    \"id\": \"7\" }]}"
    ),
    // Nothing to go by.
    (
      "{\"resources\": [{}]}",
      "{\"resources\": [{\"manage\": {\"production\": \"adopt\"}, \"id\": \"7\"}]}"
    ),
    (
      "{ \"resources\": [{ }]}",
      "{ \"resources\": [{ \"manage\": { \"production\": \"adopt\" }, \"id\": \"7\" }]}"
    ),
    // Texts that look like structure.
    (
      #"{"resources": [{"name": "a\"}, {\\", "config": 1}]}"#,
      #"{"resources": [{"name": "a\"}, {\\", "manage": {"production": "adopt"}, "id": "7", "config": 1}]}"#
    ),
  ])
  func `are written as the file writes its own`(_ text: String, _ expected: String) throws {
    #expect(try inserted(text) == expected)
  }

  @Test func `behind all, where none of the keys is there`() throws {
    let text = "{\"resources\": [{\"a\": 1, \"b\": 2}]}"
    #expect(
      try inserted(text).hasSuffix(
        "\"b\": 2, \"manage\": {\"production\": \"adopt\"}, \"id\": \"7\"}]}"))
  }

  @Test func `keys and values are escaped`() throws {
    let file = SourceFile(name: "x", text: "{\"a\": 1}")
    var problems = Diagnostics()
    let node = try #require(parseJSON(file, into: &problems))
    let insertion = JSONInsertion([("q\"", .string("é\n\u{1}"))], into: node, of: file.bytes)
    let text = String(decoding: file.bytes.inserting([insertion]), as: UTF8.self)
    #expect(text == "{\"a\": 1, \"q\\\"\": \"é\\n\\u0001\"}")
  }
}
