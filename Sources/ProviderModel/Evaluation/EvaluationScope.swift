/// What an expression of ours can see.
public protocol EvaluationScope: AnyObject {
  /// The value of a root name, for example `config`; nil for a name that means nothing here.
  func root(_ name: String) -> Value?
  /// An attribute of an object that the scope handed out as a handle.
  func attribute(_ name: String, of handle: Value.Handle) -> Value
}

/// A scope that knows fixed values.
public final class FixedScope: EvaluationScope {
  private let values: [String: Value]

  /// Makes a scope of values by name.
  public init(_ values: [String: Value]) { self.values = values }

  /// The value of a name.
  public func root(_ name: String) -> Value? { values[name] }

  /// Never asked: it hands out no handles.
  public func attribute(_ name: String, of handle: Value.Handle) -> Value { .null }
}
