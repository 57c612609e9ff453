import Diagnostics
import Evaluation
import HCL

extension ModuleChecker {
  func checkVariables() {
    for variable in module.variables.items {
      if let attribute = variable.source.attribute("default") {
        checkDefault(attribute.value, of: variable)
      }
      for rule in variable.source.blocks("validation") { checkValidation(rule, of: variable) }
    }
  }

  private func checkDefault(
    _ expression: Expression, of variable: VariableDeclaration
  ) {
    let context = ExpressionContext(file: variable.source.file)
    guard let value = constant(expression, in: context, what: "The default of a variable") else {
      return
    }
    let place = context.location(expression.origin)
    if value.isNull {
      if !variable.isNullable {
        findings.error(
          "bad-default", "`\(variable.name)` can't be null, so null can't be its default",
          at: place, help: "Remove `default`, or `nullable = false`.")
      }
      return
    }
    if case .problem(let problem) = convert(value, to: variable.type) {
      findings.error(
        "bad-default", "The default of `\(variable.name)` doesn't have its type: \(problem.text)",
        at: place, help: "The type is \(variable.type.article).")
    }
  }

  /// The value of an expression that may name nothing and call nothing; nil where it does.
  func constant(
    _ expression: Expression, in context: ExpressionContext, what: String
  ) -> TypedValue? {
    var isConstant = true
    expression.visitTraversals { traversal in
      isConstant = false
      findings.error(
        "not-constant", "\(what) can't refer to anything", at: context.location(traversal.range),
        "Terraform reads it before it evaluates anything.",
        help: traversal.steps.isEmpty ? "A text stands in quotes." : nil)
    }
    expression.visit { inner in
      guard case .call(let call) = inner else { return }
      isConstant = false
      findings.error(
        "not-constant", "\(what) can't call functions", at: context.location(call.origin))
    }
    guard isConstant else { return nil }
    let before = findings.errorCount
    let value = value(of: expression, in: context)
    return findings.errorCount == before ? value : nil
  }

  private func checkValidation(_ rule: Declaration, of variable: VariableDeclaration) {
    let context = ExpressionContext(file: rule.file, node: .variable(variable.name))
    let traversals = check(rule: rule, .variable, in: context)
    guard let condition = rule.attribute("condition"), !traversals.isEmpty else { return }
    let refersToIt = traversals.contains {
      $0.root == "var" && $0.steps.first?.name == variable.name
    }
    if !refersToIt {
      findings.error(
        "bad-condition", "The validation of `\(variable.name)` doesn't look at it",
        at: rule.location(condition.value.origin),
        help: "Refer to `var.\(variable.name)` in the condition.")
    }
  }

  func checkLocals() {
    for name in module.locals.names { _ = local(name) }
  }

  func checkOutputs() {
    for output in module.outputs.items {
      let source = output.source
      let node = GraphNode.output(output.name)
      let context = ExpressionContext(file: source.file, node: node)
      checkDependsOn(source, node: node)
      if output.isEphemeral, isRoot {
        findings.error(
          "ephemeral-output", "An output of the root module can't be ephemeral",
          at: source.location(source.attribute("ephemeral")?.origin ?? Origin()))
      }
      for rule in source.blocks("precondition") { check(rule: rule, .output, in: context) }
      guard let attribute = source.attribute("value") else { continue }
      let value = value(of: attribute.value, in: context)
      check(value, of: output, at: source.location(attribute.value.origin))
    }
  }

  private func check(
    _ value: TypedValue, of output: OutputDeclaration, at place: SourceLocation
  ) {
    if isRoot, !output.isSensitive, value.allMarks.contains(.sensitive) {
      findings.error(
        "sensitive-output", "Output `\(output.name)` holds a sensitive value and isn't marked so",
        at: place, help: "Add `sensitive = true`.")
    }
    if output.isEphemeral, !isRoot, !value.allMarks.contains(.ephemeral) {
      findings.error(
        "ephemeral-value", "Output `\(output.name)` is ephemeral, but its value isn't", at: place,
        help: "Remove `ephemeral = true`.")
    }
    if value.allMarks.contains(.ephemeral), !output.isEphemeral {
      findings.error(
        "ephemeral-value", "Output `\(output.name)` holds an ephemeral value", at: place,
        isRoot
          ? "It would be kept in the state." : "An output of a child module may be ephemeral.",
        help: isRoot ? nil : "Add `ephemeral = true`.")
    }
  }

  func checkChecks() {
    for (name, check) in zip(module.checks.names, module.checks.items) {
      let context = ExpressionContext(file: check.file, node: .check(name), check: name)
      for rule in check.blocks("assert") { self.check(rule: rule, .assertion, in: context) }
    }
  }
}
