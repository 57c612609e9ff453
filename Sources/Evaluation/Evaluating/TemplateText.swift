import Diagnostics
import HCL
import Synchronization

/// A text that is one template, parsed when it is first rendered.
public final class TemplateText: Sendable {
  /// The text.
  public let bytes: [UInt8]
  private let file: SourceFile
  private let known = Mutex<Parsed?>(nil)

  /// What a template says, and what is wrong with it.
  struct Parsed: Sendable {
    let expression: Expression
    /// The file that places in the expression belong to.
    let file: SourceFile
    let findings: Diagnostics
  }

  /// Makes a template; messages call it by the name.
  public init(name: String, text: String) {
    file = SourceFile(name: name, text: text)
    bytes = file.bytes
  }

  /// What it says.
  var parsed: Parsed {
    known.withLock { known in
      if let known { return known }
      let parsed = Parsed(file)
      known = parsed
      return parsed
    }
  }
}

extension TemplateText.Parsed {
  /// Parses a text as what stands between the markers of a heredoc.
  fileprivate init(_ file: SourceFile) {
    var findings = Diagnostics()
    let text = file.text(SourceRange(0, file.bytes.count))
    var marker = "END"
    while file.bytes.holds(Array(marker.utf8)) { marker += "_END" }
    self.file = SourceFile(name: file.name, text: "<<\(marker)\n\(text)\n\(marker)\n")
    guard case .heredoc(let heredoc) = parseExpression(self.file, into: &findings) else {
      expression = .string("")
      self.findings = findings
      return
    }
    var parts = heredoc.parts
    // The line's end before the marker isn't part of the text.
    if case .literal(let last)? = parts.last, last.hasSuffix("\n") {
      parts.removeLast()
      if last.count > 1 { parts.append(.literal(String(last.dropLast()))) }
    }
    expression = .heredoc(Heredoc(isIndented: false, parts))
    self.findings = findings
  }
}

extension [UInt8] {
  /// Whether other bytes stand somewhere in these.
  fileprivate func holds(_ other: [UInt8]) -> Bool {
    guard let first = other.first, count >= other.count else { return other.isEmpty }
    return (0...(count - other.count)).contains { start in
      self[start] == first && self[start..<(start + other.count)].elementsEqual(other)
    }
  }
}
