extension Expression {
  /// Calls a visitor with this expression and all inside of it, outer ones first, in order.
  ///
  /// A bare name as the key of an object is text, not an expression, and isn't visited.
  public func visit(_ visitor: (Expression) -> Void) {
    visitor(self)
    forEachChild { $0.visit(visitor) }
  }

  /// Calls a visitor with this expression and, where it wants that, with all inside of it, outer
  /// ones first, in order.
  public func visitParts(whileIn goesOn: (Expression) -> Bool) {
    guard goesOn(self) else { return }
    forEachChild { $0.visitParts(whileIn: goesOn) }
  }

  /// Calls a visitor with this expression and all inside of it, each with the names that `for`
  /// binds around it.
  ///
  /// `scope` holds the names that are bound around the whole.
  public func visit(scope: Set<String>, _ visitor: (Expression, Set<String>) -> Void) {
    visitor(self, scope)
    forEachChild(scope: scope) { child, inner in child.visit(scope: inner, visitor) }
  }

  /// The expression with parts replaced, from the outside in.
  ///
  /// What the transformation returns replaces the expression that it was given, and nothing
  /// inside of that is looked at any more; nil leaves it and goes on inside of it.
  public func rewritten(_ transform: (Expression) -> Expression?) -> Expression {
    rewritten(scope: []) { expression, _ in transform(expression) }
  }

  /// The expression with parts replaced, each judged with the names that `for` binds around it.
  ///
  /// `scope` holds the names that are bound around the whole.
  public func rewritten(
    scope: Set<String>, _ transform: (Expression, Set<String>) -> Expression?
  ) -> Expression {
    if let replacement = transform(self, scope) { return replacement }
    return mapChildren(scope: scope) { child, inner in
      child.rewritten(scope: inner, transform)
    }
  }
}

extension Body {
  /// The body with parts of its values replaced, in blocks inside of it too.
  public func rewritten(_ transform: (Expression) -> Expression?) -> Body {
    var body = self
    for index in body.items.indices {
      switch body.items[index] {
      case .attribute(var attribute):
        attribute.value = attribute.value.rewritten(transform)
        body.items[index] = .attribute(attribute)
      case .block(var block):
        block.body = block.body.rewritten(transform)
        body.items[index] = .block(block)
      }
    }
    return body
  }

  /// Calls a visitor with the value of each attribute, in order, in blocks inside of it too.
  public func expressions(_ visit: (Expression) -> Void) {
    for item in items {
      switch item {
      case .attribute(let attribute): visit(attribute.value)
      case .block(let block): block.body.expressions(visit)
      }
    }
  }
}
