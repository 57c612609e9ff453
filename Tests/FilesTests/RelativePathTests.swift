import Files
import Testing

struct RelativePathTests {
  @Test(arguments: [
    ("", RelativePath.Fault.empty), ("/etc/passwd", .absolute), ("..", .leadsUpwards),
    ("a/../b", .leadsUpwards), ("a//b", .emptyPart), ("a/", .emptyPart), ("./a", .emptyPart),
    ("a\u{0}b", .controlCharacter), ("a\nb", .controlCharacter),
  ])
  func `refuses what could lead elsewhere`(text: String, fault: RelativePath.Fault) {
    #expect(RelativePath.fault(in: text) == fault)
    #expect(RelativePath(text) == nil)
  }

  @Test(arguments: ["a", "infra/main.tf", ".github/workflows/x.yml", "..a/b..", "ä/ö"])
  func `takes paths inside`(text: String) {
    #expect(RelativePath(text)?.text == text)
  }

  @Test func `knows its parts`() throws {
    let path = try #require(RelativePath("infra/modules/apps/main.tf"))
    #expect(path.name == "main.tf")
    #expect(path.parts == ["infra", "modules", "apps", "main.tf"])
    #expect(path.ancestors.map(\.text) == ["infra/modules/apps", "infra/modules", "infra"])
    #expect(RelativePath("main.tf")?.parent == nil)
  }

  @Test func `sorts by bytes`() {
    let paths = ["b", "a/b", "a-b", "B"].compactMap { RelativePath($0) }.sorted()
    #expect(paths.map(\.text) == ["B", "a-b", "a/b", "b"])
  }
}
