extension FunctionImplementation {
  /// Functions over maps and objects.
  static let mappings: [String: FunctionImplementation] = [
    "keys": .init(type: keysType, value: keysValue),
    "values": .init(type: valuesType, value: valuesValue),
    "lookup": .init(type: lookupType, value: lookupValue),
    "merge": .init(type: mergeType, value: mergeValue),
    "zipmap": .init(type: zipType, value: zipValue),
    "transpose": .init(value: transposeValue),
  ]

  private static func mappingRequired(_ type: ValueType, at index: Int) -> FunctionFailure {
    FunctionFailure("a map or an object is required, this is \(type.nameWithArticle)", at: index)
  }

  private static let keysType: TypeRule = { arguments throws(FunctionFailure) in
    switch arguments[0].type {
    case .map: return .list(.string)
    case .object(let types, _): return .tuple(types.map { _ in .string })
    default: throw mappingRequired(arguments[0].type, at: 0)
    }
  }

  private static let keysValue: ValueRule = { arguments throws(FunctionFailure) in
    let marks = arguments[0].marks
    let names =
      arguments[0].type.attributes.map { Array($0.keys) }
      ?? arguments[0].attributes.map { Array($0.keys) }
    guard let names else { return .unknown(arguments.type, isNeverNull: true).marked(marks) }
    let texts = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map(TypedValue.string)
    return TypedValue(type: arguments.type, content: .elements(texts), marks: marks)
  }

  private static let valuesType: TypeRule = { arguments throws(FunctionFailure) in
    switch arguments[0].type {
    case .map(let type): return .list(type)
    case .object: return .tuple(arguments[0].type.partTypes)
    default: throw mappingRequired(arguments[0].type, at: 0)
    }
  }

  private static let valuesValue: ValueRule = { arguments throws(FunctionFailure) in
    guard let attributes = arguments[0].attributes else {
      return .unknown(arguments.type, isNeverNull: true).marked(arguments[0].marks)
    }
    let values = attributes.sorted { $0.key < $1.key }.map(\.value)
    return TypedValue(
      type: arguments.type, content: .elements(values), marks: arguments[0].marks)
  }

  // MARK: - lookup

  private static let lookupType: TypeRule = { arguments throws(FunctionFailure) in
    if arguments.count > 3 {
      throw FunctionFailure("two or three arguments are required, these are \(arguments.count)")
    }
    let hasDefault = arguments.count == 3
    switch arguments[0].type {
    case .object(let types, _):
      guard let key = arguments[1].stringValue else { return .dynamic }
      if let type = types[key] { return type }
      if hasDefault { return arguments[2].type }
      throw FunctionFailure(
        "the object has no attribute \"\(key)\", and there is no default", at: 1)
    case .map(let type):
      guard hasDefault else { return type }
      guard unify([arguments[2].type, type]) != nil,
        isConvertible(from: arguments[2].type, to: type, isUnsafe: true)
          || arguments[2].type == type
      else {
        throw FunctionFailure(
          "the default must have the type of the elements, \(type.friendlyName)", at: 2)
      }
      return type
    default: throw mappingRequired(arguments[0].type, at: 0)
    }
  }

  private static let lookupValue: ValueRule = { arguments throws(FunctionFailure) in
    let marks = arguments[0].marks.union(arguments[1].marks)
    let unknown = TypedValue.unknown(arguments.type).marked(marks)
    guard let attributes = arguments[0].attributes, let key = arguments[1].stringValue else {
      return unknown
    }
    if let value = attributes[key] { return value.marked(marks) }
    guard arguments.count == 3 else {
      throw FunctionFailure("the map has no element \"\(key)\", and there is no default", at: 1)
    }
    switch convert(arguments[2], to: arguments.type) {
    case .value(let value): return value.marked(marks)
    case .problem(let problem): throw FunctionFailure(problem.text, at: 2)
    }
  }

  // MARK: - merge

  private static let mergeType: TypeRule = { arguments throws(FunctionFailure) in
    var attributes: [String: ValueType] = [:]
    var isKnown = true
    for (index, argument) in arguments.values.enumerated() {
      switch argument.type {
      case .dynamic: return .dynamic
      case .object(let types, _): if !argument.isNull { attributes.merge(types) { $1 } }
      case .map(let type):
        if let elements = argument.attributes {
          attributes.merge(elements.mapValues { _ in type }) { $1 }
        } else if !argument.isNull {
          isKnown = false
        }
      default: throw mappingRequired(argument.type, at: index)
      }
    }
    let first = arguments.values.first?.type
    if let first, arguments.values.allSatisfy({ $0.type == first }) { return first }
    return isKnown ? .object(attributes) : .dynamic
  }

  private static let mergeValue: ValueRule = { arguments throws(FunctionFailure) in
    let marks = arguments.values.reduce(Marks()) { $0.union($1.marks) }
    var attributes: [String: TypedValue] = [:]
    for argument in arguments.values {
      guard argument.isKnown else {
        return .unknown(arguments.type, isNeverNull: true).marked(marks)
      }
      attributes.merge(argument.attributes ?? [:]) { $1 }
    }
    if arguments.count > 0, arguments.values.allSatisfy(\.isNull) {
      return .null(arguments.type).marked(marks)
    }
    return TypedValue(type: arguments.type, content: .attributes(attributes), marks: marks)
  }

  // MARK: - zipmap

  private static let zipType: TypeRule = { arguments throws(FunctionFailure) in
    switch arguments[1].type {
    case .list(let type): return .map(type)
    case .tuple(let types):
      guard arguments[0].isKnown, let keys = try arguments.texts(0) else { return .dynamic }
      if keys.count != types.count {
        throw FunctionFailure("\(keys.count) keys can't go with \(types.count) values", at: 1)
      }
      return .object(Dictionary(zip(keys, types).map { ($0, $1) }) { $1 })
    default:
      throw FunctionFailure(
        "a list or a tuple is required, this is \(arguments[1].type.nameWithArticle)", at: 1)
    }
  }

  private static let zipValue: ValueRule = { arguments throws(FunctionFailure) in
    let marks = arguments[0].allMarks.union(arguments[1].marks)
    guard arguments[0].isKnown, let values = arguments[1].elements,
      let keys = try arguments.texts(0)
    else { return .unknown(arguments.type, isNeverNull: true).marked(marks) }
    if keys.count != values.count {
      throw FunctionFailure("\(keys.count) keys can't go with \(values.count) values", at: 1)
    }
    let attributes = Dictionary(zip(keys, values).map { ($0, $1) }) { $1 }
    return TypedValue(type: arguments.type, content: .attributes(attributes), marks: marks)
  }

  private static let transposeValue: ValueRule = { arguments throws(FunctionFailure) in
    guard arguments.areWhollyKnown else { return nil }
    var result: [String: [TypedValue]] = [:]
    for (key, list) in (arguments[0].attributes ?? [:]).sorted(by: { $0.key < $1.key }) {
      if list.isNull { throw FunctionFailure("the list of \"\(key)\" is null", at: 0) }
      for element in list.elements ?? [] {
        guard let text = element.stringValue else {
          throw FunctionFailure("an element of \"\(key)\" is null", at: 0)
        }
        result[text, default: []].append(.string(key))
      }
    }
    return .map(result.mapValues { .list($0, of: .string) }, of: .list(.string))
  }
}
