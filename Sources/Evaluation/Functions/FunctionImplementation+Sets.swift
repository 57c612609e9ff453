extension FunctionImplementation {
  /// Functions over sets.
  static let sets: [String: FunctionImplementation] = [
    "setunion": .init(
      type: setType,
      value: { arguments throws(FunctionFailure) in try combined(arguments) { $0.union($1) } }),
    "setintersection": .init(
      type: setType,
      value: { arguments throws(FunctionFailure) in
        try combined(arguments) { $0.intersection($1) }
      }),
    "setsubtract": .init(
      type: setType,
      value: { arguments throws(FunctionFailure) in
        try combined(arguments) { $0.subtracting($1) }
      }),
    "setproduct": .init(type: productType, value: productValue),
  ]

  private static let setType: TypeRule = { arguments throws(FunctionFailure) in
    // Nothing is known of the type of an empty list's elements.
    let types = arguments.values.filter { $0.elements?.isEmpty != true }.compactMap(\.type.element)
    if types.isEmpty { return .set(.dynamic) }
    guard let common = unify(types) else {
      throw FunctionFailure("the elements of all sets must have one type")
    }
    return .set(common)
  }

  private static func combined(
    _ arguments: FunctionArguments,
    _ operation: (Set<TypedValue>, Set<TypedValue>) -> Set<TypedValue>
  ) throws(FunctionFailure) -> TypedValue? {
    guard case .set(let type) = arguments.type, arguments.areWhollyKnown else { return nil }
    var result: Set<TypedValue>?
    for (index, argument) in arguments.values.enumerated() {
      switch convert(argument, to: .set(type)) {
      case .value(let set):
        let elements = Set(set.elements ?? [])
        result = result.map { operation($0, elements) } ?? elements
      case .problem(let problem): throw FunctionFailure(problem.text, at: index)
      }
    }
    // What has no order of its own would come out in a different one each time.
    guard type.isPrimitive || (result?.count ?? 0) < 2 else { return nil }
    return .set(Array(result ?? []), of: type)
  }

  private static let productType: TypeRule = { arguments throws(FunctionFailure) in
    if arguments.count < 2 { throw FunctionFailure("at least two lists or sets are required") }
    var elements: [ValueType] = []
    var hasSet = false
    for (index, argument) in arguments.values.enumerated() {
      switch argument.type {
      case .set(let type):
        elements.append(type)
        hasSet = true
      case .list(let type):
        elements.append(type)
      case .tuple(let types):
        if types.isEmpty {
          elements.append(.dynamic)
        } else if let type = unify(types) {
          elements.append(type)
        } else {
          throw FunctionFailure("its elements have no type in common", at: index)
        }
      default: throw FunctionFailure("a set or a list is required", at: index)
      }
    }
    return hasSet ? .set(.tuple(elements)) : .list(.tuple(elements))
  }

  private static let productValue: ValueRule = { arguments throws(FunctionFailure) in
    let marks = arguments.values.reduce(Marks()) { $0.union($1.allMarks) }
    let unknown = TypedValue.unknown(arguments.type).marked(marks)
    guard case .tuple(let types)? = arguments.type.element,
      arguments.values.allSatisfy({ $0.elements != nil })
    else { return unknown }
    var rows: [[TypedValue]] = [[]]
    for (index, type) in types.enumerated() {
      var next: [[TypedValue]] = []
      for row in rows {
        for element in arguments.elements(index) {
          guard let value = convert(element, to: type).value else { return unknown }
          next.append(row + [value])
        }
      }
      // A product of this size isn't worth its memory.
      guard next.count <= 10_000 else { return unknown }
      rows = next
    }
    if case .set = arguments.type {
      return rows.isEmpty ? .set([], of: .tuple(types)).marked(marks) : unknown
    }
    return .list(rows.map { .tuple($0) }, of: .tuple(types)).marked(marks)
  }
}
