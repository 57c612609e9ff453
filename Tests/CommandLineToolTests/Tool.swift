import CommandLineTool
import Operations
import Platform
import Synchronization
import TestSupport

/// What a call of the tool gave.
struct Answer: Equatable {
  var exitCode: ExitCode
  var output: String
  var errors: String

  /// The lines of standard output.
  var lines: [String] { output.split(separator: "\n").map(String.init) }
}

/// Calls the tool as a process would, with made-up manifests.
func call(_ words: String..., in project: TemporaryProject? = nil) -> Answer {
  call(words, in: project)
}

/// Calls the tool as a process would, with made-up manifests.
func call(
  _ words: [String], in project: TemporaryProject? = nil, isTerminal: Bool = false,
  input: String = "", environment: [String: String] = [:],
  generator: Generator = lineGenerator
) -> Answer {
  let (output, errors) = (Buffer(), Buffer())
  let surroundings = Surroundings(
    output: Output(isTerminal: isTerminal) { output.append($0) },
    errors: Output(isTerminal: isTerminal) { errors.append($0) },
    input: Input(Array(input.utf8)), environment: Environment(environment), generator: generator)
  let place = project.map { ["-C", $0.path] } ?? []
  let exitCode = runWebkit(place + words, in: surroundings)
  return Answer(exitCode: exitCode, output: output.text, errors: errors.text)
}

/// Bytes that several writers add to.
private final class Buffer: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  func append(_ more: [UInt8]) { bytes.withLock { $0 += more } }

  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}
