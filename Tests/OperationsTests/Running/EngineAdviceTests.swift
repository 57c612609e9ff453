import Testing

@testable import Operations

@Suite("What to do about errors in others' words")
struct EngineAdviceTests {
  /// Errors as Terraform, stores and providers write them, and a word of what is to be done.
  @Test(arguments: [
    (
      "Error acquiring the state lock\nLock Info:\n  ID:        6f5c-11\n  Path:      a\n  Who:       b",
      "webkit infra unlock --environment staging 6f5c-11"
    ),
    (
      """
      Error acquiring the state lock
      Error message: 2 problems:
      - Unsupported state file format: The state file could not be parsed as JSON
      """, "webkit infra state restore"
    ),
    ("Error acquiring the state lock\nwrite lock.info: no space left on device", "Make room"),
    ("api error NoSuchBucket: The specified bucket does not exist", "no such bucket"),
    ("Get \"https://a\": dial tcp 127.0.0.1:1: connect: connection refused", "Nothing answers"),
    ("dial tcp: lookup api.example.invalid: no such host", "Nothing answers"),
    ("Get \"https://a\": x509: certificate signed by unknown authority", "isn't trusted"),
    ("https response error StatusCode: 403, api error InvalidAccessKeyId", "are refused"),
    ("GET https://a/v2/b: 401 (request \"c\") Unable to authenticate you", "are refused"),
    ("curl: (7) Failed to connect to 127.0.0.1 port 1: Couldn't connect", "Nothing answers"),
    ("mkdir .terraform: read-only file system", "may write"),
  ])
  func `a next step is named`(text: String, step: String) throws {
    let said = try #require(advice(on: text, in: "staging"))
    #expect(said.contains(step))
  }

  @Test(arguments: [
    "Invalid value for variable", "Error creating app: 422 the name is too long", "",
    "Error acquiring the state lock", "release 4.0.3 is out",
  ])
  func `where the words suffice, or nothing is known, nothing is added`(text: String) {
    #expect(advice(on: text, in: "staging") == nil)
  }

  @Test func `colours and frames are left out`() {
    let text = "\u{1B}[31m\u{2577}\u{1B}[0m\n\u{2502} \u{1B}[1mError: \u{1B}[0mno [way] m\n"
    #expect(visibleLines(text) == "Error: no [way] m")
  }
}
