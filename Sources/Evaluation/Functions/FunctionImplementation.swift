/// Why a function can't do what it is called for.
struct FunctionFailure: Error {
  /// What is wrong, without a full stop.
  var message: String
  /// Which argument is to blame, from 0; nil where it is no single one.
  var argument: Int?

  init(_ message: String, at argument: Int? = nil) {
    self.message = message
    self.argument = argument
  }
}

/// What a function of Terraform does.
struct FunctionImplementation: Sendable {
  typealias TypeRule = @Sendable (FunctionArguments) throws(FunctionFailure) -> ValueType
  typealias ValueRule = @Sendable (FunctionArguments) throws(FunctionFailure) -> TypedValue?

  /// The type of the result, where the arguments decide it.
  var type: TypeRule?
  /// The value; nil from it is a value that isn't worked out.
  var value: ValueRule?

  init(value: @escaping ValueRule) { self.value = value }

  /// A function whose type the data say.
  static func value(_ rule: @escaping ValueRule) -> FunctionImplementation {
    FunctionImplementation(value: rule)
  }

  init(type: @escaping TypeRule) { self.type = type }

  init(type: @escaping TypeRule, value: @escaping ValueRule) {
    self.type = type
    self.value = value
  }

  /// Those of all functions that are worked out, by name.
  static let all: [String: FunctionImplementation] = [
    numbers, texts, digests, encodings, formats, patterns, times, networks, paths, sequences,
    searches,
    mappings,
    sets, choices, conversions, marking,
  ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}
