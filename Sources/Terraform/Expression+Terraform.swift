public import HCL

extension Expression {
  /// A call of a function on one line.
  public static func apply(_ name: String, _ arguments: Expression...) -> Expression {
    .call(name, arguments)
  }

  /// Makes `this == other`.
  public func equals(_ other: Expression) -> Expression {
    .binary(BinaryOperation(self, .equal, other))
  }

  /// Makes `this && other`.
  public func and(_ other: Expression) -> Expression {
    .binary(BinaryOperation(self, .and, other))
  }

  /// Makes `this || other`.
  public func or(_ other: Expression) -> Expression {
    .binary(BinaryOperation(self, .or, other))
  }

  /// Makes `this ? then : otherwise`.
  public func choose(_ then: Expression, _ otherwise: Expression) -> Expression {
    .conditional(Conditional(self, then: then, otherwise: otherwise))
  }
}
