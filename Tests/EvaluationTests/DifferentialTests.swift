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
      lines += try variables(in: text("variables-\(number).tf"))
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

  /// The same of variables with their defaults.
  private func variables(in source: String) throws -> [String] {
    let file = SourceFile(name: "variables.tf", text: source)
    var diagnostics = Diagnostics()
    let body = parseBody(file, into: &diagnostics)
    #expect(!diagnostics.hasErrors, "\(diagnostics.items.map(\.summary))")
    let names = try Names("", functionTable())
    return try body.items.map { item in
      guard case .block(let block) = item else { throw CancellationError() }
      let expression = try #require(block.body.attribute("default")).value
      var found = Diagnostics()
      let type = try readTypeConstraint(
        #require(block.body.attribute("type")).value, file: file, into: &found)
      let result = type?.apply(to: names.evaluate(expression, in: file).value)
      var text = found.items.map(\.summary) + [result?.problem?.text].compactMap(\.self)
      let value = result?.value ?? .dynamic
      let isRight = text.isEmpty
      if isRight {
        let scope = FixedScope(roots: ["it": value])
        var evaluator = ExpressionEvaluator(
          file: file, scope: scope, functions: try functionTable())
        let json = evaluator.value(of: .call("jsonencode", [.variable(Variable("it"))]))
        text = [json.stringValue ?? "unknown"]
      }
      return [
        block.labels[0].text, isRight ? "right" : "wrong", value.type.description, "false",
        text.joined(separator: "; "),
      ].joined(separator: "\t")
    }
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
      ? json.stringValue ?? "unknown"
      : errors.map { "\($0.id) \($0.summary)" }.joined(separator: "; ")
    return [
      attribute.name, errors.isEmpty ? "right" : "wrong", value.type.description,
      value.isWhollyKnown ? "\(value.marks.contains(.sensitive))" : "unknown",
      text.replacingOccurrences(of: "\n", with: " ").replacingOccurrences(of: "\t", with: " "),
    ].joined(separator: "\t")
  }
}
