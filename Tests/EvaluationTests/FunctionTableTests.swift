import Diagnostics
import Testing

@testable import Evaluation

/// The functions of Terraform as data, and what is worked out of them.
@Suite struct FunctionTableTests {
  @Test func `has every function that is worked out`() throws {
    let table = try functionTable()
    #expect(table.names.count == 119)
    for name in FunctionImplementation.all.keys.sorted() {
      #expect(table.signatures[name] != nil, "\(name)")
    }
  }

  @Test(
    arguments: [
      (">= 1.5, < 2.0", LanguageVersion(1, 5)), ("~> 1.9.2", LanguageVersion(1, 9, 2)),
      ("1.11.4", LanguageVersion(1, 11, 4)), (">= 1.3, >= 1.6", LanguageVersion(1, 6)),
      ("< 2.0", nil), ("", nil), ("= v1.2", LanguageVersion(1, 2)),
      (">=1.10.0-beta1", LanguageVersion(1, 10)),
    ] as [(String, LanguageVersion?)])
  func `knows the lowest version of a constraint`(text: String, version: LanguageVersion?) {
    #expect(LanguageVersion(lowestOf: text) == version)
  }

  @Test func `reports what is no function`() {
    var diagnostics = Diagnostics()
    let file = SourceFile(
      name: "functions.json",
      text: #"{"functions": [{"name": "a", "parameters": [], "returns": "nothing"}]}"#)
    let table = FunctionTable(file, into: &diagnostics)
    #expect(table.names == [])
    #expect(diagnostics.items.map(\.id) == ["terraform.function-data"])
  }

  @Test(arguments: [
    ("10.0.0.0/8", true), ("fd00::/48", true), ("::/0", true), ("1::2:3/64", true),
    ("10.0.0.0/33", false),
    ("10.0.0/8", false), ("10.0.0.256/8", false), ("1:2:3:4:5:6:7:8:9/64", false),
    ("10.0.0.0", false),
  ])
  func `reads ranges of addresses`(text: String, isRight: Bool) {
    #expect((NetworkRange(text) != nil) == isRight)
  }
}
