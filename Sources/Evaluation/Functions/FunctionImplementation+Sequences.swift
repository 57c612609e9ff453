extension FunctionImplementation {
  /// Functions over lists.
  static let sequences: [String: FunctionImplementation] = [
    "length": .init(type: lengthType, value: lengthValue),
    "concat": .init(type: concatType, value: concatValue),
    "element": .init(type: elementType, value: elementValue),
    "flatten": .init(type: flattenType, value: flattenValue),
    "slice": .init(type: sliceType, value: sliceValue),
    "reverse": .init(type: reverseType, value: reverseValue),
    "chunklist": .init(type: { .list($0[0].type) }, value: chunkValue),
    "distinct": .init(type: { $0[0].type }, value: distinctValue),
    "compact": .value { arguments throws(FunctionFailure) in
      guard arguments[0].isWhollyKnown else { return nil }
      let kept = arguments.elements(0).filter { !$0.isNull && $0.stringValue != "" }
      return .list(kept, of: .string)
    },
    "sort": .value { arguments throws(FunctionFailure) in
      guard let texts = try arguments.texts(0) else { return nil }
      let sorted = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      return .list(sorted.map(TypedValue.string), of: .string)
    },
    "range": .init(value: FunctionImplementation.rangeValue),
  ]

  private static let lengthType: TypeRule = { arguments throws(FunctionFailure) in
    switch arguments[0].type {
    case .number, .bool:
      throw FunctionFailure("a text, a list, a set, a map or an object is required", at: 0)
    default: return .number
    }
  }

  private static let lengthValue: ValueRule = { arguments throws(FunctionFailure) in
    let value = arguments[0]
    switch value.type {
    case .tuple(let types): return .number(types.count).marked(value.marks)
    case .object(let types, _): return .number(types.count).marked(value.marks)
    case .set where !value.isWhollyKnown:
      return .unknown(.number, isNeverNull: true).marked(value.marks)
    default: break
    }
    let count: Int? =
      switch value.content {
      case .string(let text): text.count
      case .elements(let elements): elements.count
      case .attributes(let attributes): attributes.count
      default: nil
      }
    let result: TypedValue =
      count.map { .number($0) } ?? .unknown(.number, isNeverNull: true)
    return result.marked(value.marks)
  }

  // MARK: - Joining lists

  private static let concatType: TypeRule = { arguments throws(FunctionFailure) in
    if arguments.count == 0 { throw FunctionFailure("at least one list is required") }
    let elements = arguments.values.compactMap { argument -> ValueType? in
      if case .list(let type) = argument.type { type } else { nil }
    }
    if elements.count == arguments.count, let common = unify(elements) { return .list(common) }
    var types: [ValueType] = []
    for (index, argument) in arguments.values.enumerated() {
      switch argument.type {
      case .tuple(let elements): types += elements
      case .list(let element):
        // How many elements the result has isn't known then.
        guard let known = argument.elements else { return .dynamic }
        types += known.map { _ in element }
      default:
        throw FunctionFailure(
          "lists and tuples are required, this is \(argument.type.nameWithArticle)", at: index)
      }
    }
    return .tuple(types)
  }

  private static let concatValue: ValueRule = { arguments throws(FunctionFailure) in
    let marks = arguments.values.reduce(Marks()) { $0.union($1.marks) }
    var elements: [TypedValue] = []
    for argument in arguments.values {
      guard let known = argument.elements else {
        return .unknown(arguments.type, isNeverNull: true).marked(marks)
      }
      elements += known
    }
    guard case .list(let type) = arguments.type else { return .tuple(elements).marked(marks) }
    return .list(elements.map { convert($0, to: type).value ?? $0 }, of: type).marked(marks)
  }

  private static let flattenType: TypeRule = { arguments throws(FunctionFailure) in
    guard arguments[0].isKnown else { return .dynamic }
    guard arguments[0].type.isSequence else {
      throw FunctionFailure("a list, a set or a tuple is required", at: 0)
    }
    return flattened(arguments[0]).map { .tuple($0.elements.map(\.type)) } ?? .dynamic
  }

  private static let flattenValue: ValueRule = { arguments throws(FunctionFailure) in
    guard let (elements, marks) = flattened(arguments[0]) else {
      return .dynamic.marked(arguments[0].allMarks)
    }
    return .tuple(elements).marked(marks)
  }

  /// The elements of a list with those of the lists in it; nil where one isn't known.
  private static func flattened(
    _ value: TypedValue
  ) -> (elements: [TypedValue], marks: Marks)? {
    guard let elements = value.elements else { return nil }
    var result: [TypedValue] = []
    var marks = value.marks
    for element in elements {
      if element.isKnown || element.type != .dynamic, !element.type.isSequence || element.isNull {
        result.append(element)
        continue
      }
      guard let inner = flattened(element) else { return nil }
      result += inner.elements
      marks.formUnion(inner.marks)
    }
    return (result, marks)
  }

  private static let distinctValue: ValueRule = { arguments throws(FunctionFailure) in
    guard arguments[0].isWhollyKnown, case .list(let type) = arguments[0].type else { return nil }
    var seen: Set<TypedValue> = []
    return .list(arguments.elements(0).filter { seen.insert($0).inserted }, of: type)
  }

  // MARK: - Taking parts

  private static let elementType: TypeRule = { arguments throws(FunctionFailure) in
    switch arguments[0].type {
    case .list(let type): return type
    case .tuple(let types):
      guard arguments[1].isKnown else { return .dynamic }
      let index = try arguments.int(1)
      if types.isEmpty { throw FunctionFailure("an empty list has no elements", at: 0) }
      return types[(index % types.count + types.count) % types.count]
    default:
      throw FunctionFailure(
        "a list or a tuple is required, this is \(arguments[0].type.nameWithArticle)", at: 0)
    }
  }

  private static let elementValue: ValueRule = { arguments throws(FunctionFailure) in
    let unknown = TypedValue.unknown(arguments.type)
    guard arguments[1].isKnown else { return unknown }
    let index = try arguments.int(1)
    guard let elements = arguments[0].elements else { return unknown }
    if elements.isEmpty { throw FunctionFailure("an empty list has no elements", at: 0) }
    let marks = arguments[0].marks.union(arguments[1].marks)
    return elements[(index % elements.count + elements.count) % elements.count].marked(marks)
  }

  private static func sliceBounds(
    _ arguments: FunctionArguments, _ count: Int?
  ) throws(FunctionFailure) -> Range<Int>? {
    let start = arguments[1].isKnown ? try arguments.int(1) : nil
    let end = arguments[2].isKnown ? try arguments.int(2) : nil
    if let start, start < 0 { throw FunctionFailure("the start must not be negative", at: 1) }
    if let start, let count, start > count {
      throw FunctionFailure("the start lies behind the last of \(count) elements", at: 1)
    }
    if let end, end < 0 { throw FunctionFailure("the end must not be negative", at: 2) }
    if let end, let count, end > count {
      throw FunctionFailure("the end lies behind the last of \(count) elements", at: 2)
    }
    guard let start, let end else { return nil }
    if start > end { throw FunctionFailure("the start lies behind the end", at: 1) }
    return start..<end
  }

  private static let sliceType: TypeRule = { arguments throws(FunctionFailure) in
    switch arguments[0].type {
    case .list:
      _ = try sliceBounds(arguments, arguments[0].elements?.count)
      return arguments[0].type
    case .tuple(let types):
      return try sliceBounds(arguments, types.count).map { .tuple(Array(types[$0])) } ?? .dynamic
    case .set:
      throw FunctionFailure("a set has no order; make a list of it with tolist() or sort()", at: 0)
    default:
      throw FunctionFailure(
        "a list or a tuple is required, this is \(arguments[0].type.nameWithArticle)", at: 0)
    }
  }

  private static let sliceValue: ValueRule = { arguments throws(FunctionFailure) in
    guard let elements = arguments[0].elements,
      let bounds = try sliceBounds(arguments, elements.count)
    else { return nil }
    let value = TypedValue(type: arguments.type, content: .elements(Array(elements[bounds])))
    return value.marked(arguments.values.reduce(Marks()) { $0.union($1.marks) })
  }

  private static let reverseType: TypeRule = { arguments throws(FunctionFailure) in
    switch arguments[0].type {
    case .tuple(let types): return .tuple(types.reversed())
    case .list(let type), .set(let type): return .list(type)
    default:
      throw FunctionFailure(
        "a list or a tuple is required, this is \(arguments[0].type.nameWithArticle)", at: 0)
    }
  }

  private static let reverseValue: ValueRule = { arguments throws(FunctionFailure) in
    guard let elements = arguments[0].elements else {
      return .unknown(arguments.type).marked(arguments[0].marks)
    }
    return TypedValue(
      type: arguments.type, content: .elements(elements.reversed()), marks: arguments[0].marks)
  }

  private static let chunkValue: ValueRule = { arguments throws(FunctionFailure) in
    let size = try arguments.int(1)
    if size < 0 { throw FunctionFailure("the size must not be negative", at: 1) }
    guard arguments[0].isWhollyKnown, case .list = arguments[0].type else { return nil }
    let elements = arguments.elements(0)
    let list = arguments[0].type
    if size == 0 { return .list(elements.isEmpty ? [] : [arguments[0]], of: list) }
    let chunks = stride(from: 0, to: elements.count, by: size).map { start in
      let part = elements[start..<min(start + size, elements.count)]
      return TypedValue(type: list, content: .elements(Array(part)))
    }
    return .list(chunks, of: list)
  }
}
