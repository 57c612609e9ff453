import Diagnostics
import Generation
import JSON
import Testing

@testable import Operations

@Suite("What an engine says of what exists")
struct DetectingTests {
  private func node(_ text: String) throws -> JSONNode {
    var problems = Diagnostics()
    let node = try #require(parseJSON(SourceFile(name: "x", text: text), into: &problems))
    #expect(problems.items.isEmpty)
    return node
  }

  @Test func `answers are those of checks, by name`() throws {
    let answers = readAnswers(
      try node(
        """
        {"checks": [
          {"address": {"kind": "check", "name": "a"}, "status": "pass", "instances": [{"status": "pass"}]},
          {"address": {"kind": "check", "name": "b"}, "status": "fail", "instances": [{"problems": [{"message": "one"}, {"message": "two"}]}]},
          {"address": {"kind": "check", "name": "c"}, "status": "unknown"},
          {"address": {"kind": "resource", "to_display": "x"}, "status": "pass"},
          {"address": {"kind": "check", "name": "d"}, "status": "something new"}
        ]}
        """))
    #expect(answers.keys.sorted() == ["a", "b", "c"])
    #expect(answers["a"]?.status == .pass)
    #expect(answers["b"]?.messages == ["one", "two"])
    #expect(answers["c"]?.status == .unknown)
    #expect(readAnswers(try node("{}")).isEmpty)
  }

  @Test func `a state holds what it manages, under its address and id`() throws {
    let state = try StateResources(
      Array(
        """
        {"version": 4, "resources": [
          {"mode": "data", "type": "acme_vm", "name": "this", "instances": [{"attributes": {"id": "1"}}]},
          {"mode": "managed", "module": "module.apps.module.acme_vm[\\"web\\"]", "type": "acme_vm", "name": "this",
           "instances": [{"index_key": 0, "attributes": {"id": 12, "password": "p"}}]},
          {"mode": "managed", "type": "acme_key", "name": "each", "instances": [{"index_key": "a", "attributes": {}}]}
        ]}
        """.utf8))
    #expect(
      state.all.map(\.address) == [
        #"module.apps.module.acme_vm["web"].acme_vm.this[0]"#, #"acme_key.each["a"]"#,
      ])
    let place = StatePlace(
      module: #"module.apps.module.acme_vm["web"]"#, type: "acme_vm", label: "this")
    #expect(state.address(in: [place]) != nil)
    #expect(state.address(ofType: "acme_vm", ids: ["12"]) != nil)
    #expect(state.address(ofType: "acme_vm", ids: ["1"]) == nil)
    #expect(state.address(ofType: "acme_key", ids: ["12"]) == nil)
    #expect(try StateResources([]).all.isEmpty)
    #expect(throws: OperationError.self) { try StateResources(Array("{".utf8)) }
  }
}
