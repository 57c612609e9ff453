import Diagnostics
import Files
import TestSupport
import Testing

/// What is said of broken trees, word for word.
@Suite struct CaseTests {
  static let cases = Golden.cases("check").filter { $0 != "probes" }

  @Test(arguments: cases)
  func `the findings are as recorded`(_ name: String) throws {
    let tree = try #require(Golden.tree("check/\(name)/input"))
    let found = Known.check(tree)
    let text = TextRenderer(color: false).render(found)
    let problem = try Golden.problem(of: text, in: "check/\(name)/findings.txt")
    #expect(problem == nil)
  }

  @Test(arguments: cases)
  func `each finding has an id, a place and no full stop`(_ name: String) throws {
    let tree = try #require(Golden.tree("check/\(name)/input"))
    for finding in Known.check(tree).items {
      #expect(finding.id.hasPrefix("terraform."))
      #expect(finding.location != nil || finding.id == "terraform.json-not-checked")
      #expect(!finding.summary.hasSuffix("."))
    }
  }

  @Test(arguments: cases)
  func `what a fix-it mends isn't found again`(_ name: String) throws {
    let tree = try #require(Golden.tree("check/\(name)/input"))
    let found = Known.check(tree)
    let edits = found.items.flatMap(\.fixIts)
    guard !edits.isEmpty else { return }
    var mended = tree
    for path in tree.paths {
      let own = edits.filter { $0.location.file.name == path }
        .sorted { $0.location.range.start > $1.location.range.start }
      var bytes = tree[path] ?? []
      var end = bytes.count
      for edit in own where edit.location.range.end <= end {
        bytes.replaceSubrange(
          edit.location.range.start..<edit.location.range.end, with: Array(edit.replacement.utf8))
        end = edit.location.range.start
      }
      mended[path] = bytes
    }
    let left = Set(Known.check(mended).items.map(\.summary))
    for item in found.items where !item.fixIts.isEmpty {
      #expect(!left.contains(item.summary))
    }
  }

  @Test func `equal trees have equal findings`() throws {
    for name in Self.cases {
      let tree = try #require(Golden.tree("check/\(name)/input"))
      let renderer = TextRenderer(color: false)
      #expect(renderer.render(Known.check(tree)) == renderer.render(Known.check(tree)))
    }
  }
}
