import Diagnostics
import Evaluation
import HCL

extension ModuleChecker {
  static let callArguments: Set = [
    "source", "version", "count", "for_each", "depends_on", "providers",
  ]

  func checkCalls() {
    for call in module.calls.items {
      let source = call.source
      let node = GraphNode.call(call.name)
      let repetition = checkRepetition(of: source, node: node)
      checkDependsOn(source, node: node)
      let child = callee(call)
      var given: [String: TypedValue] = [:]
      for block in source.block.body.blocks where block.type != "_" {
        findings.error(
          "unknown-block", "A `module` block has no block `\(block.type)`",
          at: source.location(block.headerOrigin),
          help: child?.variables[block.type] == nil ? nil : "Write `\(block.type) = ...`.")
      }
      for attribute in source.block.body.attributes
      where !Self.callArguments.contains(attribute.name) {
        let context = ExpressionContext(
          file: source.file, node: .argument(call: call.name, name: attribute.name),
          repetition: repetition)
        let value = value(of: attribute.value, in: context)
        if let child { check(attribute, value, of: call, child, in: context) }
        given[attribute.name] = value
      }
      if let child {
        givenValues.append(GivenValues(call: call, folder: child.folder, values: given))
      }
      if let child, !child.isPartial { checkMissing(call, child) }
    }
  }

  /// Terraform holds what calls of this module give against the variables' validations.
  func checkValidations() {
    for variable in module.variables.items {
      if !module.isProven, module.rules(of: variable).isEmpty { continue }
      for received in receivedValues {
        check(variable, given: received.values[variable.name], by: received.call)
      }
    }
  }

  private func check(
    _ variable: VariableDeclaration, given: TypedValue?, by call: ModuleCall
  ) {
    var value = given
    if value == nil || (value?.isNull == true && !variable.isNullable) {
      value = defaultValue(of: variable)
    }
    let constraint = TypeConstraint(type: variable.type, defaults: variable.defaults)
    guard let value, let converted = constraint.apply(to: value).value,
      converted.isKnown || converted.type != .dynamic
    else { return }
    // Where nothing is known but the type, it is as it was when the module was proven.
    if module.isProven, converted == .unknown(variable.type.withoutOptionalAttributes),
      !converted.isNeverNull
    {
      return
    }
    for rule in module.rules(of: variable) { check(rule, of: variable, given: converted, by: call) }
  }

  /// What a variable is where nothing is given; nil where that can't be told.
  private func defaultValue(of variable: VariableDeclaration) -> TypedValue? {
    guard let attribute = variable.source.attribute("default") else { return nil }
    let context = ExpressionContext(file: variable.source.file)
    return findings.silently {
      let before = findings.errorCount
      let value = value(of: attribute.value, in: context)
      return findings.errorCount == before ? value : nil
    }
  }

  /// Holds a value against a validation.
  private func check(
    _ rule: Declaration, of variable: VariableDeclaration, given value: TypedValue,
    by call: ModuleCall
  ) {
    guard let condition = rule.attribute("condition") else { return }
    var context = ExpressionContext(file: rule.file)
    context.givenVariable = (variable.name, value)
    let place = call.source.attribute(variable.name).map { call.source.location($0.value.origin) }
    let subject = "`\(variable.name)` of module `\(call.name)`"
    let note = Diagnostic.Note("The rule", at: rule.location(condition.value.origin))
    let (result, found) = findings.separately { self.value(of: condition.value, in: context) }
    let message = rule.attribute("error_message")
    let (shown, foundInMessage) = findings.separately {
      message.map { self.value(of: $0.value, in: context) }
    }
    if let problem = (found + foundInMessage).first(where: { $0.severity == .error }) {
      findings.error(
        "failing-condition", "A rule fails for \(subject): \(problem.summary)",
        at: place ?? call.source.place, problem.detail, notes: [note])
      return
    }
    guard convert(result, to: .bool).value?.boolValue == false, shown?.isKnown != false else {
      return
    }
    findings.error(
      "failing-condition", "\(subject) breaks a rule of its variable",
      at: place ?? call.source.place, message?.value.stringValue, notes: [note])
  }

  private func checkMissing(_ call: ModuleCall, _ child: Module) {
    for variable in child.variables.items
    where !variable.hasDefault && call.source.attribute(variable.name) == nil {
      findings.error(
        "missing-argument", "Module `\(call.name)` needs `\(variable.name)`",
        at: call.source.place, help: "Add `\(variable.name) = ...`.",
        notes: [.init("The variable has no default", at: variable.source.place)])
    }
  }

  private func check(
    _ attribute: Attribute, _ value: TypedValue, of call: ModuleCall, _ child: Module,
    in context: ExpressionContext
  ) {
    guard let variable = child.variables[attribute.name] else {
      if child.isPartial { return }
      let place = context.location(attribute.nameOrigin)
      let missing = child.variables.items.filter { variable in
        call.source.attribute(variable.name) == nil
      }
      let near = findings.near(attribute.name, in: missing.map(\.name))
      findings.error(
        "unknown-argument", "Module `\(call.name)` has no variable `\(attribute.name)`",
        at: place, help: near.map { "Did you mean `\($0)`?" },
        fixIts: near.flatMap { name in
          place.map { [.init("Write `\(name)`", at: $0, replacement: name)] }
        } ?? [])
      return
    }
    let place = context.location(attribute.value.origin)
    switch convert(value, to: variable.type) {
    case .problem(let problem):
      if value.isNull { break }
      findings.error(
        "wrong-type",
        "`\(attribute.name)` of module `\(call.name)` doesn't fit: \(problem.text)", at: place,
        help: "It is \(variable.type.article).",
        notes: [.init("The variable", at: variable.source.place)])
    case .value(let converted):
      if converted.isNull, !variable.isNullable, !variable.hasDefault {
        findings.error(
          "missing-argument", "`\(attribute.name)` of module `\(call.name)` can't be null",
          at: place, notes: [.init("The variable isn't nullable", at: variable.source.place)])
      }
      if value.allMarks.contains(.ephemeral), !variable.isEphemeral {
        findings.error(
          "ephemeral-value",
          "`\(attribute.name)` of module `\(call.name)` can't take an ephemeral value", at: place,
          help: "Add `ephemeral = true` to the variable.",
          notes: [.init("The variable", at: variable.source.place)])
      }
    }
  }
}
