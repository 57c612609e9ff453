/// A step from a value to something in it.
public enum TraversalStep: Hashable, Sendable {
  /// `.name`
  case attribute(String)
  /// `["name"]`
  case key(String)
  /// `[0]` or `.0`
  case position(Int)
  /// `[expression]`, where the expression is neither a text nor a whole number.
  case index(Expression)
  /// `[*]` (full) or `.*`: the steps behind it are taken from each element.
  case splat(isFull: Bool)
}

extension Expression {
  /// A chain of accesses that begins with a name, for example `a.b[0].c`; nil for all else.
  ///
  /// Comments in it don't matter. Steps behind a splat in parentheses start from the whole list
  /// and make no chain.
  public var traversal: (root: String, steps: [TraversalStep])? {
    var steps: [TraversalStep] = []
    var expression = self
    // The chain is walked from its end; its steps are turned around at last.
    while true {
      switch expression {
      case .variable(let variable): return (variable.name, steps.reversed())
      case .attribute(let access):
        steps.append(.attribute(access.name))
        expression = access.base
      case .index(let access):
        steps.append(access.key.asStep)
        expression = access.base
      case .legacyIndex(let access):
        steps.append(Expression.number(access.index).asStep)
        expression = access.base
      case .splat(let splat):
        steps += splat.steps.reversed().map(\.asTraversalStep)
        steps.append(.splat(isFull: splat.isFull))
        expression = splat.base
      case .commented(let commented): expression = commented.expression
      case .parentheses(let parentheses):
        guard let inner = parentheses.expression.traversal else { return nil }
        let hasSplat = inner.steps.contains { if case .splat = $0 { true } else { false } }
        if hasSplat, !steps.isEmpty { return nil }
        return (inner.root, inner.steps + steps.reversed())
      default: return nil
      }
    }
  }

  /// The step that `[self]` is.
  fileprivate var asStep: TraversalStep {
    if let text = stringValue { return .key(text) }
    if case .literal(let literal) = self, case .number(let text) = literal.kind,
      let number = Int(text)
    {
      return .position(number)
    }
    return .index(self)
  }
}

extension Splat.Step {
  fileprivate var asTraversalStep: TraversalStep {
    switch self {
    case .attribute(let name): .attribute(name)
    case .index(let key): key.asStep
    case .legacyIndex(let index): Expression.number(index).asStep
    case .splat(let isFull): .splat(isFull: isFull)
    }
  }
}
