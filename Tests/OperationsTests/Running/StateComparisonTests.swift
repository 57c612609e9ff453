import Testing

@testable import Operations

@Suite("What has become of a state")
struct StateComparisonTests {
  private func condition(_ text: String) -> StateCondition {
    compareState(Array(text.utf8), lineage: "one", serial: 4)
  }

  private func state(_ lineage: String, _ serial: Int, _ resources: String = "") -> String {
    #"{"version": 4, "serial": \#(serial), "lineage": "\#(lineage)", "resources": [\#(resources)]}"#
  }

  @Test func `one that was written since, or is the same, is sound`() {
    #expect(condition(state("one", 4)) == .sound)
    #expect(condition(state("one", 9)) == .sound)
    #expect(!condition(state("one", 9)).isLoss)
  }

  @Test func `nothing is no state, nor is one that was never written`() {
    for text in ["", " \n", state("new", 0)] {
      #expect(condition(text) == .absent)
      #expect(condition(text).isLoss)
    }
  }

  @Test func `what was cut off, or is something else, is no state`() {
    let whole = state("one", 5)
    for text in [String(whole.dropLast(1)), String(whole.prefix(20)), "garbage", "{}", "[]"] {
      #expect(condition(text) == .unreadable)
    }
  }

  @Test func `an older one says how old`() {
    #expect(condition(state("one", 3)) == .older(serial: 3))
  }

  @Test func `another history isn't continued, however new it is`() {
    #expect(condition(state("two", 9)) == .unrelated)
  }

  @Test func `addresses are those that the engine uses`() throws {
    let resources = #"""
      {"module": "module.sqlite[\"db\"]", "mode": "managed", "type": "acme_database", "name": "this",
       "instances": [{}]},
      {"mode": "managed", "type": "acme_app", "name": "all",
       "instances": [{"index_key": "web"}, {"index_key": 1}, {"index_key": "old", "deposed": "a"}]},
      {"mode": "data", "type": "acme_account", "name": "this", "instances": [{}]}
      """#
    let summary = try #require(StateSummary(Array(state("one", 4, resources).utf8)))
    #expect(summary.resources == [#"module.sqlite["db"].acme_database.this"#, "acme_app.all"])
    #expect(
      Set(summary.instances.keys) == [
        #"module.sqlite["db"].acme_database.this"#, #"acme_app.all["web"]"#, "acme_app.all[1]",
      ])
  }
}
