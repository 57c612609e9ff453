import Platform
import Synchronization

/// What a program writes, kept in memory.
final class CollectedOutput: Sendable {
  private let collected = Mutex<[UInt8]>([])
  private let hidden: HiddenValues?

  /// Makes an empty one; what is hidden isn't in its text.
  init(hiding hidden: HiddenValues? = nil) { self.hidden = hidden }

  var bytes: [UInt8] { collected.withLock { $0 } }
  var text: String {
    let text = String(decoding: bytes, as: UTF8.self)
    return hidden?.hide(text) ?? text
  }

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
