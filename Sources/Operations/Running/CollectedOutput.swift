import Platform
import Synchronization

/// What a program writes, kept in memory.
final class CollectedOutput: Sendable {
  private let collected = Mutex<[UInt8]>([])

  var bytes: [UInt8] { collected.withLock { $0 } }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Where the program writes to.
  var stream: ProgramCall.Stream {
    .handled { new in self.collected.withLock { $0 += new } }
  }

  /// The same, and on to this process's standard error.
  var passingOn: ProgramCall.Stream {
    .handled { new in
      self.collected.withLock { $0 += new }
      Output.standardError.write(bytes: new)
    }
  }
}
