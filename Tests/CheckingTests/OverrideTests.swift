import Diagnostics
import Files
import Testing

/// What override files bring is told where it is written.
@Suite struct OverrideTests {
  @Test func `a mistake in an override file is told at its own line`() {
    var tree = FileTree()
    tree.add("main.tf", "locals {\n  size = 1\n}\n\noutput \"o\" {\n  value = local.size\n}\n")
    tree.add("a_override.tf", "# One\n\noutput \"o\" {\n  value = local.sise\n}\n")
    tree.add("b_override.tf", "\n\n\nlocals {\n  size = upper(1, 2)\n}\n")
    let found = Known.check(tree).items.filter { $0.severity == .error }
    let places = found.compactMap(\.location).map { location in
      "\(location.file.name):\(location.file.position(at: location.range.start).line)"
    }
    #expect(places.sorted() == ["a_override.tf:4", "b_override.tf:5"])
    #expect(found.flatMap(\.fixIts).map(\.location.file.name) == ["a_override.tf"])
  }
}
