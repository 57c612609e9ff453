import Diagnostics
import HCL

extension ExpressionEvaluator {
  mutating func choice(_ conditional: Conditional) -> TypedValue {
    choice(
      condition: conditional.condition, at: conditional.origin,
      then: { $0.value(of: conditional.then) },
      otherwise: { $0.value(of: conditional.otherwise) })
  }

  /// Chooses between two values; errors count only in the one that is taken.
  mutating func choice(
    condition: Expression, at origin: Origin, then: (inout Self) -> TypedValue,
    otherwise: (inout Self) -> TypedValue
  ) -> TypedValue {
    let (yes, yesFound) = separately(then)
    let (no, noFound) = separately(otherwise)
    guard let type = commonType(yes, no) else {
      reportWarnings(yesFound)
      reportWarnings(noFound)
      return fail(
        "inconsistent-conditional", "Both results of a conditional need one type", at: origin,
        detail: difference(yes.type, no.type))
    }
    let value = value(of: condition)
    let truth = truth(value, of: condition)
    // That of the branch which isn't taken is remembered as well.
    let marks = value.allMarks.union(yes.marks).union(no.marks)
    switch truth?.boolValue {
    case true?:
      diagnostics.append(contentsOf: yesFound)
      reportWarnings(noFound)
      return taken(yes, type, origin).marked(marks)
    case false?:
      diagnostics.append(contentsOf: noFound)
      reportWarnings(yesFound)
      return taken(no, type, origin).marked(marks)
    case nil:
      reportWarnings(yesFound)
      reportWarnings(noFound)
      return undecided(yes, no, type).marked(marks)
    }
  }

  private func undecided(_ yes: TypedValue, _ no: TypedValue, _ type: ValueType) -> TypedValue {
    if yes.isNull, no.isNull { return .null(type) }
    return .unknown(type, isNeverNull: yes.isSurelySomething && no.isSurelySomething)
  }

  /// The condition as a truth value; nil where it isn't known or is none, which is reported.
  private mutating func truth(_ value: TypedValue, of condition: Expression) -> TypedValue? {
    if value.isNull {
      _ = fail(
        "null-condition", "The condition is null, neither true nor false", at: condition.origin)
      return nil
    }
    guard value.isKnown else { return nil }
    switch convert(value, to: .bool) {
    case .value(let truth): return truth
    case .problem(let problem):
      _ = fail(
        "invalid-condition", "The condition is neither true nor false: \(problem.text)",
        at: condition.origin)
      return nil
    }
  }

  private func commonType(_ yes: TypedValue, _ no: TypedValue) -> ValueType? {
    if yes.unmarked == .null { return no.type }
    if no.unmarked == .null { return yes.type }
    if yes.type == .dynamic || no.type == .dynamic { return .dynamic }
    return unify([yes.type, no.type])
  }

  private mutating func taken(
    _ value: TypedValue, _ type: ValueType, _ origin: Origin
  ) -> TypedValue {
    switch convert(value, to: type) {
    case .value(let result): return result
    case .problem(let problem):
      _ = fail(
        "inconsistent-conditional", "Both results of a conditional need one type", at: origin,
        detail: "The one that is taken can't have it: \(problem.text).")
      return .unknown(type)
    }
  }

  private func difference(_ yes: ValueType, _ no: ValueType) -> String {
    switch (yes, no) {
    case (.object(let left, _), .object(let right, _)):
      if let name = left.keys.filter({ right[$0] == nil }).min() {
        return "The first has an attribute \"\(name)\" that the second hasn't."
      }
      if let name = right.keys.filter({ left[$0] == nil }).min() {
        return "The second has an attribute \"\(name)\" that the first hasn't."
      }
      for (name, type) in left.sorted(by: { $0.key < $1.key }) {
        if let other = right[name], unify([type, other]) == nil {
          return "Attribute \"\(name)\": " + difference(type, other)
        }
      }
    case (.tuple(let left), .tuple(let right)):
      if left.count != right.count {
        return "The first has \(left.count) elements, the second \(right.count)."
      }
      for (index, (type, other)) in zip(left, right).enumerated() where unify([type, other]) == nil
      {
        return "Element [\(index)]: " + difference(type, other)
      }
    default: break
    }
    return "The first is of type \(yes.friendlyName), the second of type \(no.friendlyName)."
  }
}

extension TypedValue {
  /// Whether it is known that it isn't null.
  var isSurelySomething: Bool { isKnown ? !isNull : isNeverNull }
}
