import Diagnostics
import JSON
import Testing

@testable import Operations

@Suite("What a plan says")
struct PlanReadingTests {
  private func plan(_ changes: [String], more: String = "") throws -> Plan {
    let text =
      #"{"format_version": "1.2", "resource_changes": [\#(changes.joined(separator: ","))]\#(more)}"#
    var problems = Diagnostics()
    let file = SourceFile(name: "plan", bytes: Array(text.utf8))
    let node = try #require(parseJSON(file, into: &problems))
    #expect(problems.items.isEmpty)
    return readPlan(node, statefulTypes: ["acme_database"])
  }

  private func change(
    _ name: String, _ actions: String, type: String = "acme_database", module: String? = nil,
    more: String = "", _ values: String = ""
  ) -> String {
    let module = module.map { #""module_address": "\#($0)", "# } ?? ""
    return #"""
      {"address": "\#(name)", \#(module)"mode": "managed", "type": "\#(type)", "name": "this"\#(more),
       "change": {"actions": [\#(actions)]\#(values)}}
      """#
  }

  @Test func `nothing is a plan without changes`() throws {
    let plan = try plan([change("a", #""no-op""#)])
    #expect(plan.changes.isEmpty)
    #expect(plan.isEmpty)
    #expect(plan.risk == PlanRisk())
  }

  @Test func `what loses data is in front, then the rest by action and address`() throws {
    let plan = try plan([
      change("z", #""create""#), change("b", #""update""#, type: "acme_app"),
      change("a", #""update""#, type: "acme_app"), change("y", #""delete", "create""#),
      change("c", #""delete""#, type: "acme_app"), change("x", #""delete""#),
    ])
    #expect(plan.changes.map(\.address) == ["y", "x", "c", "a", "b", "z"])
    #expect(plan.changes.map(\.losesData) == [true, true, false, false, false, false])
  }

  @Test func `the item is the key of the innermost module`() throws {
    let module = #"module.resources.module.acme_database[\"main.db\"]"#
    let plan = try plan([
      change("a", #""create""#, module: module),
      change("b", #""create""#, module: "module.resources"),
      change("c", #""create""#),
    ])
    #expect(plan.changes.map(\.item) == ["main.db", nil, nil])
  }

  @Test func `a replacement names what it is due to, an update what differs`() throws {
    let plan = try plan([
      change(
        "a", #""create", "delete""#, more: #", "action_reason": "replace_because_cannot_update""#,
        #", "replace_paths": [["region"], ["spec", 0, "name"]]"#),
      change(
        "b", #""update""#,
        #"""
        , "before": {"size": "s", "token": "x", "same": 1, "gone": true}, "after_unknown": {"host": true},
        "after": {"size": "m", "token": "y", "same": 1}, "after_sensitive": {"token": true}
        """#),
    ])
    #expect(plan.changes[0].arguments == ["region", "spec[0].name"])
    #expect(plan.changes[0].reason == "replace_because_cannot_update")
    #expect(plan.changes[1].arguments == ["gone", "host", "size", "token"])
  }

  @Test func `imports, moves and what is forgotten are told from changes`() throws {
    let plan = try plan([
      change("a", #""no-op""#, #", "importing": {"id": "1"}"#),
      change("b", #""no-op""#, more: #", "previous_address": "c""#), change("d", #""forget""#),
      change("e", #""read""#, type: "acme_region"),
    ])
    #expect(plan.changes.map(\.action) == [.adopt, .forget, .move, .read].sorted { $0 < $1 })
    #expect(plan.changes.first { $0.action == .move }?.formerAddress == "c")
    #expect(plan.risk.level == .medium)
  }

  @Test(arguments: [
    (#""create""#, "acme_database", "low"), (#""update""#, "acme_app", "low"),
    (#""update""#, "acme_database", "medium"), (#""delete""#, "acme_app", "medium"),
    (#""delete", "create""#, "acme_app", "medium"), (#""delete""#, "acme_database", "high"),
    (#""delete", "create""#, "acme_database", "high"),
  ])
  func `risk grows with what can be lost`(actions: String, type: String, level: String) throws {
    let plan = try plan([
      change("a", actions, type: type), change("b", #""update""#, type: "acme_app"),
      change("c", #""create""#),
    ])
    #expect(plan.risk.level.rawValue == level)
  }

  @Test func `outputs and what changed behind the state's back are named`() throws {
    let plan = try plan(
      [],
      more: #"""
        , "output_changes": {"b": {"actions": ["update"]}, "a": {"actions": ["no-op"]}},
        "resource_drift": [{"address": "x", "change": {"actions": ["update"]}}], "errored": true
        """#)
    #expect(plan.outputs == ["b"])
    #expect(plan.drifted == ["x"])
    #expect(!plan.isComplete)
    #expect(!plan.isEmpty)
  }
}

extension PlannedChange.Action {
  /// The order of a plan's lines.
  fileprivate static func < (left: Self, right: Self) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }
}
