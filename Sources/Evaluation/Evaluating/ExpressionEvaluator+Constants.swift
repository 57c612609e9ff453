public import Diagnostics
public import HCL

extension ExpressionEvaluator {
  /// The value of an expression that may neither name nor call anything.
  ///
  /// Literals, operators, conditionals, loops and templates of these are fine. It is nil where the
  /// expression has an error, which is reported.
  public static func constant(
    _ expression: Expression, in file: SourceFile, into diagnostics: inout Diagnostics
  ) -> TypedValue? {
    var evaluator = ExpressionEvaluator(file: file, scope: NoNames(), functions: FunctionTable())
    let value = evaluator.value(of: expression)
    diagnostics.append(contentsOf: evaluator.diagnostics)
    return evaluator.diagnostics.hasErrors ? nil : value
  }
}

/// Where names stand for nothing.
private struct NoNames: ValueScope {
  func value(ofRoot name: String) -> TypedValue? { nil }
}
