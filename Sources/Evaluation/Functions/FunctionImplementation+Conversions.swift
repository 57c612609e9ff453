extension FunctionImplementation {
  /// Functions that make one type of another.
  static let conversions: [String: FunctionImplementation] = [
    "tostring": conversion, "tonumber": conversion, "tobool": conversion, "tolist": conversion,
    "toset": conversion, "tomap": conversion,
  ]

  private static let conversion = FunctionImplementation(
    type: { arguments throws(FunctionFailure) in
      let (from, target) = (arguments[0].type, arguments.type)
      guard from == target || isConvertible(from: from, to: target, isUnsafe: true) else {
        throw FunctionFailure(mismatch(from, target).text, at: 0)
      }
      return target
    },
    value: { arguments throws(FunctionFailure) in
      switch convert(arguments[0], to: arguments.type) {
      case .value(let value): return value
      case .problem(let problem): throw FunctionFailure(problem.text, at: 0)
      }
    })

  /// Functions that look at what is remembered of values.
  static let marking: [String: FunctionImplementation] = [
    "sensitive": .init(type: sameType, value: { $0[0].marked(.sensitive) }),
    "nonsensitive": .init(
      type: sameType,
      value: { arguments throws(FunctionFailure) in
        var value = arguments[0]
        value.marks.remove(.sensitive)
        return value
      }),
    "issensitive": .value { arguments throws(FunctionFailure) in
      if arguments[0].marks.contains(.sensitive) { return .bool(true) }
      return arguments[0].isKnown ? .bool(false) : .unknown(.bool, isNeverNull: true)
    },
    "ephemeralasnull": .init(type: sameType, value: { withoutEphemeral($0[0]) }),
  ]

  private static let sameType: TypeRule = { arguments throws(FunctionFailure) in arguments[0].type }

  private static func withoutEphemeral(_ value: TypedValue) -> TypedValue {
    if value.marks.contains(.ephemeral) {
      let marks = value.marks.subtracting(.ephemeral)
      // What isn't known may still get a more exact type.
      let result: TypedValue = value.isKnown ? .null(value.type) : .unknown(value.type)
      return result.marked(marks)
    }
    var value = value
    switch value.content {
    case .elements(let elements): value.content = .elements(elements.map(withoutEphemeral))
    case .attributes(let attributes):
      value.content = .attributes(attributes.mapValues(withoutEphemeral))
    default: break
    }
    return value
  }
}
