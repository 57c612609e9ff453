import Operations
import Platform
import Synchronization

/// The last line of a terminal, which tells what the engine does at the moment; written anew with each step.
final class StatusLine: Sendable {
  private struct Work {
    /// What is being made, changed or destroyed, in the order in which it was begun.
    var running: [(address: String, seconds: Int)] = []
    var doneCount = 0
    var readCount = 0
    var isShown = false
  }

  /// Goes to the start of the line, and clears it.
  private static let clear = "\r\u{1B}[K"
  private let terminal: Output
  private let work = Mutex(Work())

  init(_ terminal: Output) { self.terminal = terminal }

  /// A stream that may go to the same terminal: the line makes room for what is written to it.
  func keepingClear(_ output: Output) -> Output {
    let append = { @Sendable (bytes: [UInt8]) -> Void in
      self.work.withLock { work in
        if work.isShown { self.terminal.write(Self.clear) }
        output.write(bytes: bytes[...])
        // A question waits for its answer behind it.
        if work.isShown, bytes.last == UInt8(ascii: "\n") {
          self.show(&work)
        } else {
          work.isShown = false
        }
      }
    }
    return Output(
      isTerminal: output.isTerminal, width: { output.lineWidth }, append: append)
  }

  /// Takes a step, and tells what is being done now.
  func take(_ step: ResourceStep) {
    work.withLock { work in
      switch step.phase {
      case .reading: break
      case .read: work.readCount += 1
      case .started: work.running.append((step.address, 0))
      case .goesOn:
        if let index = work.running.firstIndex(where: { $0.address == step.address }) {
          work.running[index].seconds = step.seconds ?? 0
        }
      case .done, .failed:
        work.running.removeAll { $0.address == step.address }
        if step.phase == .done { work.doneCount += 1 }
      }
      show(&work)
    }
  }

  /// Takes the line away: what it told of is over.
  func end() {
    work.withLock { work in
      if work.isShown { terminal.write(Self.clear) }
      work = Work()
    }
  }

  private func show(_ work: inout Work) {
    let width = (terminal.lineWidth ?? 80) - 1
    let text = Self.text(of: work)
    let cut = text.count > width ? String(text.prefix(max(width - 1, 0))) + "…" : text
    terminal.write(Self.clear + visible(cut))
    work.isShown = true
  }

  private static func text(of work: Work) -> String {
    guard !work.running.isEmpty || work.doneCount > 0 else {
      return work.readCount == 0 ? "looking at what there is" : "looked at \(work.readCount)"
    }
    let running = work.running.map { step in
      step.seconds > 0 ? "\(step.address) (\(step.seconds) s)" : step.address
    }
    let done = "\(work.doneCount) done"
    return running.isEmpty ? done : "\(done), at work on \(running.joined(separator: ", "))"
  }
}
