import HCL

extension Evaluator {
  func unary(_ operation: UnaryOperation) -> Value {
    switch (operation.operation, value(of: operation.operand)) {
    case (.not, .bool(let truth)): .bool(!truth)
    case (.negate, .number(let number)): .number(number.negated)
    default: .unknown
    }
  }

  func binary(_ operation: BinaryOperation) -> Value {
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
      guard let areEqual = left.isEqual(to: right) else { return .unknown }
      return .bool(areEqual == (operation.operation == .equal))
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
    case .add: .number(a.adding(b))
    case .subtract: .number(a.subtracting(b))
    case .multiply: .number(a.multiplied(by: b))
    case .divide: a.divided(by: b).map(Value.number) ?? .unknown
    case .remainder: a.remainder(by: b).map(Value.number) ?? .unknown
    case .or, .and, .equal, .notEqual: .unknown
    }
  }
}

extension Value {
  /// Whether both are the same value; nil where that depends on what isn't known.
  func isEqual(to other: Value) -> Bool? {
    switch (self, other) {
    case (.unknown, _), (_, .unknown): return nil
    case (.handle(let left), .handle(let right)): return left == right ? true : nil
    // An object behind a handle is there, whatever it holds.
    case (.handle, .object), (.object, .handle): return nil
    case (.list(let left), .list(let right)):
      return left.count == right.count
        ? Self.all(zip(left, right).map { $0.isEqual(to: $1) }) : false
    case (.object(let left), .object(let right)):
      guard left.count == right.count else { return false }
      return Self.all(left.map { key, value in right[key].map { value.isEqual(to: $0) } ?? false })
    default: return self == other
    }
  }

  private static func all(_ results: [Bool?]) -> Bool? {
    if results.contains(false) { return false }
    return results.contains(nil) ? nil : true
  }
}
