import Checking
import Diagnostics
import Files
import Testing

/// What later versions of Terraform brought, where they are demanded and where they aren't.
@Suite struct VersionTests {
  private static let later = [
    #"variable "v" { deprecated = "x" }"#,
    #"variable "v" { const = true }"#,
    "output \"o\" {\n  value = 1\n  type  = number\n}",
    #"action "x_y" "z" {}"#,
    "resource \"terraform_data\" \"a\" {}\nimport {\n  to       = terraform_data.a\n"
      + "  identity = { id = \"a\" }\n}",
  ]

  private func errors(_ text: String, version: String) throws -> [String] {
    var tree = FileTree()
    tree.add("main.tf", text + "\n")
    let version = try #require(Version(version))
    let found = Known.check(tree, options: CheckOptions(version: version, reportsUnused: false))
    return found.items.filter { $0.severity == .error }.map(\.id)
  }

  @Test(arguments: later)
  func `a version that has it accepts it`(_ text: String) throws {
    #expect(try errors(text, version: "1.15.5") == [])
  }

  @Test(arguments: later)
  func `an older one refuses it`(_ text: String) throws {
    #expect(try errors(text, version: "1.11.4").contains("terraform.too-new"))
  }

  @Test(arguments: later)
  func `it may be demanded by the module`(_ text: String) throws {
    let whole = "terraform { required_version = \">= 1.15\" }\n" + text
    #expect(try errors(whole, version: "1.11.4") == ["terraform.unsupported-version"])
  }
}
