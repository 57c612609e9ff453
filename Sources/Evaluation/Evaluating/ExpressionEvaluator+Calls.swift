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
    warnOfVersion(signature.since, of: "The function \"\(name)\"", call)
    guard let arguments = expanded(call) else { return .dynamic }
    if let removed = signature.removed {
      return fail(
        "removed-function", "The function \"\(name)\" went away with Terraform \(removed.text)",
        at: call.origin, help: "Write to\(name)(...) around a plain value instead.")
    }
    guard hasRightCount(arguments, signature, call) else { return .dynamic }
    switch name {
    case "try": return firstWithoutError(call, arguments)
    case "can": return canBeEvaluated(arguments[0])
    case "convert": return converted(call, arguments)
    case "templatefile": return renderedFile(call, arguments)
    case "templatestring": return renderedText(call, arguments)
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

  mutating func value(of argument: Argument) -> TypedValue {
    argument.value ?? value(of: argument.expression)
  }
}

/// An argument of a call: an expression, and its value where it stems from an expansion.
struct Argument {
  var expression: Expression
  var value: TypedValue?

  var origin: Origin { expression.origin }
}
