import Diagnostics
import Evaluation
import HCL

extension ModuleChecker {
  /// The value of an expression as Terraform has it while it validates; whatever is wrong with
  /// it is reported.
  func value(of expression: Expression, in context: ExpressionContext) -> TypedValue {
    outputProblems = []
    lastTraversals = []
    // Most arguments are plain texts.
    if case .template(let template) = expression, let text = template.literalText {
      return .string(text)
    }
    let references = references(in: expression, context)
    let suspected = outputProblems
    let traversals = lastTraversals
    // Working out locals leaves its own.
    defer { lastTraversals = traversals }
    guard let references else { return .dynamic }
    var evaluator = ExpressionEvaluator(
      file: context.file, scope: scope(references, context), bindings: context.bindings,
      functions: functions,
      files: { [unowned self] in self.file($0) },
      knowsProviderFunction: { [unowned self] in self.knowsFunction($0) })
    let value = evaluator.value(of: expression)
    report(evaluator.diagnostics, suspected)
    return value
  }

  /// Reports what is wrong with the references of an expression; nil where anything is.
  func references(in expression: Expression, _ context: ExpressionContext) -> [Reference]? {
    var result: [Reference] = []
    var isGood = true
    let bound = context.bindings.isEmpty ? [] : Set(context.bindings.map(\.name))
    expression.visitTraversals(bound: bound) { traversal in
      lastTraversals.append(traversal)
      switch Reference.read(traversal) {
      case .success(let reference):
        if check(reference, in: context) { result.append(reference) } else { isGood = false }
      case .failure(let problem):
        isGood = false
        report(problem, in: context)
      }
    }
    return isGood ? result : nil
  }

  /// Reports what evaluation found, in better words where they are at hand.
  private func report(_ found: Diagnostics, _ suspected: [Diagnostic]) {
    var others = found.items
    for problem in suspected {
      let isFound = { (item: Diagnostic) in
        guard item.severity == .error, let a = item.location, let b = problem.location else {
          return false
        }
        return a.file === b.file && a.range.start < b.range.end && b.range.start < a.range.end
      }
      let isCertain = others.contains(where: isFound)
      others.removeAll(where: isFound)
      findings.foundAtPlan(!isCertain) { findings.append(problem) }
    }
    for item in others { findings.append(item) }
  }

  func report(_ problem: ReferenceProblem, in context: ExpressionContext) {
    findings.error(
      "bad-reference", problem.summary, at: context.location(problem.range), problem.detail)
  }

  private func scope(_ references: [Reference], _ context: ExpressionContext) -> ReferenceScope {
    var locals: [String: TypedValue] = [:]
    var keyed: Set<String> = []
    for reference in references {
      switch reference.target {
      case .local(let name): locals[name] = local(name)
      case .call(let name):
        if reference.key != nil, let call = module.calls[name], !call.hasCount, !call.hasForEach {
          keyed.insert(name)
        }
      default: break
      }
    }
    return ReferenceScope(checker: self, context: context, locals: locals, keyedCalls: keyed)
  }

  private func knowsFunction(_ name: String) -> Bool {
    let parts = name.split(separator: ":", omittingEmptySubsequences: true)
    guard parts.count == 3, parts[0] == "provider" else { return true }
    guard let requirement = module.requirements[String(parts[1])] else { return false }
    guard let address = requirement.address, let functions = library.functions(of: address)
    else { return true }
    return functions.contains(String(parts[2]))
  }
}

/// What the names in one expression stand for.
private struct ReferenceScope: ValueScope {
  let checker: ModuleChecker
  let context: ExpressionContext
  let locals: [String: TypedValue]
  /// Calls that are taken for repeated ones, which only a plan refuses.
  let keyedCalls: Set<String>

  func value(ofRoot name: String) -> TypedValue? {
    switch name {
    case "var":
      guard let given = context.givenVariable, var values = checker.variables.attributes else {
        return checker.variables
      }
      values[given.name] = given.value
      return .object(values)
    case "local": return .object(locals)
    case "module":
      guard !keyedCalls.isEmpty, var calls = checker.calls.attributes else { return checker.calls }
      for name in keyedCalls { calls[name] = .dynamic }
      return .object(calls)
    case "ephemeral": return .dynamic.marked(.ephemeral)
    case "path": return checker.paths
    case "each":
      let (key, value) = context.each ?? (.unknown(.string, isNeverNull: true), .dynamic)
      return .object(["key": key, "value": value])
    case "count": return .object(["index": .unknown(.number, isNeverNull: true)])
    case "terraform":
      return .object([
        // That is where Terraform validates.
        "workspace": .string("default"),
        "applying": .unknown(.bool).marked(.ephemeral),
      ])
    default: return .dynamic
    }
  }
}
