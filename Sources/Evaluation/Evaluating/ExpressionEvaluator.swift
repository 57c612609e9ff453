public import Diagnostics
public import HCL
import ProviderModel

/// Evaluates expressions as Terraform does while it validates, and reports what Terraform refuses.
public struct ExpressionEvaluator {
  /// What was found.
  public internal(set) var diagnostics = Diagnostics()
  let file: SourceFile
  let scope: any ValueScope
  let functions: FunctionTable
  let files: (String) -> ModuleFile?
  let knowsProviderFunction: (String) -> Bool
  /// The names that `for` binds, the innermost last.
  var bindings: [(name: String, value: TypedValue)] = []

  /// Makes an evaluator of the expressions of a file.
  ///
  /// - Parameters:
  ///   - file: Where the expressions stand.
  ///   - scope: What names stand for.
  ///   - functions: The functions, and the version of Terraform that may be counted on.
  ///   - files: What is known of a file under the path that a function is called with; nil is nothing.
  ///   - knowsProviderFunction: Whether there is a function of this whole name, such as
  ///     `provider::aws::arn_parse`.
  public init(
    file: SourceFile, scope: any ValueScope, functions: FunctionTable,
    files: @escaping (String) -> ModuleFile? = { _ in nil },
    knowsProviderFunction: @escaping (String) -> Bool = { _ in true }
  ) {
    self.file = file
    self.scope = scope
    self.functions = functions
    self.files = files
    self.knowsProviderFunction = knowsProviderFunction
  }

  /// The value of an expression; `dynamic` where it has an error, which is reported.
  public mutating func value(of expression: Expression) -> TypedValue {
    .dynamic
  }
}
