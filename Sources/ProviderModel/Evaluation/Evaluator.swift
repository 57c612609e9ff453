public import HCL

/// Evaluates expressions of the spec language.
///
/// A path that doesn't exist is null, a template over a null is null, what depends on something
/// unknown is unknown, and so is what a wrong type makes senseless. It never fails.
public struct Evaluator {
  private let scope: any EvaluationScope
  private var bindings: [(name: String, value: Value)] = []

  /// Makes an evaluator.
  public init(_ scope: any EvaluationScope) { self.scope = scope }

  /// The value of an expression.
  public func value(of expression: Expression) -> Value {
    switch expression {
    case .literal: Value(literal: expression) ?? .unknown
    case .template(let template): template.literalText.map(Value.string) ?? text(template.parts)
    case .heredoc(let heredoc): text(heredoc.parts)
    case .variable(let variable): name(variable.name)
    case .attribute(let access): attribute(access.name, of: value(of: access.base))
    case .index(let access): element(value(of: access.key), of: value(of: access.base))
    case .legacyIndex(let access):
      element(Number(access.index).map(Value.number) ?? .null, of: value(of: access.base))
    case .splat(let splat): each(splat)
    case .tuple(let tuple): .list(tuple.elements.map { value(of: $0.value) })
    case .object(let object): objectValue(object)
    case .forExpression(let loop): forValue(loop)
    case .conditional(let conditional): choice(conditional)
    case .unary(let operation): unary(operation)
    case .binary(let operation): binary(operation)
    case .call(let call): function(call)
    case .parentheses(let parentheses): value(of: parentheses.expression)
    case .commented(let commented): value(of: commented.expression)
    case .invalid: .unknown
    }
  }

  private func name(_ name: String) -> Value {
    for binding in bindings.reversed() where binding.name == name { return binding.value }
    return scope.root(name) ?? .unknown
  }

  /// An attribute of a value; null where there is none.
  public func attribute(_ name: String, of base: Value) -> Value {
    switch base {
    case .object(let attributes): attributes[name] ?? .null
    case .handle(let handle): scope.attribute(name, of: handle)
    case .unknown: .unknown
    case .null, .bool, .number, .string, .list: .null
    }
  }

  private func element(_ key: Value, of base: Value) -> Value {
    switch (base, key) {
    case (.unknown, _), (_, .unknown): return .unknown
    case (.list(let elements), .number(let number)):
      guard let index = number.int, elements.indices.contains(index) else { return .null }
      return elements[index]
    case (.object, _), (.handle, _): return key.scalarText.map { attribute($0, of: base) } ?? .null
    default: return .null
    }
  }

  private func each(_ splat: Splat) -> Value {
    each(value(of: splat.base), splat.steps[...])
  }

  /// The elements of a value, each led along steps; a further `[*]` among them gives lists of lists.
  private func each(_ base: Value, _ steps: ArraySlice<Splat.Step>) -> Value {
    switch base {
    case .null: .list([])
    case .unknown: .unknown
    case .list(let elements): .list(elements.map { follow($0, steps) })
    case .bool, .number, .string, .object, .handle: .list([follow(base, steps)])
    }
  }

  private func follow(_ base: Value, _ steps: ArraySlice<Splat.Step>) -> Value {
    guard let step = steps.first else { return base }
    let rest = steps.dropFirst()
    return switch step {
    case .attribute(let name): follow(attribute(name, of: base), rest)
    case .index(let key): follow(element(value(of: key), of: base), rest)
    case .legacyIndex(let index):
      follow(element(Number(index).map(Value.number) ?? .null, of: base), rest)
    case .splat: each(base, rest)
    }
  }

  private func objectValue(_ object: ObjectExpression) -> Value {
    var attributes: [String: Value] = [:]
    for item in object.items {
      let key: String?
      if let name = item.key.objectKeyName {
        key = name
      } else {
        let computed = value(of: item.key)
        if computed == .unknown { return .unknown }
        key = computed.scalarText
      }
      guard let key else { continue }
      attributes[key] = value(of: item.value)
    }
    return .object(attributes)
  }

  private func forValue(_ loop: ForExpression) -> Value {
    let pairs: [(Value, Value)]
    switch value(of: loop.collection) {
    case .list(let elements):
      pairs = elements.enumerated().map { (.number(Number($0.offset)), $0.element) }
    case .object(let attributes):
      pairs = attributes.sorted { $0.key < $1.key }.map { (.string($0.key), $0.value) }
    case .null: pairs = []
    case .unknown, .bool, .number, .string, .handle: return .unknown
    }
    var list: [Value] = []
    var object: [String: Value] = [:]
    for (key, item) in pairs {
      var inner = self
      if let keyName = loop.keyName { inner.bindings.append((keyName, key)) }
      inner.bindings.append((loop.valueName, item))
      if let condition = loop.condition {
        switch inner.value(of: condition) {
        case .bool(true): break
        case .unknown: return .unknown
        default: continue
        }
      }
      guard let keyExpression = loop.key else {
        list.append(inner.value(of: loop.value))
        continue
      }
      let computed = inner.value(of: keyExpression)
      if computed == .unknown { return .unknown }
      guard let name = computed.scalarText else { continue }
      let result = inner.value(of: loop.value)
      if loop.isGrouping {
        object[name] = .list((object[name]?.elements ?? []) + [result])
      } else {
        object[name] = result
      }
    }
    return loop.key == nil ? .list(list) : .object(object)
  }

  private func choice(_ conditional: Conditional) -> Value {
    switch value(of: conditional.condition) {
    case .bool(true), .string("true"): value(of: conditional.then)
    case .bool(false), .string("false"): value(of: conditional.otherwise)
    case .null: value(of: conditional.otherwise)
    default: .unknown
    }
  }

  private func text(_ parts: [TemplatePart]) -> Value {
    var result = ""
    for part in parts {
      switch part {
      case .literal(let text): result += text
      case .interpolation(let interpolation):
        let value = value(of: interpolation.expression)
        if parts.count == 1 { return value }
        // What the markers take away from the texts beside them isn't worked out here.
        if interpolation.strip != StripMarkers() { return .unknown }
        if value.isNull { return .null }
        guard let text = value.scalarText else { return .unknown }
        result += text
      case .ifDirective, .forDirective: return .unknown
      }
    }
    return .string(result)
  }

  /// Whether a call of `regex` finds anything; nil for other calls, and where it can't be told.
  ///
  /// What it finds takes much longer to tell.
  private func matches(_ call: FunctionCall) -> Bool? {
    guard call.name == "regex", !call.expandsLast, call.arguments.count == 2,
      let pattern = value(of: call.arguments[0].value).scalarText,
      let text = value(of: call.arguments[1].value).scalarText
    else { return nil }
    return Pattern(pattern)?.matches(text)
  }

  private func function(_ call: FunctionCall) -> Value {
    switch call.name {
    case "try":
      for argument in call.arguments {
        let result = value(of: argument.value)
        if !result.isNull { return result }
      }
      return .null
    case "can":
      guard let argument = call.arguments.first else { return .unknown }
      if case .call(let inner) = argument.value, let isMatch = matches(inner) {
        return .bool(isMatch)
      }
      let result = value(of: argument.value)
      return result == .unknown ? .unknown : .bool(!result.isNull)
    default: break
    }
    var arguments = call.arguments.map { value(of: $0.value) }
    if call.expandsLast, let last = arguments.popLast() {
      guard case .list(let elements) = last else { return last.isNull ? .null : .unknown }
      arguments += elements
    }
    return Functions.call(call.name, arguments)
  }
}
