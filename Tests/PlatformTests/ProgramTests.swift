import Foundation
import Glibc
import Platform
import Synchronization
import Testing

/// What a program wrote, collected from any thread.
private final class Collected: Sendable {
  private let bytes = Mutex<[UInt8]>([])
  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
  var count: Int { bytes.withLock(\.count) }
  var stream: ProgramCall.Stream { .handled { new in self.bytes.withLock { $0 += new } } }
}

@Suite("Other programs")
struct ProgramTests {
  private func shell(
    _ script: String, environment: [String: String] = ["PATH": "/usr/bin:/bin"]
  ) -> ProgramCall {
    ProgramCall("/bin/sh", ["-c", script], environment: environment)
  }

  private func output(_ call: ProgramCall) throws -> (end: ProgramEnd, out: String, err: String) {
    let (out, err) = (Collected(), Collected())
    var call = call
    (call.output, call.errors) = (out.stream, err.stream)
    let end = try runProgram(call)
    return (end, out.text, err.text)
  }

  @Test func `streams and codes come back`() throws {
    let result = try output(shell("echo one; echo two >&2; exit 7"))
    #expect(result == (.exited(7), "one\n", "two\n"))
  }

  @Test func `only the given variables are there`() throws {
    let result = try output(
      ProgramCall("/usr/bin/env", [], environment: ["B": "two words", "A": "1\n2"]))
    #expect(result.out == "A=1\n2\nB=two words\n")
  }

  @Test func `a signal's end is told from a code`() throws {
    let end = try output(shell("kill -9 $$")).end
    #expect(end == .killed(9))
    #expect(end.code == 137)
  }

  @Test func `input is read to its end, however long`() throws {
    var call = ProgramCall("/usr/bin/wc", ["-c"], environment: [:])
    call.input = [UInt8](repeating: 65, count: 3_000_000)
    #expect(try output(call).out == "3000000\n")
  }

  @Test func `who reads nothing gets nothing in its way`() throws {
    var call = shell("exit 0")
    call.input = [UInt8](repeating: 65, count: 3_000_000)
    #expect(try output(call).end == .exited(0))
  }

  @Test func `long output comes whole`() throws {
    let collected = Collected()
    var call = shell("yes | head -c 5000000")
    call.output = collected.stream
    #expect(try runProgram(call) == .exited(0))
    #expect(collected.count == 5_000_000)
  }

  @Test(.timeLimit(.minutes(1)))
  func `what it leaves in the background isn't waited for`() throws {
    let result = try output(shell("sleep 300 & echo $!"))
    let left = try #require(Int32(result.out.dropLast()))
    #expect(kill(left, SIGKILL) == 0)
  }

  @Test(.timeLimit(.minutes(1)))
  func `who dies takes along what it started`() throws {
    let result = try output(shell("sleep 300 & echo $!; kill -9 $$"))
    #expect(result.end == .killed(9))
    let left = try #require(Int32(result.out.dropLast()))
    // Whoever takes over the dead may be slow to bury them.
    while let text = try? String(contentsOfFile: "/proc/\(left)/stat", encoding: .utf8),
      !text.contains(") Z ")
    { usleep(10_000) }
  }

  @Test func `a program that isn't there is no crash`() throws {
    #expect(throws: ProcessError("/nowhere/x", "No such file or directory")) {
      try runProgram(ProgramCall("/nowhere/x", [], environment: [:]))
    }
  }

  @Test func `programs are found as a shell finds them`() throws {
    let folder = try TemporaryFolder()
    try folder.write("bin/tool", "#!/bin/sh\n")
    let environment = Environment(["PATH": "::/nowhere:\(folder.path)/bin:/usr/bin"])
    #expect(findProgram("tool", in: environment) == nil)
    try folder.setMode("bin/tool", 0o755)
    #expect(findProgram("tool", in: environment) == folder.path + "/bin/tool")
    #expect(findProgram("bin", in: Environment(["PATH": folder.path])) == nil)
    #expect(findProgram(folder.path + "/bin/tool", in: Environment()) != nil)
    #expect(findProgram("tool", in: Environment()) == nil)
  }
}
