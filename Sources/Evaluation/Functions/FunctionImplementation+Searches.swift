extension FunctionImplementation {
  /// Functions that look for elements of lists.
  static let searches: [String: FunctionImplementation] = [
    "contains": .init(value: containsValue),
    "index": .init(value: indexValue),
    "one": .init(type: oneType, value: oneValue),
    "matchkeys": .init(type: matchType, value: matchValue),
  ]

  private static let containsValue: ValueRule = { arguments throws(FunctionFailure) in
    guard arguments[0].type.isSequence else {
      throw FunctionFailure(
        "a list, a set or a tuple is required, this is \(arguments[0].type.nameWithArticle)", at: 0)
    }
    let results = arguments.elements(0).map { $0.isEqual(to: arguments[1]) }
    if results.contains(true) { return .bool(true) }
    return results.contains(nil) ? .unknown(.bool, isNeverNull: true) : .bool(false)
  }

  private static let indexValue: ValueRule = { arguments throws(FunctionFailure) in
    switch arguments[0].type {
    case .list, .tuple: break
    default:
      throw FunctionFailure(
        "a list or a tuple is required, this is \(arguments[0].type.nameWithArticle)", at: 0)
    }
    let elements = arguments.elements(0)
    if elements.isEmpty { throw FunctionFailure("an empty list holds nothing", at: 0) }
    for (index, element) in elements.enumerated() {
      switch element.isEqual(to: arguments[1]) {
      case true?: return .number(index)
      case nil: return .unknown(.number, isNeverNull: true)
      case false?: continue
      }
    }
    throw FunctionFailure("the list doesn't hold the value", at: 1)
  }

  private static let oneType: TypeRule = { arguments throws(FunctionFailure) in
    switch arguments[0].type {
    case .list(let type), .set(let type): return type
    case .tuple(let types) where types.count <= 1: return types.first ?? .dynamic
    default:
      throw FunctionFailure("a list, a set or a tuple of one element or none is required", at: 0)
    }
  }

  private static let oneValue: ValueRule = { arguments throws(FunctionFailure) in
    let elements = arguments.elements(0)
    if case .set = arguments[0].type, elements.count > 1, !arguments[0].isWhollyKnown { return nil }
    if elements.count > 1 {
      throw FunctionFailure("one element or none is required, these are \(elements.count)", at: 0)
    }
    return elements.first ?? .null(arguments.type)
  }

  private static let matchType: TypeRule = { arguments throws(FunctionFailure) in
    guard unify([arguments[1].type, arguments[2].type]) != nil else {
      throw FunctionFailure("keys and searched values must have the same type", at: 2)
    }
    return arguments[0].type
  }

  private static let matchValue: ValueRule = { arguments throws(FunctionFailure) in
    let (values, keys) = (arguments.elements(0), arguments.elements(1))
    if values.count != keys.count {
      throw FunctionFailure(
        "\(keys.count) keys can't go with \(values.count) values", at: 1)
    }
    if arguments[2].elements == [] {
      return TypedValue(type: arguments.type, content: .elements([]))
    }
    guard case .list(let type) = arguments.type, arguments.areWhollyKnown,
      arguments[1].type == arguments[2].type
    else { return nil }
    let searched = Set(arguments.elements(2))
    return .list(zip(values, keys).filter { searched.contains($1) }.map(\.0), of: type)
  }
}
