import Diagnostics
import Platform
import Synchronization

/// Runs the engine with `-json`, through a guard, and tells what it says.
///
/// - Parameters:
///   - call: The call of the guard.
///   - target: The environment, for what is added to errors in others' words.
///   - record: Where to keep what it says; nil where nobody asks later.
///   - tell: Called with what the engine says, from any thread.
/// - Returns: How it ended.
/// - Throws: When it can't be run.
func stream(
  _ call: ProgramCall, for target: RunTarget, into record: EngineRecord? = nil,
  _ tell: @escaping @Sendable (EngineMessage) -> Void
) throws(OperationError) -> ProgramEnd {
  var call = call
  let readers = (0..<2).map { _ in
    LineReader { line in
      record?.keep(line)
      if let message = EngineMessage(line) { tell(message.advised(for: target.environment)) }
    }
  }
  (call.output, call.errors) = (readers[0].stream, readers[1].stream)
  let end = try runAsIs(call)
  for reader in readers { reader.finish() }
  return end
}

/// What an engine said that wrote the state, kept in memory.
final class EngineRecord: Sendable {
  private let kept = Mutex<[UInt8]>([])

  /// All of it, a message a line.
  var lines: [UInt8] { kept.withLock { $0 } }

  func keep(_ line: some Sequence<UInt8>) {
    kept.withLock { kept in
      kept += line
      kept.append(UInt8(ascii: "\n"))
    }
  }
}

extension EngineMessage {
  /// The message, with what to do next where its words alone don't say.
  fileprivate func advised(for environment: String) -> EngineMessage {
    guard case .finding(var finding) = self, finding.severity == .error else { return self }
    finding.help = advice(on: "\(finding.summary)\n\(finding.detail ?? "")", in: environment)
    return .finding(finding)
  }
}

extension OperationError {
  /// The engine was killed while nothing was written.
  static func engineWasKilled(_ signal: Int32) -> OperationError {
    OperationError(
      "the engine was ended by signal \(signal)", help: "Nothing was changed. Run it again.")
  }
}

extension Diagnostic {
  /// The engine was killed while it wrote.
  static func engineWasKilled(_ signal: Int32) -> Diagnostic {
    Diagnostic(
      .error, "run.killed", "the engine was ended by signal \(signal) in the middle of its work",
      help: "Look at `webkit infra plan` before anything else.")
  }
}
