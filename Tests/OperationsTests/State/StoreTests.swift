import Files
import Testing

@testable import Operations

@Suite("How a store is asked, and what it answers")
struct StoreTests {
  private let keys = StoreRequest.Keys(access: "AK", secret: "S\"K\\\n", token: "T")

  private func options(_ request: StoreRequest) -> [String] {
    request.options("http://store/bucket", "aws:amz:eu:s3", keys)
  }

  @Test func `nothing that is in a key can end its line`() {
    let lines = options(StoreRequest(method: .get))
    #expect(lines.contains(#"user = "AK:S\"K\\\n""#))
    #expect(lines.allSatisfy { !$0.contains("\n") })
    #expect(lines.contains(#"header = "x-amz-security-token: T""#))
  }

  @Test func `the query is in order and encoded, and a key keeps its slashes`() {
    let request = StoreRequest(
      method: .get, key: "a b/c+d%/ü", query: [("versions", ""), ("prefix", "x&y=z")])
    #expect(
      options(request)[0]
        == #"url = "http://store/bucket/a%20b/c%2Bd%25/%C3%BC?prefix=x%26y%3Dz&versions=""#)
  }

  @Test func `who asks as a stranger says no key`() {
    let lines = options(StoreRequest(method: .get, isSigned: false))
    #expect(!lines.contains { $0.contains("AK") || $0.hasPrefix("aws-sigv4") })
  }

  @Test func `the digest is that of what is sent`() {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    let digest = Digest(of: Array("<a/>".utf8)).hex
    #expect(
      options(StoreRequest(method: .head)).contains(#"header = "x-amz-content-sha256: \#(empty)""#))
    let put = options(StoreRequest(method: .put, body: "<a/>"))
    #expect(put.contains(#"header = "x-amz-content-sha256: \#(digest)""#))
    #expect(put.contains(#"data-raw = "<a/>""#))
  }

  @Test func `an answer comes behind what only announces it`() throws {
    let text =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/2 412\r\nX-Amz-Version-Id: v:1\r\n\r\nbody\r\n\r\n"
    let reply = try #require(StoreReply(Array(text.utf8)))
    #expect(reply.status == 412)
    #expect(reply.headers == ["x-amz-version-id": "v:1"])
    #expect(reply.text == "body\r\n\r\n")
  }

  @Test(arguments: ["", "\r\n\r\n", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 abc\r\n\r\n", "200 OK\n\n"])
  func `what is no answer is none`(_ text: String) {
    #expect(StoreReply(Array(text.utf8)) == nil)
  }

  @Test func `a refusal is told in the store's words`() throws {
    let body =
      "<Error><Code>NoSuchKey</Code><Message>a &lt;b&gt; &amp;#65; &#66;&#x43;</Message></Error>"
    let reply = try #require(StoreReply(Array("HTTP/1.1 404 X\r\n\r\n\(body)".utf8)))
    #expect(reply.reason == "NoSuchKey: a <b> &#65; BC")
    #expect(try #require(StoreReply(Array("HTTP/1.1 404 X\r\n\r\n".utf8))).reason == "status 404")
  }

  @Test(arguments: [
    "<A>", "<A", "<", "", "</A>", "<A/>", "<A><A>x</A>", "<A>x", "<A b='1'>x</A>",
    "<?xml?><A>x</A>",
  ])
  func `broken answers are read to their end`(_ text: String) {
    #expect(elements(["A"], in: text).count <= 1)
  }

  @Test func `elements come in their order, with attributes or without`() {
    let found = elements(["V", "D"], in: #"<L><V a="1">1</V><Vx>no</Vx><D>2</D><V/><V>3</V></L>"#)
    #expect(found.map(\.name) == ["V", "D", "V"])
    #expect(found.map(\.text) == ["1", "2", "3"])
  }
}

@Suite("Copies of states")
struct StateCopyTests {
  private func copy(_ text: String) -> StateCopy? {
    RelativePath("state").flatMap { StateCopy(Array(text.utf8), $0) }
  }

  private static let head = #"{"version": 4, "lineage": "a", "#

  @Test func `what was never written is blank, what was destroyed isn't`() throws {
    let blank = try #require(copy(Self.head + #""serial": 0, "outputs": {}, "resources": []}"#))
    let workspace = try #require(copy(Self.head + #""serial": 1, "outputs": {}, "resources": []}"#))
    let destroyed = try #require(copy(Self.head + #""serial": 7, "outputs": {}, "resources": []}"#))
    #expect(blank.isBlank && workspace.isBlank && !destroyed.isBlank)
  }

  @Test(arguments: ["", "{}", #"{"lineage": "a"}"#, #"{"serial": 1, "lineage": "a""#, "null"])
  func `what is no state is none`(_ text: String) {
    #expect(copy(text) == nil)
  }

  @Test func `two are the same whatever their checks found`() throws {
    let resources =
      #""resources": [{"mode": "managed", "type": "t", "name": "n", "instances": []}]"#
    let text = Self.head + #""serial": 3, "outputs": {}, "# + resources
    let one = try #require(copy(text + #", "check_results": null}"#))
    let other = try #require(copy(text + #", "check_results": []}"#))
    let later = try #require(copy((text + "}").replacing("3", with: "4")))
    #expect(one.isSame(as: other) && !one.isSame(as: later) && later.hasContent(of: one))
    #expect(one.resourceCount == 1)
  }
}
