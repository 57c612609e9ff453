import Files
import Testing

struct TreeDifferenceTests {
  @Test func `tells added, changed and removed files apart`() {
    var (old, new) = (FileTree(), FileTree())
    for (path, text) in [("same", "1"), ("changed", "1"), ("old/b", "1"), ("old/a", "1")] {
      old.add(path, text)
    }
    for (path, text) in [("same", "1"), ("changed", "2"), ("new", "")] { new.add(path, text) }
    let difference = TreeDifference(from: old, to: new)
    #expect(difference.added == ["new"])
    #expect(difference.changed == ["changed"])
    #expect(difference.removed == ["old/a", "old/b"])
    #expect(TreeDifference(from: new, to: new).isEmpty)
  }
}
