public import HCL

/// What an expression of ours can see.
public protocol EvaluationScope: AnyObject {
  /// The value of a root name, for example `config`; nil for a name that means nothing here.
  func root(_ name: String) -> Value?
  /// An attribute of an object that the scope handed out as a handle.
  func attribute(_ name: String, of handle: Value.Handle) -> Value
}

/// A scope that knows fixed values.
public final class FixedScope: EvaluationScope {
  private let values: [String: Value]

  /// Makes a scope of values by name.
  public init(_ values: [String: Value]) { self.values = values }

  /// The value of a name.
  public func root(_ name: String) -> Value? { values[name] }

  /// Never asked: it hands out no handles.
  public func attribute(_ name: String, of handle: Value.Handle) -> Value { .null }
}

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
    let base = value(of: splat.base)
    let elements: [Value]
    switch base {
    case .null: return .list([])
    case .unknown: return .unknown
    case .list(let list): elements = list
    case .bool, .number, .string, .object, .handle: elements = [base]
    }
    return .list(
      elements.map { item in
        splat.steps.reduce(item) { current, step in
          switch step {
          case .attribute(let name): attribute(name, of: current)
          case .index(let key): element(value(of: key), of: current)
          case .legacyIndex(let index):
            element(Number(index).map(Value.number) ?? .null, of: current)
          case .splat: .unknown
          }
        }
      })
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
        if value.isNull { return .null }
        guard let text = value.scalarText else { return .unknown }
        result += text
      case .ifDirective, .forDirective: return .unknown
      }
    }
    return .string(result)
  }

  private func unary(_ operation: UnaryOperation) -> Value {
    switch (operation.operation, value(of: operation.operand)) {
    case (.not, .bool(let truth)): .bool(!truth)
    case (.negate, .number(let number)): .number(Number(-number.double))
    default: .unknown
    }
  }

  private func binary(_ operation: BinaryOperation) -> Value {
    let left = value(of: operation.left)
    switch operation.operation {
    case .and where left == .bool(false): return .bool(false)
    case .or where left == .bool(true): return .bool(true)
    default: break
    }
    let right = value(of: operation.right)
    switch operation.operation {
    case .and: return logic(left, right, decided: false)
    case .or: return logic(left, right, decided: true)
    case .equal, .notEqual:
      if left.containsUnknown || right.containsUnknown { return .unknown }
      return .bool((left == right) == (operation.operation == .equal))
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .add, .subtract, .multiply, .divide,
      .remainder:
      guard case .number(let a) = left, case .number(let b) = right else {
        return left.isNull || right.isNull ? .null : .unknown
      }
      return arithmetic(operation.operation, a, b)
    }
  }

  private func logic(_ left: Value, _ right: Value, decided: Bool) -> Value {
    if left == .bool(decided) || right == .bool(decided) { return .bool(decided) }
    guard case .bool = left, case .bool = right else { return .unknown }
    return .bool(!decided)
  }

  private func arithmetic(
    _ operation: BinaryOperation.Operator, _ a: Number, _ b: Number
  ) -> Value {
    switch operation {
    case .less: .bool(a < b)
    case .lessOrEqual: .bool(a <= b)
    case .greater: .bool(a > b)
    case .greaterOrEqual: .bool(a >= b)
    case .add: .number(Number(a.double + b.double))
    case .subtract: .number(Number(a.double - b.double))
    case .multiply: .number(Number(a.double * b.double))
    case .divide: b.double == 0 ? .unknown : .number(Number(a.double / b.double))
    case .remainder:
      b.double == 0
        ? .unknown : .number(Number(a.double.truncatingRemainder(dividingBy: b.double)))
    case .or, .and, .equal, .notEqual: .unknown
    }
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
