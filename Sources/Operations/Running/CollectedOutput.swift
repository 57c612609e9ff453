import Platform
import Synchronization

/// What a program writes, kept in memory.
final class CollectedOutput: Sendable {
  /// All of it, and how much was passed on.
  private struct Content {
    var bytes: [UInt8] = []
    var passed = 0

    /// What is to be passed on next, up to a place.
    mutating func next(to end: Int) -> ArraySlice<UInt8> {
      defer { passed = end }
      return bytes[passed..<end]
    }
  }

  private let content = Mutex(Content())
  private let hidden: HiddenValues?

  /// Makes an empty one; what is hidden isn't in its text, nor in what is passed on.
  init(hiding hidden: HiddenValues? = nil) { self.hidden = hidden }

  var bytes: [UInt8] { content.withLock { $0.bytes } }
  var text: String {
    let text = String(decoding: bytes, as: UTF8.self)
    return hidden?.hide(text) ?? text
  }

  /// Where the program writes to.
  var stream: ProgramCall.Stream {
    .handled { new in self.content.withLock { $0.bytes += new } }
  }

  /// The same, and on to this process's standard error, line by line.
  var passingOn: ProgramCall.Stream {
    .handled { new in
      let lines = self.content.withLock { content in
        content.bytes += new
        let end = content.bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return content.next(to: max(end, content.passed))
      }
      self.pass(lines)
    }
  }

  /// Passes on what stands behind the last end of a line.
  func finish() { pass(content.withLock { $0.next(to: $0.bytes.count) }) }

  private func pass(_ bytes: ArraySlice<UInt8>) {
    guard !bytes.isEmpty else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let hidden, case let shown = hidden.hide(text), shown != text else {
      return Output.standardError.write(bytes: bytes)
    }
    Output.standardError.write(shown)
  }
}
