import Diagnostics
import Evaluation
import HCL

extension ModuleChecker {
  func checkLifecycle(_ resource: Resource, _ type: BlockType?, _ context: ExpressionContext) {
    for lifecycle in resource.source.blocks("lifecycle") {
      if let ignored = lifecycle.attribute("ignore_changes") {
        checkIgnored(ignored, lifecycle, type)
      }
      if let triggers = lifecycle.attribute("replace_triggered_by") {
        checkTriggers(triggers, lifecycle, context)
      }
      var before = context
      before.owner = resource.address
      for rule in lifecycle.blocks("precondition") { check(rule: rule, .resource, in: before) }
      var after = before
      after.selfResource = resource
      for rule in lifecycle.blocks("postcondition") { check(rule: rule, .resource, in: after) }
    }
  }

  /// Where a condition stands, which decides what Terraform looks at before it knows values.
  enum RuleKind {
    case resource, output, variable, assertion
  }

  /// Checks a condition and the message that is shown where it doesn't hold; the references of
  /// the condition.
  @discardableResult
  func check(
    rule: Declaration, _ kind: RuleKind, in context: ExpressionContext
  ) -> [StaticTraversal] {
    var context = context
    context.file = rule.file
    var traversals: [StaticTraversal] = []
    let message = rule.attribute("error_message").map {
      (value: value(of: $0.value, in: context), place: context.location($0.value.origin))
    }
    // The message of a variable is for a condition that doesn't hold, and waits for what it says.
    var isMessageShown = kind == .output || kind == .assertion
    if let condition = rule.attribute("condition") {
      // An assertion isn't worked out before the plan.
      let isPassedOver = kind == .assertion && isFree(condition, context)
      let value = findings.foundAtPlan(isPassedOver) {
        self.value(of: condition.value, in: context)
      }
      traversals = lastTraversals
      var isChecked = (kind == .output || kind == .variable) && value.isKnown
      if kind == .variable, convert(value, to: .bool).value?.boolValue == false {
        isMessageShown = isChecked
        if message?.value.isKnown == false { isChecked = false }
      }
      findings.foundAtPlan(!isChecked) {
        check(condition: value, kind, at: context.location(condition.value.origin))
      }
      if traversals.isEmpty {
        findings.error(
          "bad-condition", "This condition refers to nothing, so it is always the same",
          at: context.location(condition.value.origin))
      }
    }
    guard let message else { return traversals }
    findings.foundAtPlan(!isMessageShown) { check(message: message.value, at: message.place) }
    return traversals
  }

  /// Whether the references of an argument are good, so that only its value can be wrong.
  private func isFree(_ attribute: Attribute, _ context: ExpressionContext) -> Bool {
    var isGood = true
    attribute.value.visitTraversals { traversal in
      guard case .success(let reference) = Reference.read(traversal) else {
        isGood = false
        return
      }
      if !findings.silently({ check(reference, in: context) }) { isGood = false }
    }
    return isGood
  }

  private func check(condition value: TypedValue, _ kind: RuleKind, at place: SourceLocation?) {
    if value.isNull {
      findings.error("bad-condition", "A condition can't be null", at: place)
      return
    }
    switch convert(value, to: .bool) {
    case .problem(let problem):
      findings.error("bad-condition", "A condition is true or false: \(problem.text)", at: place)
    case .value(let result) where result.boolValue == false:
      findings.error(
        "failing-condition", "This condition never holds", at: place,
        kind == .variable ? "The value that is given is known." : nil)
    case .value: break
    }
  }

  private func check(message value: TypedValue, at place: SourceLocation?) {
    if value.isNull {
      findings.error("bad-message", "`error_message` can't be null", at: place)
    } else if case .problem(let problem) = convert(value, to: .string) {
      findings.error("bad-message", "`error_message` has to be a text: \(problem.text)", at: place)
    }
  }

  private func checkIgnored(_ attribute: Attribute, _ lifecycle: Declaration, _ type: BlockType?) {
    let context = ExpressionContext(file: lifecycle.file)
    let place = lifecycle.location(attribute.value.origin)
    if let word = attribute.value.staticTraversal ?? attribute.value.dependencyTraversal,
      word.root == "all", word.steps.isEmpty
    {
      return
    }
    guard case .tuple(let tuple) = attribute.value.uncommented else {
      findings.error(
        "bad-ignore-changes", "`ignore_changes` is `all`, or a list of attributes", at: place)
      return
    }
    for element in tuple.elements {
      guard let traversal = element.value.dependencyTraversal else {
        findings.error(
          "bad-ignore-changes", "`ignore_changes` holds names of attributes alone",
          at: lifecycle.location(element.value.origin))
        continue
      }
      guard let type else { continue }
      let first = StaticTraversal.Step(kind: .attribute(traversal.root), range: traversal.range)
      _ = checkIgnored([first] + traversal.steps, type, context)
    }
  }

  private func checkIgnored(
    _ steps: [StaticTraversal.Step], _ type: BlockType, _ context: ExpressionContext
  ) -> Bool {
    guard let name = steps.first?.name else { return true }
    if type.attributes[name] == nil, type.blocks[name] == nil {
      findings.error(
        "unknown-attribute", "There is no attribute `\(name)` whose change could be ignored",
        at: context.location(steps[0].range), help: didYouMean(name, type.names))
      return false
    }
    return checkPath(steps, in: type, of: "self", context)
  }

  private func checkTriggers(
    _ attribute: Attribute, _ lifecycle: Declaration, _ context: ExpressionContext
  ) {
    guard case .tuple(let tuple) = attribute.value.uncommented else {
      findings.error(
        "bad-trigger", "`replace_triggered_by` is a list of references to resources",
        at: lifecycle.location(attribute.value.origin))
      return
    }
    for element in tuple.elements { check(trigger: element.value, lifecycle, context) }
  }

  private func check(
    trigger: Expression, _ lifecycle: Declaration, _ context: ExpressionContext
  ) {
    var resources = 0
    var reported = false
    func fail(_ summary: String, _ place: SourceLocation?, _ detail: String) {
      reported = true
      findings.error("bad-trigger", summary, at: place, detail)
    }
    trigger.visitTraversals { traversal in
      switch Reference.read(traversal) {
      case .success(let reference):
        switch reference.target {
        case .resource(.managed, _, _), .resource(.data, _, _):
          resources += 1
          if let key = reference.key, !key.isInstanceKey {
            fail(
              "`\(traversal.text)` is no instance", context.location(key.range),
              "The key of an instance is a text or a whole number.")
            return
          }
          if !findings.foundAtPlan(true, { check(reference, in: context) }) { reported = true }
        case .each, .count: _ = findings.foundAtPlan { check(reference, in: context) }
        default:
          fail(
            "`\(traversal.text)` is no resource of this module",
            context.location(traversal.range),
            "`replace_triggered_by` takes resources and their attributes.")
        }
      case .failure(let problem):
        reported = true
        report(problem, in: context)
      }
    }
    if resources != 1, !reported {
      fail(
        resources == 0
          ? "`replace_triggered_by` holds references to resources alone"
          : "An element of `replace_triggered_by` refers to one resource",
        lifecycle.location(trigger.origin), "Write each reference as an element of its own.")
    }
  }
}
