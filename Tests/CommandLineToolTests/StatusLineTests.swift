import Operations
import Platform
import Synchronization
import Testing

@testable import CommandLineTool

/// The lines of a terminal, as far as these tests write them.
private final class Screen: Sendable {
  private let written = Mutex("")
  let width: Int
  init(width: Int = 80) { self.width = width }

  var stream: Output {
    Output(
      isTerminal: true, width: { self.width },
      append: { bytes in self.written.withLock { $0 += String(decoding: bytes, as: UTF8.self) } })
  }

  /// What a person sees now.
  var lines: [String] {
    written.withLock { text in
      var lines = [""]
      for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
        // What stands before a cleared line is gone.
        lines[lines.count - 1] = String(
          part.split(separator: "\r\u{1B}[K", omittingEmptySubsequences: false).last ?? "")
        lines.append("")
      }
      return lines.dropLast()
    }
  }
}

@Suite("The line that tells what is being done")
struct StatusLineTests {
  private func step(_ address: String, _ phase: ResourceStep.Phase, _ seconds: Int? = nil)
    -> ResourceStep
  {
    ResourceStep(address: address, phase: phase, seconds: seconds, text: "\(address): \(phase)")
  }

  private func view(_ screen: Screen) -> HumanView {
    HumanView(
      output: screen.stream, errors: screen.stream, outputColor: false, errorColor: false,
      takesControls: true)
  }

  @Test func `what is done stays, what is at work is in the last line`() {
    let screen = Screen()
    let view = view(screen)
    view.show(.step(step("db", .started)))
    view.show(.step(step("files", .started)))
    #expect(screen.lines == ["0 done, at work on db, files"])
    view.show(.step(step("db", .goesOn, 10)))
    #expect(screen.lines == ["0 done, at work on db (10 s), files"])
    view.show(.step(step("files", .done, 1)))
    #expect(screen.lines == ["files: done", "1 done, at work on db (10 s)"])
    view.show(.progress("a word of the engine's"))
    #expect(
      screen.lines == ["files: done", "a word of the engine's", "1 done, at work on db (10 s)"])
    view.show(.step(step("db", .failed)))
    #expect(screen.lines.suffix(2) == ["db: failed", "1 done"])
    view.showError("it failed", help: "Look.")
    #expect(screen.lines.suffix(3) == ["error: it failed", "  = help: Look.", ""])
  }

  @Test func `a plan tells how much was looked at, and takes the line away`() {
    let screen = Screen()
    let view = view(screen)
    view.show(.step(step("db", .reading)))
    #expect(screen.lines == ["looking at what there is"])
    view.show(.step(step("db", .read)))
    #expect(screen.lines == ["looked at 1"])
    view.ask("Do this?", answer: "yes")
    #expect(screen.lines == ["Do this? Only `yes` counts: "])
  }

  @Test func `a line is never longer than the terminal's`() {
    let screen = Screen(width: 20)
    view(screen).show(.step(step("module.resources.module.acme[\"db\"].acme.this", .started)))
    #expect(screen.lines == ["0 done, at work on…"])
  }

  @Test func `elsewhere each step is a line`() {
    let screen = Screen()
    let view = HumanView(
      output: screen.stream, errors: screen.stream, outputColor: false, errorColor: false)
    view.show(.step(step("db", .reading)))
    view.show(.step(step("db", .started)))
    view.show(.step(step("db", .done, 3)))
    #expect(screen.lines == ["db: started", "db: done", ""])
  }
}
