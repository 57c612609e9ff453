import Diagnostics
import HCL

extension ExpressionEvaluator {
  mutating func result(of call: FunctionCall) -> TypedValue {
    let parts = call.name.split(separator: ":", omittingEmptySubsequences: true).map(String.init)
    if parts.count == 1 { return result(of: call, named: call.name) }
    warnOfNamespace(parts[0], of: call)
    switch parts[0] {
    case "core" where parts.count == 2: return result(of: call, named: parts[1])
    case "provider" where parts.count == 3: return providerResult(of: call)
    default:
      return fail(
        "unknown-function", "There is no function \"\(call.name)\"", at: call.origin,
        help: "Functions of a provider are called provider::<name>::<function>.")
    }
  }

  private mutating func providerResult(of call: FunctionCall) -> TypedValue {
    guard knowsProviderFunction(call.name) else {
      return fail(
        "unknown-function", "There is no function \"\(call.name)\"", at: call.origin,
        help: "Name its provider in required_providers, in a version that has the function.")
    }
    for argument in call.arguments { _ = value(of: argument.value) }
    return .dynamic
  }

  private mutating func result(of call: FunctionCall, named name: String) -> TypedValue {
    guard let signature = functions.signatures[name] else { return unknownFunction(name, call) }
    if let removed = signature.removed {
      return fail(
        "removed-function", "The function \"\(name)\" went away with Terraform \(removed.text)",
        at: call.origin, help: "Write to\(name)(...) around a plain value instead.")
    }
    warnOfVersion(signature.since, of: "The function \"\(name)\"", call)
    guard let arguments = expanded(call) else { return .dynamic }
    guard hasRightCount(arguments, signature, call) else { return .dynamic }
    switch name {
    case "try": return firstWithoutError(call, arguments)
    case "can": return canBeEvaluated(arguments[0])
    case "convert": return converted(call, arguments)
    case "templatestring": return rendered(call, arguments)
    default: break
    }
    guard let values = values(of: arguments, for: signature) else { return .dynamic }
    let invocation = Invocation(signature: signature, arguments: values, files: files)
    do {
      return try invocation.result()
    } catch {
      let place = error.argument.flatMap { arguments.indices.contains($0) ? arguments[$0] : nil }
      return fail(
        "invalid-argument", "\(name)() can't do this: \(error.message)",
        at: place?.origin ?? call.origin)
    }
  }

  private mutating func unknownFunction(_ name: String, _ call: FunctionCall) -> TypedValue {
    fail(
      "unknown-function", "There is no function \"\(name)\"", at: call.origin,
      help: nearestMatch(name, in: functions.names).map { "Did you mean \"\($0)\"?" })
  }

  // MARK: - Versions

  private mutating func warnOfNamespace(_ name: String, of call: FunctionCall) {
    warnOfVersion(functions.namespaces[name], of: "The namespace \"\(name)::\"", call)
  }

  private mutating func warnOfVersion(
    _ version: LanguageVersion?, of subject: String, _ call: FunctionCall
  ) {
    guard let needed = functions.versionNeeded(for: version) else { return }
    diagnostics.append(
      Diagnostic(
        .warning, "terraform.function-too-new", "\(subject) needs Terraform \(needed.text)",
        at: call.origin.range.map { SourceLocation(file, $0) },
        detail: "required_version lets older versions in, which fail here.",
        help: "Write required_version = \">= \(needed.text)\"."))
  }

  // MARK: - Arguments

  /// The arguments with the last one expanded where `...` says so; nil where what is expanded
  /// isn't known or can't be, which is reported.
  private mutating func expanded(_ call: FunctionCall) -> [Argument]? {
    var arguments = call.arguments.map { Argument(expression: $0.value) }
    guard call.expandsLast, let last = arguments.popLast()?.expression else { return arguments }
    let (value, found) = separately(last)
    diagnostics.append(contentsOf: found)
    if found.hasErrors { return nil }
    if value.isNull {
      _ = fail("invalid-expansion", "What ... expands is null", at: last.origin)
      return nil
    }
    guard value.type.isSequence || value.type == .dynamic else {
      _ = fail(
        "invalid-expansion", "... can't expand a value of type \(value.type.friendlyName)",
        at: last.origin, detail: "It expands lists, sets and tuples.")
      return nil
    }
    guard let elements = value.elements else { return nil }
    return arguments
      + elements.map { Argument(expression: last, value: $0.marked(value.marks)) }
  }

  private mutating func hasRightCount(
    _ arguments: [Argument], _ signature: FunctionSignature, _ call: FunctionCall
  ) -> Bool {
    let (given, needed) = (arguments.count, signature.parameters.count)
    if given >= needed, given == needed || signature.variadic != nil { return true }
    let names =
      signature.parameters.map(\.name) + (signature.variadic.map { ["\($0.name)..."] } ?? [])
    let atLeast = signature.variadic == nil ? "" : "at least "
    let noun = needed == 1 ? "argument" : "arguments"
    _ = fail(
      "wrong-argument-count",
      "\(signature.name)() takes \(atLeast)\(needed) \(noun), not \(given)", at: call.origin,
      detail: "It is called \(signature.name)(\(names.joined(separator: ", "))).")
    return false
  }

  /// The values of all arguments in the types that the function takes; nil where one isn't fit,
  /// which is reported.
  private mutating func values(
    of arguments: [Argument], for signature: FunctionSignature
  ) -> [TypedValue]? {
    var values: [TypedValue] = []
    var isFit = true
    for (index, argument) in arguments.enumerated() {
      guard let parameter = signature.parameter(at: index) else { continue }
      let (value, found) = separately { $0.value(of: argument) }
      diagnostics.append(contentsOf: found)
      switch convert(value, to: parameter.type) {
      case .value(let result): values.append(result)
      case .problem(let problem):
        _ = fail(
          "invalid-argument",
          "\(signature.name)() can't take this as \"\(parameter.name)\": \(problem.text)",
          at: argument.origin)
        isFit = false
      }
      if found.hasErrors { isFit = false }
    }
    return isFit ? values : nil
  }

  private mutating func value(of argument: Argument) -> TypedValue {
    argument.value ?? value(of: argument.expression)
  }

  // MARK: - Calls that look at their arguments themselves

  private mutating func firstWithoutError(
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

  private mutating func canBeEvaluated(_ argument: Argument) -> TypedValue {
    let (value, found) = separately { $0.value(of: argument) }
    reportWarnings(found)
    if found.hasErrors { return .bool(false) }
    return value.isWhollyKnown ? .bool(true) : .unknown(.bool)
  }

  /// The template is looked at only when all that goes into it is known.
  private mutating func rendered(_ call: FunctionCall, _ arguments: [Argument]) -> TypedValue {
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

  private mutating func converted(
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

/// An argument of a call: an expression, and its value where it stems from an expansion.
private struct Argument {
  var expression: Expression
  var value: TypedValue?

  var origin: Origin { expression.origin }
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
