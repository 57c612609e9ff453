import Files
import Testing

struct LineDifferenceTests {
  private func difference(_ old: String, _ new: String) -> LineDifference {
    LineDifference(from: Array(old.utf8), to: Array(new.utf8))
  }

  private func side(_ difference: LineDifference, without kind: LineDifference.Kind) -> String {
    String(
      decoding: difference.lines.filter { $0.kind != kind }.flatMap(\.bytes), as: UTF8.self)
  }

  @Test func `shows a change in its surroundings`() {
    let old = (1...12).map { "line \($0)\n" }.joined()
    let new = old.replacing("line 6\n", with: "line six\nand more\n")
    #expect(
      difference(old, new).unified(from: "f", to: "f") == """
        --- a/f
        +++ b/f
        @@ -3,7 +3,8 @@
         line 3
         line 4
         line 5
        -line 6
        +line six
        +and more
         line 7
         line 8
         line 9

        """)
  }

  @Test func `parts changes that lie far from each other`() {
    let old = (1...30).map { "\($0)\n" }.joined()
    let new = "0\n" + old.replacing("29\n", with: "")
    #expect(
      difference(old, new).unified(from: "f", to: "f", context: 1) == """
        --- a/f
        +++ b/f
        @@ -1 +1,2 @@
        +0
         1
        @@ -28,3 +29,2 @@
         28
        -29
         30

        """)
  }

  @Test func `says where the last newline is missing`() {
    #expect(
      difference("a\nb", "a\nb\n").unified(from: "f", to: "f") == """
        --- a/f
        +++ b/f
        @@ -1,2 +1,2 @@
         a
        -b
        \\ No newline at end of file
        +b

        """)
  }

  @Test func `shows new and removed files`() {
    #expect(
      difference("", "a\n").unified(from: nil, to: "f")
        == "--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+a\n")
    #expect(
      difference("a\n", "").unified(from: "f", to: nil)
        == "--- a/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n")
    #expect(difference("a\n", "a\n").unified(from: "f", to: "f").isEmpty)
  }

  @Test func `both sides come out whole, and the way is the shortest`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<400 {
      let (old, new) = (lines(&random), lines(&random))
      let difference = difference(old.joined(), new.joined())
      #expect(side(difference, without: .added) == old.joined())
      #expect(side(difference, without: .removed) == new.joined())
      #expect(difference.lines.count { $0.kind == .common } == longestCommon(old, new))
    }
  }

  @Test func `texts without anything in common cost little`() {
    let old = (0..<20_000).map { "old \($0)\n" }.joined()
    let new = (0..<20_000).map { "new \($0)\n" }.joined()
    let difference = difference(old, new)
    #expect(side(difference, without: .added) == old)
    #expect(side(difference, without: .removed) == new)
  }

  private func lines(_ random: inout SystemRandomNumberGenerator) -> [String] {
    let count = Int.random(in: 0...9, using: &random)
    return (0..<count).map { _ in ["a\n", "b\n", "c\n"].randomElement(using: &random) ?? "" }
  }

  private func longestCommon(_ left: [String], _ right: [String]) -> Int {
    var last = [Int](repeating: 0, count: right.count + 1)
    for letter in left {
      var row = [0]
      for (index, other) in right.enumerated() {
        row.append(letter == other ? last[index] + 1 : max(row[index], last[index + 1]))
      }
      last = row
    }
    return last[right.count]
  }
}
