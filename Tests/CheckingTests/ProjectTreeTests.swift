import Diagnostics
import Files
import Foundation
import Operations
import TestSupport
import Testing

/// The trees that webkit writes have nothing to report.
@Suite struct ProjectTreeTests {
  @Test(arguments: Golden.projects)
  func `a recorded project has no findings`(_ name: String) throws {
    let tree = try #require(Golden.tree("\(name)/expected"))
    // Nearly always `infra`.
    let main = try #require(
      tree.paths.filter { $0.hasSuffix("main.tf") }.min { $0.utf8.count < $1.utf8.count })
    let infra = main.dropLast("/main.tf".utf8.count)
    let folder = Golden.root.appending(path: "\(name)/expected/\(infra)").path
    let report = try check(folder, schemas: [], version: nil)
    #expect(TextRenderer(color: false).render(report.diagnostics) == "")
  }

  @Test func `a mistake in a recorded project is found`() throws {
    var tree = try #require(Golden.tree("projects/all-leaves/expected/infra"))
    let path = "providers/digitalocean/vpc/main.tf"
    let text = String(decoding: try #require(tree[path]), as: UTF8.self)
    tree.add(path, text.replacingOccurrences(of: "var.region", with: "var.regoin"))
    let found = Known.check(tree).items.filter { $0.severity == .error }
    #expect(found.map(\.id) == ["terraform.undeclared-variable"])
    #expect(found.first?.fixIts.first?.replacement == "var.region")
  }
}
