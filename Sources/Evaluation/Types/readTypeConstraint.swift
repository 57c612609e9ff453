public import Diagnostics
public import HCL

/// Reads the type of a variable; nil where it is none, which is reported.
public func readTypeConstraint(
  _ expression: Expression, file: SourceFile, into diagnostics: inout Diagnostics
) -> TypeConstraint? {
  var reader = TypeReader(file: file)
  var result: (ValueType, TypeDefaults?)?
  switch expression.withoutComments {
  // What 0.11 had: lists and maps of anything.
  case .variable(let name) where name.name == "list": result = (.list(.dynamic), nil)
  case .variable(let name) where name.name == "map": result = (.map(.dynamic), nil)
  case .template(let template) where template.literalText != nil:
    reader.reportQuoted(template)
  default: result = reader.read(expression)
  }
  diagnostics.append(contentsOf: reader.diagnostics)
  return result.map { TypeConstraint(type: $0.0, defaults: $0.1) }
}

/// Reads types, and reports what is none.
private struct TypeReader {
  let file: SourceFile
  var diagnostics = Diagnostics()

  static let keywords = ["string", "number", "bool", "any"]
  static let constructors = ["list", "set", "map", "object", "tuple"]

  mutating func read(_ expression: Expression) -> (ValueType, TypeDefaults?)? {
    switch expression.withoutComments {
    case .variable(let variable): return keyword(variable.name, variable.origin)
    case .literal(let literal):
      switch literal.kind {
      case .null: return keyword("null", literal.origin)
      case .bool(let truth): return keyword(truth ? "true" : "false", literal.origin)
      case .number: return fail("This is no type", literal.origin, help: Self.helpForTypes)
      }
    case .call(let call): return constructor(call)
    case .invalid: return nil
    case .template(let template):
      return fail("A type isn't quoted", template.origin, help: Self.helpForTypes)
    default: return fail("This is no type", expression.origin, help: Self.helpForTypes)
    }
  }

  private mutating func keyword(
    _ name: String, _ origin: Origin
  ) -> (ValueType, TypeDefaults?)? {
    switch name {
    case "string": return (.string, nil)
    case "number": return (.number, nil)
    case "bool": return (.bool, nil)
    case "any": return (.dynamic, nil)
    case "list", "set", "map":
      return fail(
        "The type \(name) needs the type of its elements", origin,
        help: "Write \(name)(string), or \(name)(any).")
    case "object":
      return fail(
        "The type object needs its attributes", origin, help: "Write object({ name = string }).")
    case "tuple":
      return fail(
        "The type tuple needs the types of its elements", origin,
        help: "Write tuple([string, number]).")
    case "optional": return misplacedOptional(origin)
    default:
      let near = nearestMatch(name, in: Self.keywords + Self.constructors)
      return fail(
        "There is no type \"\(name)\"", origin,
        help: near.map { "Did you mean \"\($0)\"?" } ?? Self.helpForTypes)
    }
  }

  private mutating func misplacedOptional(_ origin: Origin) -> (ValueType, TypeDefaults?)? {
    fail(
      "optional() may stand only around the type of an object's attribute", origin,
      help: "Write object({ name = optional(string) }).")
  }

  private mutating func constructor(_ call: FunctionCall) -> (ValueType, TypeDefaults?)? {
    let arguments = call.arguments.map(\.value)
    switch call.name {
    case "list", "set", "map", "object", "tuple": break
    case "optional": return misplacedOptional(call.origin)
    case _ where Self.keywords.contains(call.name):
      return fail("The type \(call.name) takes no arguments", call.origin)
    default:
      let near = nearestMatch(call.name, in: Self.constructors)
      return fail(
        "There is no type \"\(call.name)(...)\"", call.origin,
        help: near.map { "Did you mean \"\($0)\"?" } ?? Self.helpForTypes)
    }
    guard let argument = arguments.first, arguments.count == 1 else {
      return fail(
        "The type \(call.name)(...) takes one argument, not \(arguments.count)", call.origin)
    }
    switch call.name {
    case "object": return object(argument)
    case "tuple": return tuple(argument)
    default: break
    }
    guard let (type, defaults) = read(argument) else { return nil }
    let inner = defaults.map { TypeDefaults.elements($0) }
    switch call.name {
    case "list": return (.list(type), inner)
    case "set": return (.set(type), inner)
    default: return (.map(type), inner)
    }
  }

  private mutating func tuple(_ argument: Expression) -> (ValueType, TypeDefaults?)? {
    guard case .tuple(let tuple) = argument.withoutComments else {
      return fail(
        "The type tuple takes a list of types", argument.origin,
        help: "Write tuple([string, number]).")
    }
    let parts = tuple.elements.map { read($0.value) }
    let known = parts.compactMap { $0 }
    guard known.count == parts.count else { return nil }
    let defaults = known.enumerated().compactMap { part in part.element.1.map { (part.offset, $0) } }
    return (
      .tuple(known.map(\.0)),
      defaults.isEmpty ? nil : .tuple(Dictionary(uniqueKeysWithValues: defaults))
    )
  }

  // MARK: - Objects

  private mutating func object(_ argument: Expression) -> (ValueType, TypeDefaults?)? {
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

  // MARK: - Messages

  private static let helpForTypes =
    "Types are string, number, bool, any, list(...), set(...), map(...), object({...}) and "
    + "tuple([...])."

  mutating func reportQuoted(_ template: Template) {
    let word = template.literalText ?? ""
    let bare: String? =
      switch word {
      case "string": "string"
      case "list": "list(string)"
      case "map": "map(string)"
      default: nil
      }
    _ = fail(
      "A type isn't quoted", template.origin,
      help: "Write \(bare ?? word) without quotes.")
  }

  private mutating func fail(
    _ summary: String, _ origin: Origin, id: String = "invalid-type", help: String? = nil
  ) -> (ValueType, TypeDefaults?)? {
    diagnostics.append(
      Diagnostic(
        .error, "terraform." + id, summary,
        at: origin.range.map { SourceLocation(file, $0) }, help: help))
    return nil
  }
}

/// A scope without names.
private struct NoNames: ValueScope {
  func value(ofRoot name: String) -> TypedValue? { nil }
}

extension Expression {
  /// The expression without the comments around it.
  fileprivate var withoutComments: Expression {
    if case .commented(let commented) = self { commented.expression.withoutComments } else { self }
  }
}
