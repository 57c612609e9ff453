import Diagnostics
import Files
import TestSupport
import Testing

/// Terraform itself looks at a `.tfbackend` only when it reaches the store.
@Suite struct BackendFileTests {
  private static let files: [(project: String, type: String, path: String, settings: String)] =
    Golden.cases("projects").flatMap { project in
      let tree = Golden.tree("projects/\(project)/expected") ?? FileTree()
      let text = tree.paths.first { $0.hasSuffix("/backend.tf") }.flatMap { tree[$0] } ?? []
      let type = String(decoding: text, as: UTF8.self).split(separator: "\"").dropFirst().first
      return tree.paths.filter { $0.hasSuffix(".tfbackend") }.map { path in
        (project, String(type ?? ""), path, String(decoding: tree[path] ?? [], as: UTF8.self))
      }
    }

  private static func check(_ type: String, _ settings: String) -> Diagnostics {
    var tree = FileTree()
    tree.add("main.tf", "terraform {\n  backend \"\(type)\" {\n\(settings)\n  }\n}\n")
    return Known.check(tree)
  }

  @Test func `holds arguments of its backend`() {
    #expect(Set(Self.files.map(\.type)) == ["local", "s3", "pg", "remote"])
    for file in Self.files {
      let found = Self.check(file.type, file.settings)
      let text = TextRenderer(color: false).render(found)
      #expect(found.items.isEmpty, "\(file.project) \(file.path):\n\(text)")
    }
  }

  @Test func `with another's is refused`() {
    for (type, settings) in [
      ("pg", "schema = \"a\""), ("s3", "endpoint_url = \"a\""), ("remote", "workspaces = \"a\""),
    ] {
      #expect(Self.check(type, settings).hasErrors, "\(type): \(settings)")
    }
  }
}
