import ProviderModel

/// The value as one of another type, as Terraform gives values to arguments, variables and calls.
///
/// Attributes that may be left out become null. Marks stay.
public func convert(_ value: TypedValue, to type: ValueType) -> Conversion {
  if value.type == type.withoutOptionalAttributes { return .value(value) }
  guard isConvertible(from: value.type, to: type, isUnsafe: true) else {
    return .problem(mismatch(value.type, type))
  }
  return Converter.apply(value, type)
}

/// Converts what `isConvertible` lets through.
private enum Converter {
  static func apply(_ value: TypedValue, _ type: ValueType) -> Conversion {
    switch value.content {
    case _ where type == .dynamic || value.type == type: return .value(value)
    case .unknown:
      let isNeverNull = value.isNeverNull
      return .value(
        .unknown(filled(type, from: value.type), isNeverNull: isNeverNull).marked(value.marks))
    case .null: return .value(.null(filled(type, from: value.type)).marked(value.marks))
    default:
      switch known(value, type) {
      case .value(let result): return .value(result.marked(value.marks))
      case .problem(let problem): return .problem(problem)
      }
    }
  }

  private static func known(_ value: TypedValue, _ type: ValueType) -> Conversion {
    switch type {
    case .dynamic: return .value(value)
    case .string, .number, .bool: return primitive(value, type)
    case .list, .set: return sequence(value, type)
    case .tuple(let types): return tuple(value, types)
    case .map(let element): return map(value, element)
    case .object(let attributes, let optional): return object(value, attributes, optional)
    }
  }

  private static func primitive(_ value: TypedValue, _ type: ValueType) -> Conversion {
    switch (value.content, type) {
    case (.bool(let truth), .string): return .value(.string(truth ? "true" : "false"))
    case (.number(let number), .string): return .value(.string(number.text))
    case (.string(let text), .number):
      switch DecimalText(text) {
      case .number(let number): return .value(.number(number))
      case .tooLarge: return .value(.unknown(.number, isNeverNull: true))
      case .none: return .problem(ConversionProblem("\"\(text)\" is not a decimal number"))
      }
    case (.string("true"), .bool), (.string("1"), .bool): return .value(.bool(true))
    case (.string("false"), .bool), (.string("0"), .bool): return .value(.bool(false))
    case (.string(let text), .bool):
      return .problem(ConversionProblem("\"\(text)\" is neither \"true\" nor \"false\""))
    default: return .value(value)
    }
  }

  private static func sequence(_ value: TypedValue, _ type: ValueType) -> Conversion {
    guard let element = type.element, let elements = value.elements else {
      return .problem(mismatch(value.type, type))
    }
    var target = element
    if target == .dynamic { target = unify(value.type.partTypes) ?? value.type.element ?? .dynamic }
    var results: [TypedValue] = []
    for (index, item) in elements.enumerated() {
      switch apply(item, target) {
      case .value(let result): results.append(result)
      case .problem(let problem): return .problem(problem.inside(.position(index)))
      }
    }
    var isSet = false
    if case .set = type { isSet = true }
    let empty = filledElement(target, value.type)
    guard let common = alike(&results, or: empty, unifies: !isSet) else {
      return .problem(ConversionProblem("its elements have no type in common"))
    }
    return .value(isSet ? .set(results, of: common) : .list(results, of: common))
  }

  private static func filledElement(_ target: ValueType, _ type: ValueType) -> ValueType {
    filled(.list(target), from: type).element ?? target
  }

  private static func tuple(_ value: TypedValue, _ types: [ValueType]) -> Conversion {
    var results: [TypedValue] = []
    for (index, (item, type)) in zip(value.elements ?? [], types).enumerated() {
      switch apply(item, type) {
      case .value(let result): results.append(result)
      case .problem(let problem): return .problem(problem.inside(.position(index)))
      }
    }
    return .value(.tuple(results))
  }

  private static func map(_ value: TypedValue, _ element: ValueType) -> Conversion {
    let attributes = (value.attributes ?? [:]).sorted { $0.key < $1.key }
    var target = element
    if target == .dynamic { target = unify(value.type.partTypes) ?? value.type.element ?? .dynamic }
    var results: [TypedValue] = []
    for (name, item) in attributes {
      switch apply(item, target) {
      case .value(let result): results.append(result)
      case .problem(let problem): return .problem(problem.inside(.name(name)))
      }
    }
    guard let common = alike(&results, or: filledElement(target, value.type), unifies: true)
    else {
      return .problem(ConversionProblem("its elements have no type in common"))
    }
    let pairs = zip(attributes.map(\.key), results).map { ($0, $1) }
    return .value(.map(Dictionary(uniqueKeysWithValues: pairs), of: common))
  }

