public import Diagnostics
import JSON
import Platform
import Synchronization

/// Something that the engine says while it works.
public enum EngineMessage: Sendable {
  /// A finding of its own.
  case finding(Diagnostic)
  /// What it does to a resource.
  case step(ResourceStep)
  /// Anything else on its way.
  case progress(String)

  /// Reads a line of its `-json` output; nil for what isn't worth a line of ours.
  init?(_ line: some Sequence<UInt8>) {
    var problems = Diagnostics()
    let bytes = Array(line)
    guard let node = parseJSON(SourceFile(name: "", bytes: bytes), into: &problems),
      problems.items.isEmpty, let type = node.member("type")?.text
    else {
      // Something else that the engine prints, such as the panic of a provider.
      let text = String(decoding: bytes, as: UTF8.self)
      guard text.contains(where: { !$0.isWhitespace }) else { return nil }
      self = .progress(text)
      return
    }
    switch type {
    case "diagnostic":
      guard let finding = node.member("diagnostic") else { return nil }
      self = .finding(Diagnostic(engine: finding))
    case "provision_start", "provision_errored":
      self = .progress(node.member("@message")?.text ?? "")
    default:
      guard let step = ResourceStep(type, node) else { return nil }
      self = .step(step)
    }
  }
}

extension Diagnostic {
  /// What the engine found.
  fileprivate init(engine node: JSONNode) {
    let place = node.member("range").flatMap { range -> String? in
      guard let file = range.member("filename")?.text else { return nil }
      let line = range.member("start")?.member("line")?.integer
      return "In \(file)\(line.map { ", line \($0)" } ?? "")."
    }
    let address = node.member("address")?.text.map { "For \($0)." }
    let parts = [node.member("detail")?.text, address, place].compactMap(\.self)
      .filter { !$0.isEmpty }
    self.init(
      node.member("severity")?.text == "error" ? .error : .warning, "engine.finding",
      node.member("summary")?.text ?? "The engine reports a problem", at: nil,
      detail: parts.isEmpty ? nil : parts.joined(separator: "\n"))
  }
}

/// Hands on whole lines of what a program writes.
final class LineReader: Sendable {
  private let rest = Mutex<[UInt8]>([])
  private let handle: @Sendable (ArraySlice<UInt8>) -> Void

  init(_ handle: @escaping @Sendable (ArraySlice<UInt8>) -> Void) { self.handle = handle }

  /// Where the program writes to.
  var stream: ProgramCall.Stream { .handled { self.read($0) } }

  private func read(_ new: ArraySlice<UInt8>) {
    let lines = rest.withLock { rest in
      rest += new
      guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [UInt8]() }
      let whole = Array(rest[...end])
      rest.removeSubrange(...end)
      return whole
    }
    for line in lines.split(separator: UInt8(ascii: "\n")) { handle(line) }
  }

  /// Hands on what stands behind the last end of a line.
  func finish() {
    let last = rest.withLock { rest in
      defer { rest = [] }
      return rest
    }
    if !last.isEmpty { handle(last[...]) }
  }
}
