import Testing

@testable import Operations

@Suite("The journal of a run")
struct RunJournalTests {
  private func run(_ lines: String...) -> UnfinishedRun {
    UnfinishedRun(journal: Array(lines.joined(separator: "\n").utf8))
  }

  private func message(_ type: String, _ address: String, _ action: String = "create") -> String {
    #"{"type": "\#(type)", "hook": {"resource": {"addr": "\#(address)"}, "action": "\#(action)"}}"#
  }

  private func finding(
    _ summary: String, _ address: String, severity: String = "error", detail: String = ""
  ) -> String {
    """
    {"type": "diagnostic", "diagnostic": {"severity": "\(severity)", "summary": "\(summary)", \
    "detail": "\(detail)", "address": "\(address)"}}
    """
  }

  private func change(_ address: String, _ action: String = "create") -> UnfinishedRun.Change {
    UnfinishedRun.Change(address: address, action: action)
  }

  @Test func `what was begun and not ended is open`() {
    let run = run(
      message("apply_start", "a"), message("apply_start", "b", "update"),
      message("apply_progress", "b", "update"), message("apply_start", "c"),
      message("apply_complete", "a"))
    #expect(run.open == [change("b", "update"), change("c")])
    #expect(run.done == [change("a")])
  }

  @Test func `a replacement is two changes`() {
    let run = run(
      message("apply_start", "a", "delete"), message("apply_complete", "a", "delete"),
      message("apply_start", "a"))
    #expect(run.open == [change("a")])
    #expect(run.done == [change("a", "delete")])
  }

  @Test func `what a provider refused isn't open`() {
    let run = run(
      message("apply_start", "a"), message("apply_errored", "a"), finding("Name is taken", "a"))
    #expect(run.open.isEmpty)
  }

  @Test(arguments: [
    ("Plugin did not respond", ""), ("Request cancelled", ""),
    ("Error creating it", "Post https://x: context deadline exceeded"),
    ("Error creating it", "read tcp: connection reset by peer"),
  ])
  func `what nobody answered for is`(summary: String, detail: String) {
    let run = run(
      message("apply_start", "a"), message("apply_errored", "a"),
      finding(summary, "a", detail: detail))
    #expect(run.open == [change("a")])
  }

  @Test func `what failed before the reason was said is`() {
    #expect(run(message("apply_start", "a"), message("apply_errored", "a")).open == [change("a")])
    let warned = run(
      message("apply_start", "a"), message("apply_errored", "a"),
      finding("Deprecated", "a", severity: "warning"), finding("Refused", "b"))
    #expect(warned.open == [change("a")])
  }

  @Test func `reading is no change`() {
    #expect(run(message("apply_start", "data.a", "read")).open.isEmpty)
  }

  @Test func `it is read up to where it was cut off`() {
    let whole = message("apply_start", "a") + "\n" + message("apply_start", "b")
    for length in 0...whole.utf8.count {
      let run = UnfinishedRun(journal: Array(whole.utf8.prefix(length)))
      #expect([[], [change("a")], [change("a"), change("b")]].contains(run.open))
    }
  }

  @Test func `the same twice is once`() {
    let run = run(
      message("apply_start", "a"), message("apply_complete", "a"), message("apply_start", "a"),
      message("apply_start", "b"), message("apply_start", "b"))
    #expect(run.open == [change("a"), change("b")])
  }

  @Test func `its head tells what was before`() {
    let run = run(
      #"""
      {"type":"run","command":"apply","copy":3,"serial":9,"lineage":"one","orphans":["a"]}
      """#, "", #"{"type":"left_state","copy":4}"#)
    #expect((run.command, run.copy, run.serial, run.lineage) == ("apply", 3, 9, "one"))
    #expect(run.orphans == ["a"])
    #expect(run.left == 4)
  }

  @Test func `a state that was printed is kept whole`() {
    let state = #"{"version":4,"serial":7,"lineage":"one","resources":[{"n":1.50}]}"#
    let run = run(#"{"@message":"Emergency state dump","type":"log","state":\#(state)}"#)
    #expect(run.dumped.map { String(decoding: $0, as: UTF8.self) } == state)
  }
}