  private static func object(
    _ value: TypedValue, _ types: [String: ValueType], _ optional: Set<String>
  ) -> Conversion {
    let given = value.attributes ?? [:]
    var results: [String: TypedValue] = [:]
    for (name, type) in types.sorted(by: { $0.key < $1.key }) {
      guard let item = given[name] else {
        guard optional.contains(name) else {
          return .problem(ConversionProblem("the attribute \"\(name)\" is missing"))
        }
        results[name] = .null(type.withoutOptionalAttributes)
        continue
      }
      switch apply(item, type) {
      case .value(let result): results[name] = result
      case .problem(let problem): return .problem(problem.inside(.name(name)))
      }
    }
    return .value(.object(results))
  }

  /// Gives all elements one type, which parts that weren't known beforehand may keep them from.
  ///
  /// Terraform makes them alike for lists and maps, but not for sets.
  private static func alike(
    _ elements: inout [TypedValue], or empty: ValueType, unifies: Bool
  ) -> ValueType? {
    guard let first = elements.first else { return empty }
    if elements.allSatisfy({ $0.type == first.type }) { return first.type }
    var results = elements
    if unifies {
      guard let common = unify(elements.map(\.type)) else { return nil }
      results = elements.compactMap { element in
        isConvertible(from: element.type, to: common, isUnsafe: true)
          ? apply(element, common).value : nil
      }
      guard results.count == elements.count else { return nil }
    }
    // What has no type yet, such as a bare null, takes that of the others.
    let types = Set(results.map(\.type)).subtracting([.dynamic])
    guard types.count <= 1 else { return nil }
    let type = types.first ?? .dynamic
    elements = results.map { $0.type == type ? $0 : apply($0, type).value ?? $0 }
    return type
  }
}

/// Why values of one type can never have another.
func mismatch(_ type: ValueType, _ target: ValueType) -> ConversionProblem {
  func inner(_ type: ValueType, _ target: ValueType, _ step: ConversionProblem.Step)
    -> ConversionProblem?
  {
    isConvertible(from: type, to: target, isUnsafe: true)
      ? nil : mismatch(type, target).inside(step)
  }
  let whole = ConversionProblem(
    "\(target.nameWithArticle) is required, this is \(type.nameWithArticle)")
  switch (type, target) {
  case (.object(let given, _), .object(let wanted, let optional)):
    let missing = wanted.keys.filter { given[$0] == nil && !optional.contains($0) }.sorted()
    if !missing.isEmpty {
      let names = missing.map { "\"\($0)\"" }.joined(separator: ", ")
      return ConversionProblem(
        "\(missing.count == 1 ? "the attribute" : "the attributes") \(names) \(missing.count == 1 ? "is" : "are") missing"
      )
    }
    for (name, type) in given.sorted(by: { $0.key < $1.key }) {
      if let want = wanted[name], let problem = inner(type, want, .name(name)) { return problem }
    }
  case (.object(let given, _), .map(let element)) where element != .dynamic:
    for (name, type) in given.sorted(by: { $0.key < $1.key }) {
      if let problem = inner(type, element, .name(name)) { return problem }
    }
  case (.tuple(let given), .list(let element)) where element != .dynamic,
    (.tuple(let given), .set(let element)) where element != .dynamic:
    for (index, type) in given.enumerated() {
      if let problem = inner(type, element, .position(index)) { return problem }
    }
  case (.tuple(let given), .tuple(let wanted)):
    if given.count != wanted.count {
      let needed = wanted.count == 1 ? "1 element is" : "\(wanted.count) elements are"
      return ConversionProblem("\(needed) required, these are \(given.count)")
    }
    for (index, (type, want)) in zip(given, wanted).enumerated() {
      if let problem = inner(type, want, .position(index)) { return problem }
    }
  case (.tuple, .list), (.tuple, .set), (.object, .map):
    return ConversionProblem("its elements have no type in common")
  case (.list(let a), .list(let b)), (.set(let a), .set(let b)), (.map(let a), .map(let b)):
    let problem = mismatch(a, b)
    return ConversionProblem("for each element: \(problem.text)")
  default: break
  }
  return whole
}
