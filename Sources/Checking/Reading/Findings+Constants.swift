import Diagnostics
import Evaluation
import HCL

extension Findings {
  /// The value of an expression that Terraform reads before it evaluates anything; nil where it
  /// isn't one of a type, which is reported.
  func constant(
    _ expression: Expression, as type: ValueType, in file: SourceFile, _ message: String
  ) -> TypedValue? {
    if let value = constant(expression, in: file), !value.isNull,
      let result = convert(value, to: type).value, result.isKnown
    {
      return result
    }
    error(
      "not-constant", message, at: expression.bare.origin.range.map { SourceLocation(file, $0) },
      "Terraform reads it before it evaluates anything.")
    return nil
  }

  /// The value of an expression that names and calls nothing; nil where it does.
  private func constant(_ expression: Expression, in file: SourceFile) -> TypedValue? {
    var isConstant = true
    expression.visitTraversals { _ in isConstant = false }
    expression.visit { if case .call = $0 { isConstant = false } }
    var ignored = Diagnostics()
    return isConstant
      ? ExpressionEvaluator.constant(expression, in: file, into: &ignored) : nil
  }
}
