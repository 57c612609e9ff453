import Diagnostics
import Evaluation
import Foundation
import HCL
import Testing

/// Says of many expressions what is thought of them; `scripts/expressions-differential.sh` compares.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["EXPRESSIONS_DIFFERENTIAL"] != nil))
struct ExpressionsDifferential {
  @Test func `writes a verdict for each expression`() throws {
    let work = URL(
      fileURLWithPath: try #require(
        ProcessInfo.processInfo.environment["EXPRESSIONS_DIFFERENTIAL"]))
    func text(_ name: String) throws -> String {
      try String(contentsOf: work.appendingPathComponent(name), encoding: .utf8)
    }
    let names = try Names(text("names.tf"), functionTable())
    var lines: [String] = []
    for number in 0... {
      guard let source = try? text("expressions-\(number).tf") else { break }
      let file = SourceFile(name: "expressions-\(number).tf", text: source)
      var diagnostics = Diagnostics()
      let body = parseBody(file, into: &diagnostics)
      #expect(!diagnostics.hasErrors, "\(diagnostics.items.map(\.summary))")
      for case .block(let block) in body.items {
        for case .attribute(let attribute) in block.body.items {
          lines.append(line(attribute, file, names))
        }
      }
    }
    #expect(!lines.isEmpty)
    try lines.joined(separator: "\n").write(
      to: work.appendingPathComponent("verdicts"), atomically: true, encoding: .utf8)
  }

  /// The name, whether it is right, its type, whether it is sensitive, and its JSON or what is
  /// wrong, between tabs.
  private func line(_ attribute: Attribute, _ file: SourceFile, _ names: Names) -> String {
    let files: (String) -> ModuleFile? = { path in
      switch path {
      case "names.tf", "./names.tf": nil
      case "", ".", "/": .folder
      default: .missing
      }
    }
    let (value, found) = names.evaluate(attribute.value, in: file, files: files)
    let errors = found.items.filter { $0.severity == .error }
    let json = names.evaluate(.call("jsonencode", [attribute.value]), in: file, files: files).value
    let text =
      errors.isEmpty
      ? json.stringValue ?? "unknown" : errors.map { "\($0.id) \($0.summary)" }.joined(separator: "; ")
    return [
      attribute.name, errors.isEmpty ? "right" : "wrong", value.type.description,
      value.isWhollyKnown ? "\(value.marks.contains(.sensitive))" : "unknown",
      text.replacingOccurrences(of: "\n", with: " ").replacingOccurrences(of: "\t", with: " "),
    ].joined(separator: "\t")
  }
}
