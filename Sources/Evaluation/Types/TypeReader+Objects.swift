import Diagnostics
import HCL

extension TypeReader {
  mutating func object(_ argument: Expression) -> (ValueType, TypeDefaults?)? {
    guard case .object(let object) = argument.withoutComments else {
      return fail(
        "The type object takes names and types", argument.origin,
        help: "Write object({ name = string }).")
    }
    var attributes: [String: ValueType] = [:]
    var optional: Set<String> = []
    var values: [String: TypedValue] = [:]
    var inner: [String: TypeDefaults] = [:]
    var isRight = true
    for item in object.items {
      guard let name = attributeName(item.key), let attribute = attribute(item.value) else {
        isRight = false
        continue
      }
      if attributes.updateValue(attribute.type, forKey: name) != nil {
        _ = fail("The attribute \"\(name)\" is there twice", item.key.origin)
        isRight = false
      }
      if attribute.isOptional { optional.insert(name) }
      values[name] = attribute.value
      inner[name] = attribute.defaults
    }
    guard isRight else { return nil }
    let hasDefaults = !values.isEmpty || !inner.isEmpty
    return (
      .object(attributes, optional: optional), hasDefaults ? .object(values, inner: inner) : nil
    )
  }

  private mutating func attributeName(_ key: Expression) -> String? {
    switch key.withoutComments {
    case .variable(let variable): return variable.name
    case .literal(let literal):
      if case .bool(let truth) = literal.kind { return truth ? "true" : "false" }
      if case .null = literal.kind { return "null" }
    default: break
    }
    _ = fail(
      "The name of an attribute must be bare", key.origin, help: "Write it without quotes.")
    return nil
  }

  private struct Attribute {
    var type: ValueType
    var defaults: TypeDefaults?
    var isOptional = false
    var value: TypedValue?
  }

  private mutating func attribute(_ expression: Expression) -> Attribute? {
    guard case .call(let call) = expression.withoutComments, call.name == "optional" else {
      return read(expression).map { Attribute(type: $0.0, defaults: $0.1) }
    }
    let arguments = call.arguments.map(\.value)
    guard let first = arguments.first, arguments.count <= 2 else {
      _ = fail(
        "optional() takes a type, and a default that may be left out, not \(arguments.count) "
          + "arguments", call.origin)
      return nil
    }
    guard let (type, defaults) = read(first) else { return nil }
    var attribute = Attribute(type: type, defaults: defaults, isOptional: true)
    guard arguments.count == 2 else { return attribute }
    guard let value = constant(arguments[1]) else { return nil }
    switch TypeConstraint(type: type, defaults: defaults).apply(to: value) {
    case .value(let result): attribute.value = result
    case .problem(let problem):
      _ = fail(
        "The default doesn't have the type of its attribute: \(problem.text)",
        arguments[1].origin, id: "invalid-default")
      return nil
    }
    return attribute
  }

  /// The value of an expression that may neither call nor refer to anything.
  private mutating func constant(_ expression: Expression) -> TypedValue? {
    let before = diagnostics.items.count
    expression.visit(scope: []) { inner, names in
      switch inner {
      case .call(let call):
        _ = fail("Functions can't be called here", call.origin, id: "constant-required")
      case .variable(let variable) where !names.contains(variable.name):
        _ = fail(
          "Nothing can be referred to here", variable.origin, id: "constant-required",
          help: "Write the value itself.")
      default: break
      }
    }
    guard diagnostics.items.count == before else { return nil }
    var evaluator = ExpressionEvaluator(file: file, scope: NoNames(), functions: FunctionTable())
    let value = evaluator.value(of: expression)
    diagnostics.append(contentsOf: evaluator.diagnostics)
    return evaluator.diagnostics.hasErrors ? nil : value
  }
}

/// A scope without names.
private struct NoNames: ValueScope {
  func value(ofRoot name: String) -> TypedValue? { nil }
}
