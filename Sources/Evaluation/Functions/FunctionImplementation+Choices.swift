extension FunctionImplementation {
  /// Functions that choose one of their arguments.
  static let choices: [String: FunctionImplementation] = [
    "coalesce": .init(type: coalesceType, value: coalesceValue),
    "coalescelist": .init(type: listType, value: listValue),
  ]

  private static let coalesceType: TypeRule = { arguments throws(FunctionFailure) in
    let types = arguments.values.map(\.type)
    if types.isEmpty { throw FunctionFailure("at least one argument is required") }
    guard let common = unify(types) else {
      throw FunctionFailure("all arguments must have one type")
    }
    return common
  }

  private static let coalesceValue: ValueRule = { arguments throws(FunctionFailure) in
    for argument in arguments.values {
      guard argument.isKnown else {
        return .unknown(arguments.type, isNeverNull: true).marked(argument.marks)
      }
      if argument.isNull { continue }
      if arguments.type == .string, argument.stringValue == "" { continue }
      switch convert(argument, to: arguments.type) {
      case .value(let value): return value
      case .problem(let problem): throw FunctionFailure(problem.text)
      }
    }
    throw FunctionFailure("all arguments are null or empty")
  }

  private static let listType: TypeRule = { arguments throws(FunctionFailure) in
    if arguments.count == 0 { throw FunctionFailure("at least one list is required") }
    let types = arguments.values.map(\.type)
    for (index, argument) in arguments.values.enumerated() {
      // What isn't known yet makes it unknown which list is taken.
      guard argument.isKnown else { return .dynamic }
      switch argument.type {
      case .list, .tuple: break
      default:
        throw FunctionFailure(
          "lists are required, this is \(argument.type.nameWithArticle)", at: index)
      }
    }
    let last = types[types.count - 1]
    return types.allSatisfy { $0 == last } ? last : .dynamic
  }

  private static let listValue: ValueRule = { arguments throws(FunctionFailure) in
    for argument in arguments.values {
      guard argument.isKnown else { return .unknown(arguments.type).marked(argument.marks) }
      if let elements = argument.elements, !elements.isEmpty { return argument }
    }
    throw FunctionFailure("all lists are empty")
  }
}
