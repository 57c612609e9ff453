public import HCL

/// An output of a leaf.
public struct OutputSpec: Sendable {
  /// The name.
  public var name: String
  /// The value, Terraform's.
  public var value: Expression
  /// What it is.
  public var description: String
  /// The value where the item exists already, if the spec says it; else it follows from `value`.
  public var existing: Expression?
  /// Whether it says that it is hidden; derived where it says nothing.
  public var isSensitive: Bool
  /// The output whose references this one answers.
  public var insteadOf: String?
  /// When it does, over `consumer` and `resource`.
  public var condition: Expression?

  /// Whether it is one value, as an environment variable can hold, and no list or object.
  public var isScalar: Bool {
    switch value {
    case .tuple, .object, .forExpression, .splat: false
    case .call(let call): !["concat", "merge", "toset", "tolist", "flatten"].contains(call.name)
    default: true
    }
  }
}
