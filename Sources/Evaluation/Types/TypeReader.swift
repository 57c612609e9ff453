import Diagnostics
import HCL

/// Reads types, and reports what is none.
struct TypeReader {
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
    let defaults = known.enumerated().compactMap { part in part.element.1.map { (part.offset, $0) }
    }
    return (
      .tuple(known.map(\.0)),
      defaults.isEmpty ? nil : .tuple(Dictionary(uniqueKeysWithValues: defaults))
    )
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

  mutating func fail(
    _ summary: String, _ origin: Origin, id: String = "invalid-type", help: String? = nil
  ) -> (ValueType, TypeDefaults?)? {
    diagnostics.append(
      Diagnostic(
        .error, "terraform." + id, summary,
        at: origin.range.map { SourceLocation(file, $0) }, help: help))
    return nil
  }
}

extension Expression {
  /// The expression without the comments around it.
  var withoutComments: Expression {
    if case .commented(let commented) = self { commented.expression.withoutComments } else { self }
  }
}
