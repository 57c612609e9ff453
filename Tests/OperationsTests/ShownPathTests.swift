import Testing

@testable import Operations

struct ShownPathTests {
  /// What `terraform fmt` shows for these, called in `/w/x`.
  @Test(arguments: [
    ("a.tf", "a.tf"), ("./b//c/", "b/c"), ("b/../a.tf", "a.tf"), ("/w/x/a.tf", "a.tf"), (".", "."),
    ("/w/a.tf", "../a.tf"), ("/a", "../../a"), ("..", ".."), ("../x/a", "a"), ("/w/x", "."),
    ("../../../a", "../../a"),
  ])
  func `paths are shown from the current folder`(path: String, shown: String) {
    #expect(ShownPath.shown(path, from: "/w/x") == shown)
  }

  @Test func `names are joined`() {
    #expect(ShownPath.joined(".", "a") == "a")
    #expect(ShownPath.joined("b", "a") == "b/a")
    #expect(ShownPath.joined("/", "a") == "/a")
  }
}
