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

  /// The template is looked at only when all that goes into it is known.
  mutating func rendered(_ call: FunctionCall, _ arguments: [Argument]) -> TypedValue {
    let (names, found) = separately { $0.value(of: arguments[1]) }
    diagnostics.append(contentsOf: found)
    if found.hasErrors || names.type == .dynamic && !names.isNull { return .dynamic }
    if names.isNull { return unrendered("can't take null as \"vars\"", arguments[1]) }
    guard names.isKnown else { return .unknown(.string, isNeverNull: true) }
    guard arguments[0].expression.isReference else {
      return unrendered(
        "takes nothing but a reference to a template", arguments[0],
        help: "Write the text itself with ${...} in it, or give the template a name in locals.")
    }
    let (template, problems) = separately { $0.value(of: arguments[0]) }
    diagnostics.append(contentsOf: problems)
    guard !problems.hasErrors, template.isKnown else { return .unknown(.string) }
    guard case .value = convert(template, to: .string), !template.isNull else {
      return unrendered("needs a text, this is \(template.type.friendlyName)", arguments[0])
    }
    guard names.type.isMapping else {
      return unrendered(
        "needs a map or an object, this is \(names.type.friendlyName)", arguments[1])
    }
    if let name = names.invalidTemplateName {
      return unrendered("can't give a template the name \"\(name)\"", arguments[1])
    }
    return .unknown(.string, isNeverNull: true).marked(names.allMarks.union(template.allMarks))
  }

  private mutating func unrendered(
    _ message: String, _ argument: Argument, help: String? = nil
  ) -> TypedValue {
    fail("invalid-argument", "templatestring() \(message)", at: argument.origin, help: help)
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

extension Expression {
  /// Whether it is a name with nothing but accesses behind it.
  fileprivate var isReference: Bool {
    switch self {
    case .variable: true
    case .attribute(let access): access.base.isReference
    case .index(let access): access.base.isReference
    case .legacyIndex(let access): access.base.isReference
    case .splat(let splat): splat.base.isReference
    case .commented(let commented): commented.expression.isReference
    default: false
    }
  }
}
