import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

extension DeploymentResolver {
  /// What an input of an entry comes to; unknown while it is being asked for.
  func input(_ position: Int, of index: Int) -> InputResult {
    if let result = entries[index].results[position] { return result }
    let leaf = entries[index].leaf
    let input = leaf.bound[position]
    entries[index].results[position] = InputResult(
      value: .unknown, filled: .unknown, reference: nil, isData: false, isFinished: false)
    var result = InputResult(value: .null, filled: .null, reference: nil, isData: true)
    if input.isCloudName {
      result.value = entries[index].cloudName.map(Value.string) ?? .null
      result.filled = result.value
      entries[index].results[position] = result
      return result
    }
    let (value, source) = firstValue(input, of: index)
    switch source {
    case .key(let key):
      result.key = key
      result.value = value
    case .data, .members:
      result.value = inPlace(value, input.spec, of: index)
    case .constant, .wired:
      result.value = value
      result.isData = false
    case nil: break
    }
    finish(&result, input, source, of: index)
    entries[index].results[position] = result
    return result
  }

  private func firstValue(_ input: Leaf.Input, of index: Int) -> (Value, Leaf.Source?) {
    let entry = entries[index]
    for source in input.sources {
      switch source {
      case .key(let key):
        if let value = entry.config[key], !value.isNull { return (value, source) }
      case .data(let expression), .constant(let expression):
        let value = Evaluator(EntryScope(self, index)).value(of: expression)
        if !value.isNull, value != .unknown { return (value, source) }
      case .members: return (memberMap(input.spec, of: index), source)
      case .wired(let expression):
        // Null where it belongs to nothing, as where the item refers to no other.
        if Evaluator(EntryScope(self, index)).value(of: expression).isNull { continue }
        return (.unknown, source)
      }
    }
    return (.null, nil)
  }

  private func finish(
    _ result: inout InputResult, _ input: Leaf.Input, _ source: Leaf.Source?, of index: Int
  ) {
    let spec = input.spec
    if !spec.also.isEmpty { result.value = respelled(result.value, spec.also) }
    if spec.refersTo != nil, result.isData, !result.value.isNull {
      bind(&result, input, source, of: index)
      return
    }
    if result.value.isNull {
      if let fallback = spec.defaultValue {
        var filling = TypeConversion(fillsDefaults: true)
        result.filled = filling.convert(fallback, to: spec.type)
      }
      return
    }
    if result.value == .unknown {
      result.filled = .unknown
      return
    }
    var conversion = TypeConversion(fillsDefaults: false)
    let raw = conversion.convert(result.value, to: spec.type)
    report(conversion.problems, of: result.key ?? spec.name, spec, index)
    var filling = TypeConversion(fillsDefaults: true)
    result.filled = filling.convert(result.value, to: spec.type)
    result.value = raw
    for field in spec.fields where field.refersTo != nil {
      bind(field, of: &result, source, of: index)
    }
  }

  /// Finds the items that a field of an input's objects names.
  private func bind(
    _ field: VariableSpec, of result: inout InputResult, _ source: Leaf.Source?, of index: Int
  ) {
    let input = Leaf.Input(spec: field, sources: [], isCloudName: false)
    let objects: [Value] =
      result.value.elements ?? result.value.attributes?.values.map(\.self) ?? []
    let texts = Set(objects.compactMap { $0.attributes?[field.name]?.stringValue })
    var items: [String: Value] = [:]
    for text in texts.sorted() {
      if let name = referenced(text, input, source, of: index) { items[text] = .string(name) }
    }
    if !items.isEmpty { result.named.append((field.name, .object(items))) }
  }

  private func respelled(_ value: Value, _ also: [String: String]) -> Value {
    switch value {
    case .string(let text): .string(also[text] ?? text)
    case .list(let elements): .list(elements.map { respelled($0, also) })
    case .null, .bool, .number, .object, .handle, .unknown: value
    }
  }

  func report(
    _ problems: [ConversionProblem], of key: String, _ spec: VariableSpec, _ index: Int
  ) {
    for problem in problems {
      let label = ([key] + problem.path.map(\.text)).joined()
      let location = place(key, index, path: problem.path)
      switch problem.kind {
      case .wrongType(let wanted, let found):
        entries[index].refused.insert(spec.name)
        diagnostics.append(
          .wrongType(
            label, wanted: wanted, found: found, spec.type.at(problem.path), at: location))
      case .missing(let name):
        entries[index].refused.insert(spec.name)
        diagnostics.append(.missingAttribute(name, of: label, at: location))
      case .unknownAttribute(let name, let allowed):
        diagnostics.append(
          .unknownAttribute(
            name, of: ([key] + problem.path.dropLast().map(\.text)).joined(), allowed: allowed,
            at: keyPlace(key, index, path: problem.path)))
      }
    }
  }
}

extension TypeConstraint {
  /// The type of what a path leads to.
  fileprivate func at(_ path: [PathStep]) -> TypeConstraint? {
    path.reduce(TypeConstraint?.some(self)) { type, step in
      switch (type, step) {
      case (.list(let element)?, .element), (.set(let element)?, .element): element
      case (.list(let element)?, .attribute), (.set(let element)?, .attribute):
        element.at([step])
      case (.map(let element)?, .attribute): element
      case (.object(let attributes)?, .attribute(let name)):
        attributes.first { $0.name == name }?.type
      default: nil
      }
    }
  }
}

extension PathStep {
  /// The step as people write it: `.name`, `[0]`.
  var text: String {
    switch self {
    case .attribute(let name): ".\(name)"
    case .element(let index): "[\(index)]"
    }
  }
}

extension Diagnostic {
  fileprivate static func wrongType(
    _ label: String, wanted: String, found: String, _ type: TypeConstraint?,
    at location: SourceLocation?
  ) -> Diagnostic {
    var help: String?
    if case .map(let element)? = type, element.objectAttributes != nil {
      help = "Write an object by name: `{ \"<name>\": { ... } }`."
    } else if let attributes = type?.objectAttributes {
      let required = attributes.filter { !$0.isOptional }.map { "\"\($0.name)\": ..." }
      if !required.isEmpty { help = "Write `{ \(required.joined(separator: ", ")) }`." }
    }
    return Diagnostic(
      .error, "config.wrong-type", "`\(label)` must be \(wanted), not \(found)", at: location,
      help: help)
  }

  fileprivate static func missingAttribute(
    _ name: String, of label: String, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .error, "config.missing", "`\(label)` lacks `\(name)`", at: location,
      help: "Add `\"\(name)\": ...`.")
  }

  fileprivate static func unknownAttribute(
    _ name: String, of label: String, allowed: [String], at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .warning, "config.unknown-key", "`\(label)` has no setting `\(name)`; it is ignored",
      at: location, detail: "Its settings are \(listed(allowed, "and")).",
      help: nearestMatch(name, in: allowed).map { "Did you mean `\($0)`?" })
  }
}
