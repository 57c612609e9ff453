import Diagnostics
import Evaluation
import HCL
import ProviderSpecs
import Testing

/// The functions of Terraform, as webkit embeds them.
func functionTable(_ lowest: LanguageVersion? = nil) throws -> FunctionTable {
  var table = try readTable.get()
  table.lowestVersion = lowest
  return table
}

private let readTable = Result {
  let embedded = try #require(
    EmbeddedSpecs.files.first { $0.path == "terraform/functions.json" })
  var diagnostics = Diagnostics()
  let file = SourceFile(name: embedded.path, text: embedded.text)
  let table = FunctionTable(file, into: &diagnostics)
  try #require(diagnostics.isEmpty)
  return table
}

/// A scope of fixed values.
struct FixedScope: ValueScope {
  var roots: [String: TypedValue]

  func value(ofRoot name: String) -> TypedValue? { roots[name] }
}

/// The variables and locals of a module's text, its expressions and what they mean.
struct Names {
  var scope: FixedScope
  let table: FunctionTable

  /// Reads `variable` blocks, of unknown values, and `locals`, in order.
  init(_ text: String, _ table: FunctionTable) throws {
    self.table = table
    scope = FixedScope(roots: [:])
    let file = SourceFile(name: "names.tf", text: text)
    var diagnostics = Diagnostics()
    let body = parseBody(file, into: &diagnostics)
    var variables: [String: TypedValue] = [:]
    var locals: [String: TypedValue] = [:]
    for case .block(let block) in body.items {
      if block.type == "variable" {
        let type = block.body.attribute("type").flatMap {
          readTypeConstraint($0.value, file: file, into: &diagnostics)
        }
        var value = TypedValue.unknown((type?.type ?? .dynamic).withoutOptionalAttributes)
        if block.body.attribute("sensitive") != nil { value.marks.insert(.sensitive) }
        if block.body.attribute("ephemeral") != nil { value.marks.insert(.ephemeral) }
        variables[block.labels[0].text] = value
      } else {
        for case .attribute(let attribute) in block.body.items {
          var evaluator = ExpressionEvaluator(
            file: file, scope: FixedScope(roots: ["var": .object(variables)]), functions: table)
          locals[attribute.name] = evaluator.value(of: attribute.value)
        }
      }
    }
    try #require(!diagnostics.hasErrors, "\(diagnostics.items.map(\.summary))")
    scope.roots = [
      "var": .object(variables), "local": .object(locals),
      "path": .object(["module": .string("."), "root": .string(".")]),
    ]
  }

  /// What an expression is, and what was found in it.
  func evaluate(
    _ expression: Expression, in file: SourceFile,
    files: @escaping (String) -> ModuleFile? = { _ in nil }
  ) -> (value: TypedValue, found: Diagnostics) {
    var evaluator = ExpressionEvaluator(
      file: file, scope: scope, functions: table, files: files,
      knowsProviderFunction: { _ in false })
    let value = evaluator.value(of: expression)
    return (value, evaluator.diagnostics)
  }
}
