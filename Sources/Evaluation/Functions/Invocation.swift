/// A call of a function with its arguments, which have the types of its parameters.
struct Invocation {
  /// The function.
  var signature: FunctionSignature
  /// What it is given.
  var arguments: [TypedValue]
  /// What is known of files.
  var files: (String) -> ModuleFile?

  /// The result, unknown where it isn't worked out, with the marks that the arguments give it.
  func result() throws(FunctionFailure) -> TypedValue {
    let implementation = FunctionImplementation.all[signature.name]
    var (plain, marks) = withoutMarks()
    let type = try resultType(plain, implementation)
    if Self.forgetful.contains(signature.name), plain.contains(where: { !$0.isKnown }) {
      return type.map { .unknown($0) } ?? .dynamic
    }
    guard let type else { return .dynamic.marked(marks) }
    if let mindful = Self.mindful[signature.name] {
      for (index, argument) in plain.enumerated() where mindful.contains(index) {
        marks.formUnion(argument.marks)
      }
    }
    for (index, argument) in plain.enumerated()
    where !argument.isKnown && signature.parameter(at: index)?.allowsUnknown != true {
      return .unknown(type, isNeverNull: signature.result.isPrimitive).marked(marks)
    }
    let call = FunctionArguments(values: plain, type: type, files: files)
    let value = try implementation?.value?(call)
    return (value ?? .unknown(type, isNeverNull: signature.result.isPrimitive)).marked(marks)
  }

  /// Functions whose results aren't marked as long as an argument isn't known.
  private static let forgetful: Set = [
    "chunklist", "concat", "merge", "reverse", "values", "zipmap",
  ]

  /// Functions that look at marked arguments, and whose results are marked as these all the same:
  /// how many of the first arguments count, and from which one on.
  private static let mindful: [String: Range<Int>] = [
    "coalesce": 0..<Int.max, "coalescelist": 0..<Int.max, "element": 1..<2, "lookup": 0..<2,
    "setproduct": 0..<Int.max, "slice": 1..<3, "tobool": 0..<1, "tolist": 0..<1, "tomap": 0..<1,
    "tonumber": 0..<1, "toset": 0..<1, "tostring": 0..<1,
  ]

  /// The arguments without the marks that the function doesn't care for, and these marks.
  private func withoutMarks() -> ([TypedValue], Marks) {
    var marks: Marks = []
    var values: [TypedValue] = []
    for (index, argument) in arguments.enumerated() {
      if signature.parameter(at: index)?.allowsMarked == true {
        values.append(argument)
      } else {
        marks.formUnion(argument.allMarks)
        values.append(argument.unmarked)
      }
    }
    return (values, marks)
  }

  /// The type of the result; nil where an argument's type isn't known.
  private func resultType(
    _ values: [TypedValue], _ implementation: FunctionImplementation?
  ) throws(FunctionFailure) -> ValueType? {
    for (index, value) in values.enumerated() {
      guard let parameter = signature.parameter(at: index) else { continue }
      if value.isNull, !parameter.allowsNull {
        throw FunctionFailure("\"\(parameter.name)\" must not be null", at: index)
      }
      if value.type == .dynamic, !parameter.allowsDynamic { return nil }
    }
    guard let type = implementation?.type else { return signature.result }
    return try type(FunctionArguments(values: values, type: signature.result, files: files))
  }
}
