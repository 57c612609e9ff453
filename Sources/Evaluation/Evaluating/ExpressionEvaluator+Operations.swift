import Diagnostics
import HCL
import ProviderModel

extension ExpressionEvaluator {
  mutating func result(of operation: UnaryOperation) -> TypedValue {
    let type: ValueType = operation.operation == .not ? .bool : .number
    guard let operand = operand(operation.operand, as: type, for: operation.operation.rawValue)
    else { return .unknown(type) }
    let result: TypedValue? =
      operation.operation == .not
      ? operand.boolValue.map { .bool(!$0) } : operand.numberValue.map { .number($0.negated) }
    // The opposite of what isn't known yet isn't marked.
    return result?.marked(operand.marks) ?? .unknown(type, isNeverNull: true)
  }

  mutating func result(of operation: BinaryOperation) -> TypedValue {
    switch operation.operation {
    case .equal, .notEqual: return equality(operation)
    default: break
    }
    if shortCircuits, operation.operation == .and || operation.operation == .or {
      return lazily(operation)
    }
    let type = operation.operation.operandType
    let sign = operation.operation.rawValue
    let left = operand(operation.left, as: type, for: sign)
    let right = operand(operation.right, as: type, for: sign)
    guard let left, let right else { return .unknown(operation.operation.resultType) }
    let marks = left.marks.union(right.marks)
    guard left.isKnown, right.isKnown else {
      let result = TypedValue.unknown(operation.operation.resultType, isNeverNull: true)
      // `&&` and `||` forget that operands were sensitive as long as one isn't known.
      return type == .bool ? result : result.marked(marks)
    }
    return value(of: operation, left, right).marked(marks)
  }

  /// Whether errors in an operand count only where the other one doesn't decide: from 1.12 on.
  private var shortCircuits: Bool {
    functions.lowestVersion.map { $0 >= LanguageVersion(1, 12) } ?? false
  }

  /// `&&` and `||` where one operand may decide.
  private mutating func lazily(_ operation: BinaryOperation) -> TypedValue {
    let decisive = operation.operation == .or
    let sign = operation.operation.rawValue
    let (left, leftFound) = separately { $0.lazyOperand(operation.left, for: sign) }
    let (right, rightFound) = separately { $0.lazyOperand(operation.right, for: sign) }
    let known = (left?.value.boolValue, right?.value.boolValue)
    diagnostics.append(contentsOf: leftFound)
    diagnostics.append(contentsOf: rightFound)
    if known.1 == !decisive, let left { diagnostics.append(contentsOf: left.found) }
    if known.0 == !decisive, let right { diagnostics.append(contentsOf: right.found) }
    let marks = (left?.value.marks ?? []).union(right?.value.marks ?? [])
    if known.0 == decisive || known.1 == decisive { return .bool(decisive).marked(marks) }
    guard known.0 != nil, known.1 != nil else { return .unknown(.bool).marked(marks) }
    return .bool(!decisive).marked(marks)
  }

  /// An operand as a truth value with what was found in it; nil where it is none, which is reported.
  private mutating func lazyOperand(
    _ expression: Expression, for sign: String
  ) -> (value: TypedValue, found: Diagnostics)? {
    let (value, found) = separately(expression)
    if found.hasErrors { return (.dynamic, found) }
    diagnostics.append(contentsOf: found)
    switch convert(value, to: .bool) {
    case .value(let truth): return (truth, Diagnostics())
    case .problem(let problem):
      _ = fail(
        "invalid-operand", "\(sign) can't take this: \(problem.text)", at: expression.origin)
      return nil
    }
  }

  /// An operand in its type; nil where it can't be, which is reported.
  private mutating func operand(
    _ expression: Expression, as type: ValueType, for sign: String
  ) -> TypedValue? {
    let (value, found) = separately(expression)
    diagnostics.append(contentsOf: found)
    guard !found.hasErrors else { return nil }
    switch convert(value, to: type) {
    case .value(let operand):
      guard operand.isNull else { return operand }
      _ = fail("null-operand", "\(sign) can't take null", at: expression.origin)
      return nil
    case .problem(let problem):
      _ = fail(
        "invalid-operand", "\(sign) can't take this: \(problem.text)", at: expression.origin)
      return nil
    }
  }

  private mutating func equality(_ operation: BinaryOperation) -> TypedValue {
    let (left, leftFound) = separately(operation.left)
    let (right, rightFound) = separately(operation.right)
    diagnostics.append(contentsOf: leftFound)
    diagnostics.append(contentsOf: rightFound)
    guard !leftFound.hasErrors, !rightFound.hasErrors else { return .unknown(.bool) }
    let marks = left.allMarks.union(right.allMarks)
    let wanted = operation.operation == .equal
    guard let isEqual = left.isEqual(to: right) else {
      return .unknown(.bool, isNeverNull: true).marked(marks)
    }
    return .bool(isEqual == wanted).marked(marks)
  }

  private mutating func value(
    of operation: BinaryOperation, _ left: TypedValue, _ right: TypedValue
  ) -> TypedValue {
    if let a = left.boolValue, let b = right.boolValue {
      return .bool(operation.operation == .and ? a && b : a || b)
    }
    guard let a = left.numberValue, let b = right.numberValue else { return .dynamic }
    switch operation.operation {
    case .less: return .bool(a < b)
    case .lessOrEqual: return .bool(a < b || a == b)
    case .greater: return .bool(b < a)
    case .greaterOrEqual: return .bool(b < a || a == b)
    case .add: return calculated(a.adding(b))
    case .subtract: return calculated(a.subtracting(b))
    case .multiply: return calculated(a.multiplied(by: b))
    case .divide: return quotient(a, b, operation.origin)
    case .remainder:
      if b.double == 0 { return .unknown(.number, isNeverNull: true) }
      guard a.isWhole, b.isWhole else { return .unknown(.number, isNeverNull: true) }
      return calculated(a.remainder(by: b))
    case .and, .or, .equal, .notEqual: return .dynamic
    }
  }

  /// Terraform keeps more digits than are kept here; what has many isn't counted as known.
  private func calculated(_ number: Number?) -> TypedValue {
    guard let number, number.text.utf8.count <= 15 else {
      return .unknown(.number, isNeverNull: true)
    }
    return .number(number)
  }

  private mutating func quotient(_ a: Number, _ b: Number, _ origin: Origin) -> TypedValue {
    if b.double == 0 {
      if a.double == 0 {
        return fail("division-by-zero", "Zero can't be divided by zero", at: origin)
      }
      // Terraform has infinity here.
      return .unknown(.number, isNeverNull: true)
    }
    guard let result = a.divided(by: b), result.multiplied(by: b) == a else {
      return .unknown(.number, isNeverNull: true)
    }
    return calculated(result)
  }
}

extension BinaryOperation.Operator {
  fileprivate var operandType: ValueType {
    switch self {
    case .or, .and: .bool
    default: .number
    }
  }

  fileprivate var resultType: ValueType {
    switch self {
    case .add, .subtract, .multiply, .divide, .remainder: .number
    default: .bool
    }
  }
}
