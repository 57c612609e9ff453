import Diagnostics
import Testing

@Suite struct NearestMatchTests {
  @Test(
    arguments: [
      ("prodution", "production"), ("staging1", "staging"), ("stagign", "staging"),
      ("PRODUCTION", "production"), ("cloudName", "cloud_name"), ("cloud-name", "cloud_name"),
      ("dv", "dev"), ("dx", nil), ("xyz", nil), ("", nil), ("dve", "dev"),
    ] as [(String, String?)])
  func finds(_ word: String, _ expected: String?) {
    let candidates = ["dev", "staging", "production", "cloud_name"]
    #expect(nearestMatch(word, in: candidates) == expected)
  }

  @Test func takesTheFirstOfEquals() {
    #expect(nearestMatch("bat", in: ["cat", "hat"]) == "cat")
    #expect(nearestMatch("hats", in: ["cats", "hat"]) == "cats")
    #expect(nearestMatch("hat", in: ["cat", "hat"]) == "hat")
  }

  @Test func findsShortWords() {
    #expect(nearestMatch("bd", in: ["cache", "db"]) == "db")
    #expect(nearestMatch("x", in: ["y", "X"]) == "X")
    #expect(nearestMatch("ab", in: ["cd"]) == nil)
  }

  @Test func refusesVeryLongWords() {
    let word = String(repeating: "a", count: 10_000)
    #expect(nearestMatch(word, in: [word]) == nil)
  }
}
