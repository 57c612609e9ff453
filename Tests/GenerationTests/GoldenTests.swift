import Files
import TestSupport
import Testing

/// How trees are compared.
@Suite struct GoldenTests {
  private func tree(_ files: [String: String]) -> FileTree {
    var tree = FileTree()
    for (path, text) in files { tree.add(path, text) }
    return tree
  }

  @Test func `equal trees have no differences`() {
    let one = tree(["a": "x\n", "b/c": ""])
    #expect(Golden.differences(expected: one, actual: one).isEmpty)
  }

  @Test func `missing, extra and different are three messages`() {
    let differences = Golden.differences(
      expected: tree(["same": "x", "gone": "x", "other": "one\ntwo\n"]),
      actual: tree(["same": "x", "new": "x", "other": "one\n2\n"]))
    #expect(
      differences == [
        "gone is missing: recorded, but not generated",
        "new is extra: generated, but not recorded",
        """
        other is different in line 2:
          recorded:  "two"
          generated: "2"
        """,
      ])
  }

  @Test func `a file that ends earlier is different`() {
    let differences = Golden.differences(
      expected: tree(["a": "one\n"]), actual: tree(["a": "one"]))
    #expect(differences.count == 1)
    #expect(differences[0].contains("the end of the file"))
  }

  @Test func `nothing recorded is a failure, never a recording`() throws {
    guard !Golden.isUpdating else { return }
    let problems = try Golden.problems(of: tree(["a": "x"]), in: "projects/no-such-case/expected")
    #expect(
      problems == [
        "golden/projects/no-such-case/expected is missing; scripts/update-golden.sh records it"
      ])
    let problem = try Golden.problem(of: "x", in: "no-such-file.txt")
    #expect(problem == "golden/no-such-file.txt is missing; scripts/update-golden.sh records it")
    #expect(Golden.bytes("no-such-file.txt") == nil)
    #expect(Golden.tree("projects/no-such-case") == nil)
  }
}
