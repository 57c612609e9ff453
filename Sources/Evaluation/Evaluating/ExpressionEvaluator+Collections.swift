import Diagnostics
import HCL
import ProviderModel

extension ExpressionEvaluator {
  mutating func object(_ object: ObjectExpression) -> TypedValue {
    var attributes: [String: TypedValue] = [:]
    var marks: Marks = []
    var isKnown = true
    for item in object.items {
      let (key, found) = separately { $0.key(of: item) }
      diagnostics.append(contentsOf: found)
      let value = value(of: item.value)
      marks.formUnion(key?.marks ?? [])
      if let name = key?.stringValue { attributes[name] = value } else { isKnown = false }
    }
    // Where a key isn't known, Terraform forgets that any was sensitive.
    return isKnown ? .object(attributes).marked(marks) : .dynamic
  }

  private mutating func key(of item: ObjectExpression.Item) -> TypedValue? {
    if let name = item.key.bareName { return .string(name) }
    let (key, found) = separately(item.key)
    diagnostics.append(contentsOf: found)
    if found.hasErrors { return nil }
    return self.key(key, at: item.key.origin)
  }

  /// A key as a text; nil where it can't be one, which is reported.
  private mutating func key(_ key: TypedValue, at origin: Origin) -> TypedValue? {
    if key.isNull {
      _ = fail("null-key", "A key can't be null", at: origin)
      return nil
    }
    switch convert(key, to: .string) {
    case .value(let value): return value
    case .problem(let problem):
      _ = fail("invalid-key", "This can't be a key: \(problem.text)", at: origin)
      return nil
    }
  }

  mutating func collection(_ loop: ForExpression) -> TypedValue {
    guard let pairs = pairs(loop) else { return .dynamic }
    guard let walked = pairs.walked else { return .dynamic.marked(pairs.marks) }
    var results = LoopResults(marks: pairs.marks)
    for (key, value) in walked {
      guard rounds > 0 else {
        results.isKnown = false
        break
      }
      rounds -= 1
      bindings.append((loop.valueName, value))
      if let name = loop.keyName { bindings.append((name, key)) }
      walk(loop, into: &results)
      bindings.removeLast(loop.keyName == nil ? 1 : 2)
    }
    return results.value(of: loop)
  }

  /// What a loop walks: nil is an error, no pairs at all something that isn't known.
  private mutating func pairs(
    _ loop: ForExpression
  ) -> (walked: [(TypedValue, TypedValue)]?, marks: Marks)? {
    let base = value(of: loop.collection)
    let origin = loop.collection.origin
    if base.isNull {
      _ = fail("null-iteration", "for can't walk null", at: origin)
      return nil
    }
    // What isn't even a collection yet is walked without its marks.
    if base.type == .dynamic { return (nil, []) }
    guard base.type.isSequence || base.type.isMapping else {
      let help = "Put it into brackets for a list of one: [...]."
      _ = fail(
        "not-iterable", "for can't walk a value of type \(base.type.friendlyName)", at: origin,
        detail: "It walks lists, sets, maps, tuples and objects.", help: help)
      return nil
    }
    guard checkCondition(of: loop) else { return nil }
    switch base.content {
    case .elements(let elements):
      guard case .set = base.type else {
        return (elements.enumerated().map { (.number($0.offset), $0.element) }, base.marks)
      }
      return (elements.map { ($0, $0) }, base.marks)
    case .attributes(let attributes):
      let sorted = attributes.sorted { $0.key < $1.key }
      return (sorted.map { (.string($0.key), $0.value) }, base.marks)
    default: return (nil, base.marks)
    }
  }

  /// The condition is looked at once before all elements, whatever these are.
  private mutating func checkCondition(of loop: ForExpression) -> Bool {
    guard let condition = loop.condition, rounds > 0 else { return true }
    rounds -= 1
    bindings.append((loop.valueName, .dynamic))
    if let name = loop.keyName { bindings.append((name, .dynamic)) }
    let (_, found) = separately { $0.loopTruth($0.value(of: condition), of: condition) }
    bindings.removeLast(loop.keyName == nil ? 1 : 2)
    diagnostics.append(contentsOf: found)
    return !found.hasErrors
  }

  /// The condition of a loop as a truth value; nil where it is none, which is reported.
  private mutating func loopTruth(
    _ value: TypedValue, of condition: Expression
  ) -> TypedValue? {
    if value.isNull {
      _ = fail("null-condition", "The condition behind if is null", at: condition.origin)
      return nil
    }
    switch convert(value, to: .bool) {
    case .value(let truth): return truth
    case .problem(let problem):
      _ = fail(
        "invalid-condition", "The condition behind if is neither true nor false: \(problem.text)",
        at: condition.origin)
      return nil
    }
  }

  /// One round of a loop.
  private mutating func walk(_ loop: ForExpression, into results: inout LoopResults) {
    if let condition = loop.condition {
      let raw = value(of: condition)
      results.marks.formUnion(raw.marks)
      let truth = decided(raw, results) { $0.loopTruth(raw, of: condition) }
      guard let truth = truth?.boolValue else {
        results.isKnown = false
        return
      }
      guard truth else { return }
    }
    guard let keyExpression = loop.key else {
      results.list.append(value(of: loop.value))
      return
    }
    let raw = value(of: keyExpression)
    results.marks.formUnion(raw.marks)
    let key = decided(raw, results) { $0.key(raw, at: keyExpression.origin) }
    guard let name = key?.stringValue else {
      results.isKnown = false
      return
    }
    let value = value(of: loop.value)
    if loop.isGrouping {
      results.groups[name, default: []].append(value)
    } else if results.object.updateValue(value, forKey: name) != nil {
      _ = fail(
        "duplicate-key", "Two elements give the same key \"\(name)\"", at: keyExpression.origin,
        help: "Write ... behind the value to get a list of all values of a key.")
    }
  }

  /// What becomes of a value, where it is known.
  ///
  /// Behind the first round that isn't, nothing more of the kind is reported.
  private mutating func decided(
    _ value: TypedValue, _ results: LoopResults, _ work: (inout Self) -> TypedValue?
  ) -> TypedValue? {
    guard value.isKnown else { return nil }
    let (result, found) = separately(work)
    if results.isKnown { diagnostics.append(contentsOf: found) }
    return result
  }
}

/// What a loop has gathered.
private struct LoopResults {
  var list: [TypedValue] = []
  var object: [String: TypedValue] = [:]
  var groups: [String: [TypedValue]] = [:]
  var marks: Marks
  var isKnown = true

  func value(of loop: ForExpression) -> TypedValue {
    if !isKnown { return .dynamic.marked(marks) }
    if loop.key == nil { return .tuple(list).marked(marks) }
    return .object(loop.isGrouping ? groups.mapValues { .tuple($0) } : object).marked(marks)
  }
}

extension Expression {
  /// The name that a key of an object is when it is written bare.
  fileprivate var bareName: String? {
    switch self {
    case .variable(let variable): variable.name
    case .commented(let commented): commented.expression.bareName
    case .literal(let literal):
      switch literal.kind {
      case .null: "null"
      case .bool(let truth): truth ? "true" : "false"
      case .number: nil
      }
    default: nil
    }
  }
}
