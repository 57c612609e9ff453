import Diagnostics
import HCL

/// Calls of functions that look at their arguments themselves.
extension ExpressionEvaluator {
  mutating func firstWithoutError(
    _ call: FunctionCall, _ arguments: [Argument]
  ) -> TypedValue {
    var all = Diagnostics()
    for argument in arguments {
      let (value, found) = separately { $0.value(of: argument) }
      reportWarnings(found)
      if !found.hasErrors { return value.isWhollyKnown ? value : .dynamic }
      all.append(contentsOf: found)
    }
    if arguments.isEmpty {
      return fail("wrong-argument-count", "try() takes at least 1 argument", at: call.origin)
    }
    for item in all.items where item.severity == .error { diagnostics.append(item) }
    return .dynamic
  }

  mutating func canBeEvaluated(_ argument: Argument) -> TypedValue {
    let (value, found) = separately { $0.value(of: argument) }
    reportWarnings(found)
    if found.hasErrors { return .bool(false) }
    return value.isWhollyKnown ? .bool(true) : .unknown(.bool)
  }

  mutating func converted(
    _ call: FunctionCall, _ arguments: [Argument]
  ) -> TypedValue {
    let value = value(of: arguments[0])
    let expression = arguments[1].expression
    guard let constraint = readTypeConstraint(expression, file: file, into: &diagnostics) else {
      return .dynamic
    }
    switch convert(value, to: constraint.type) {
    case .value(let result): return result
    case .problem(let problem):
      return fail(
        "invalid-argument", "convert() can't do this: \(problem.text)",
        at: arguments[0].origin)
    }
  }
}
