public import Diagnostics
public import HCL
import ProviderModel

/// Evaluates expressions as Terraform does while it validates, and reports what Terraform refuses.
///
/// Whatever has an error comes out as `dynamic`, so that one mistake is reported once. As in
/// Terraform, mistakes in a branch of a conditional that isn't taken aren't reported.
public struct ExpressionEvaluator {
  /// What was found.
  public internal(set) var diagnostics = Diagnostics()
  let file: SourceFile
  let scope: any ValueScope
  let functions: FunctionTable
  let files: (String) -> ModuleFile?
  let knowsProviderFunction: (String) -> Bool
  /// How many more rounds of loops are evaluated; what would take more isn't worked out.
  var rounds = 50_000
  /// Whether it is a template that is evaluated.
  var isRendering = false
  /// The names that `for` binds, the innermost last.
  var bindings: [(name: String, value: TypedValue)] = []

  /// Makes an evaluator of the expressions of a file.
  ///
  /// - Parameters:
  ///   - file: Where the expressions stand.
  ///   - scope: What names stand for.
  ///   - bindings: Names that something around the expression binds, the innermost last.
  ///   - functions: The functions, and the version of Terraform that may be counted on.
  ///   - files: What is known of a file under the path that a function is called with; nil is
  ///     nothing.
  ///   - knowsProviderFunction: Whether there is a function of this whole name, such as
  ///     `provider::aws::arn_parse`.
  public init(
    file: SourceFile, scope: any ValueScope, bindings: [(name: String, value: TypedValue)] = [],
    functions: FunctionTable,
    files: @escaping (String) -> ModuleFile? = { _ in nil },
    knowsProviderFunction: @escaping (String) -> Bool = { _ in true }
  ) {
    self.file = file
    self.scope = scope
    self.bindings = bindings
    self.functions = functions
    self.files = files
    self.knowsProviderFunction = knowsProviderFunction
  }

  /// The value of an expression.
  ///
  /// Names that nothing stands for, and names that aren't in a root such as `var`, are `dynamic`
  /// and not reported: references are to be checked where nothing evaluates them, too.
  public mutating func value(of expression: Expression) -> TypedValue {
    switch expression {
    case .literal(let literal): value(of: literal)
    case .template(let template): text(template.parts, at: template.origin)
    case .heredoc(let heredoc): text(heredoc.parts, at: heredoc.origin, hasLines: true)
    case .variable(let variable): value(named: variable.name)
    case .attribute(let access): attribute(access)
    case .index(let access): element(access)
    case .legacyIndex(let access): element(access)
    case .splat(let splat): each(splat)
    case .tuple(let tuple): .tuple(tuple.elements.map { value(of: $0.value) })
    case .object(let object): self.object(object)
    case .forExpression(let loop): collection(loop)
    case .conditional(let conditional): choice(conditional)
    case .unary(let operation): result(of: operation)
    case .binary(let operation): result(of: operation)
    case .call(let call): result(of: call)
    case .parentheses(let parentheses): value(of: parentheses.expression)
    case .commented(let commented): value(of: commented.expression)
    case .invalid: .dynamic
    }
  }

  private func value(of literal: Literal) -> TypedValue {
    switch literal.kind {
    case .null: .null
    case .bool(let truth): .bool(truth)
    case .number(let text):
      if case .number(let number) = DecimalText(text) {
        .number(number)
      } else {
        .unknown(.number, isNeverNull: true)
      }
    }
  }

  private func value(named name: String) -> TypedValue {
    binding(name) ?? scope.value(ofRoot: name) ?? .dynamic
  }

  /// What `for` bound to a name.
  func binding(_ name: String) -> TypedValue? {
    bindings.last { $0.name == name }?.value
  }

  /// The value, and what was found in it, which is not reported yet.
  mutating func separately(_ expression: Expression) -> (value: TypedValue, found: Diagnostics) {
    separately { $0.value(of: expression) }
  }

  /// What a part of the work gives, and what it found, which is not reported yet.
  mutating func separately<Result>(
    _ work: (inout Self) -> Result
  ) -> (value: Result, found: Diagnostics) {
    let before = diagnostics
    diagnostics = Diagnostics()
    let result = work(&self)
    let found = diagnostics
    diagnostics = before
    return (result, found)
  }

  /// Reports of what isn't evaluated only what holds whether it is or not.
  mutating func reportWarnings(_ found: Diagnostics) {
    for item in found.items where item.severity != .error { diagnostics.append(item) }
  }

  /// Reports an error, and gives the value that stands in.
  mutating func fail(
    _ id: String, _ summary: String, at origin: Origin, detail: String? = nil,
    help: String? = nil
  ) -> TypedValue {
    diagnostics.append(
      Diagnostic(
        .error, "terraform." + id, summary,
        at: origin.range.map { SourceLocation(file, $0) }, detail: detail, help: help))
    return .dynamic
  }
}
