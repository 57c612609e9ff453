import Diagnostics
import Evaluation
import Foundation
import HCL
import Testing

/// Trees that Terraform takes have nothing to be found.
@Suite struct GoldenTests {
  @Test func `finds nothing in any golden tree`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("golden")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
      .filter { $0.hasSuffix(".tf") }.sorted()
    try #require(paths.count > 50)
    var folders: [String: [String]] = [:]
    for path in paths {
      folders[String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), default: []].append(
        path)
    }
    for (_, paths) in folders.sorted(by: { $0.key < $1.key }) {
      let files = try paths.map { path in
        SourceFile(
          name: path,
          text: try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8))
      }
      try checkModule(files)
    }
  }

  private func checkModule(_ files: [SourceFile]) throws {
    var diagnostics = Diagnostics()
    let bodies = files.map { parseBody($0, into: &diagnostics) }
    var variables: [String: TypedValue] = [:]
    for (file, body) in zip(files, bodies) {
      for case .block(let block) in body.items where block.type == "variable" {
        let type = block.body.attribute("type").flatMap {
          readTypeConstraint($0.value, file: file, into: &diagnostics)
        }
        if let type, let value = block.body.attribute("default")?.value {
          var evaluator = ExpressionEvaluator(
            file: file, scope: FixedScope(roots: [:]), functions: try functionTable())
          let problem = type.apply(to: evaluator.value(of: value)).problem
          #expect(problem == nil, "\(file.name): \(problem?.text ?? "")")
          diagnostics.append(contentsOf: evaluator.diagnostics)
        }
        let known = type?.type.withoutOptionalAttributes ?? .dynamic
        variables[block.labels.first?.text ?? ""] = .unknown(known)
      }
    }
    let scope = FixedScope(roots: ["var": .object(variables)])
    for (file, body) in zip(files, bodies) {
      try check(body, of: "", scope, file, &diagnostics)
    }
    for item in diagnostics.items {
      Issue.record(
        "\(item.location?.file.name ?? ""): \(item.id) \(item.summary) \(item.detail ?? "")")
    }
  }

  private func check(
    _ body: Body, of type: String, _ scope: FixedScope, _ file: SourceFile,
    _ diagnostics: inout Diagnostics
  ) throws {
    for item in body.items {
      switch item {
      case .block(let block):
        if block.type != "variable" || block.body.attribute("type") == nil {
          try check(block.body, of: block.type, scope, file, &diagnostics)
        }
      case .attribute(let attribute):
        // These hold names, not values.
        if ["required_providers", "lifecycle"].contains(type) { continue }
        if ["type", "providers", "provider", "depends_on", "source"].contains(attribute.name) {
          continue
        }
        var evaluator = ExpressionEvaluator(
          file: file, scope: scope, functions: try functionTable())
        _ = evaluator.value(of: attribute.value)
        diagnostics.append(contentsOf: evaluator.diagnostics)
      }
    }
  }
}
