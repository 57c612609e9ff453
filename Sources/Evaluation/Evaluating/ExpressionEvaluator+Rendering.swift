import Diagnostics
import HCL
import ProviderModel

/// `templatefile` and `templatestring`, which evaluate a text as a template.
///
/// They look at the template only when the names in it are known.
extension ExpressionEvaluator {
  mutating func renderedFile(_ call: FunctionCall, _ arguments: [Argument]) -> TypedValue {
    let (path, pathFound) = separately { $0.value(of: arguments[0]) }
    let (names, found) = separately { $0.value(of: arguments[1]) }
    diagnostics.append(contentsOf: pathFound)
    diagnostics.append(contentsOf: found)
    if pathFound.hasErrors || found.hasErrors { return .dynamic }
    switch convert(path, to: .string) {
    case .problem(let problem):
      return unrendered(call, "can't take this as \"path\": \(problem.text)", arguments[0])
    case .value(let path) where path.isNull:
      return unrendered(call, "can't take null as \"path\"", arguments[0])
    case .value(let path):
      if names.isNull { return unrendered(call, "can't take null as \"vars\"", arguments[1]) }
      guard let name = path.stringValue, names.isKnown else { return .dynamic }
      guard let template = template(name, call, arguments[0]) else { return .dynamic }
      return rendered(template, names, call, arguments).marked(path.marks)
    }
  }

  /// The template in a file; nil where it isn't known, or isn't there, which is reported.
  private mutating func template(
    _ name: String, _ call: FunctionCall, _ argument: Argument
  ) -> TemplateText? {
    switch files(name) {
    case .template(let template)?: return template
    case .bytes(let bytes)?:
      if let text = String(validating: bytes, as: UTF8.self) {
        return TemplateText(name: name, text: text)
      }
      _ = unrendered(call, "needs a text in UTF-8, which \"\(name)\" isn't", argument)
    case .folder?: _ = unrendered(call, "can't read \"\(name)\", which is a folder", argument)
    case .missing?: _ = unrendered(call, "finds no file \"\(name)\"", argument)
    case nil: break
    }
    return nil
  }

  mutating func renderedText(_ call: FunctionCall, _ arguments: [Argument]) -> TypedValue {
    let (names, found) = separately { $0.value(of: arguments[1]) }
    diagnostics.append(contentsOf: found)
    if found.hasErrors { return .dynamic }
    if names.type == .dynamic, !names.isNull { return .dynamic.marked(names.marks) }
    if names.isNull { return unrendered(call, "can't take null as \"vars\"", arguments[1]) }
    guard names.isKnown else { return .unknown(.string, isNeverNull: true).marked(names.marks) }
    guard arguments[0].expression.isReference else {
      return unrendered(
        call, "takes nothing but a reference to a template", arguments[0],
        help: "Write the text itself with ${...} in it, or give the template a name in locals.")
    }
    let (template, problems) = separately { $0.value(of: arguments[0]) }
    diagnostics.append(contentsOf: problems)
    guard !problems.hasErrors, template.isKnown else {
      return .unknown(.string).marked(names.allMarks)
    }
    guard let text = template.stringValue else {
      return unrendered(
        call, "needs a text, this is \(template.type.nameWithArticle)", arguments[0])
    }
    let result = rendered(TemplateText(name: "template", text: text), names, call, arguments)
    guard result.type != .dynamic else { return .unknown(.string).marked(template.marks) }
    switch convert(result, to: .string) {
    case .value(let value): return value.marked(template.marks)
    case .problem(let problem):
      return unrendered(call, "doesn't give a text: \(problem.text)", arguments[0])
    }
  }

  /// The value of a template in which names have the values of an object or a map.
  private mutating func rendered(
    _ template: TemplateText, _ names: TypedValue, _ call: FunctionCall, _ arguments: [Argument]
  ) -> TypedValue {
    guard !isRendering else {
      return unrendered(call, "can't be called in a template", arguments[0])
    }
    guard names.type.isMapping else {
      return unrendered(
        call, "needs a map or an object, this is \(names.type.nameWithArticle)", arguments[1])
    }
    let values = names.attributes ?? [:]
    if let name = values.keys.sorted().first(where: { !isIdentifier($0) }) {
      return unrendered(call, "can't give a template the name \"\(name)\"", arguments[1])
    }
    let parsed = template.parsed
    var found = parsed.findings
    for name in parsed.expression.freeNames where values[name] == nil {
      return unrendered(
        call, "needs a value of \"\(name)\", which the template refers to", arguments[1],
        help: nearestMatch(name, in: values.keys.sorted()).map { "Did you mean \"\($0)\"?" })
    }
    var inner = ExpressionEvaluator(
      file: parsed.file, scope: scope, functions: functions, files: files,
      knowsProviderFunction: knowsProviderFunction)
    inner.isRendering = true
    inner.rounds = rounds
    inner.bindings = values.sorted { $0.key < $1.key }.map {
      ($0.key, $0.value.marked(names.marks))
    }
    let result = found.hasErrors ? .dynamic : inner.value(of: parsed.expression)
    rounds = inner.rounds
    found.append(contentsOf: inner.diagnostics)
    for problem in found.items where problem.severity == .error {
      return unrendered(call, "finds a mistake in the template: \(problem.summary)", arguments[0])
    }
    if result.isNull { return unrendered(call, "can't give null", arguments[0]) }
    return result
  }

  private mutating func unrendered(
    _ call: FunctionCall, _ message: String, _ argument: Argument, help: String? = nil
  ) -> TypedValue {
    fail("invalid-argument", "\(call.name)() \(message)", at: argument.origin, help: help)
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

  /// The names in it that nothing in it binds, sorted.
  fileprivate var freeNames: [String] {
    var names: Set<String> = []
    visit(scope: []) { expression, bound in
      if case .variable(let variable) = expression, !bound.contains(variable.name) {
        names.insert(variable.name)
      }
    }
    return names.sorted()
  }
}
