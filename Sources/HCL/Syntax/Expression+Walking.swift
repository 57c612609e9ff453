extension Expression {
  /// Calls a visitor with this expression and all inside of it, outer ones first, in order.
  ///
  /// A bare name as the key of an object is text, not an expression, and isn't visited.
  public func visit(_ visitor: (Expression) -> Void) {
    visit(scope: []) { expression, _ in visitor(expression) }
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

// MARK: - Children to look at

extension Expression {
  private typealias Visitor = (Expression, Set<String>) -> Void

  private func forEachChild(scope: Set<String>, _ visit: Visitor) {
    switch self {
    case .literal, .variable, .invalid: break
    case .template(let template): Expression.visit(template.parts, scope, visit)
    case .heredoc(let heredoc): Expression.visit(heredoc.parts, scope, visit)
    case .attribute(let access): visit(access.base, scope)
    case .legacyIndex(let access): visit(access.base, scope)
    case .index(let access):
      visit(access.base, scope)
      visit(access.key, scope)
    case .splat(let splat):
      visit(splat.base, scope)
      for case .index(let key) in splat.steps { visit(key, scope) }
    case .tuple(let tuple):
      for element in tuple.elements { visit(element.value, scope) }
    case .call(let call):
      for argument in call.arguments { visit(argument.value, scope) }
    case .object(let object):
      for item in object.items {
        if !item.key.isName { visit(item.key, scope) }
        visit(item.value, scope)
      }
    case .forExpression(let value): value.forEachChild(scope, visit)
    case .conditional(let conditional):
      visit(conditional.condition, scope)
      visit(conditional.then, scope)
      visit(conditional.otherwise, scope)
    case .unary(let unary): visit(unary.operand, scope)
    case .binary(let binary):
      visit(binary.left, scope)
      visit(binary.right, scope)
    case .parentheses(let parentheses): visit(parentheses.expression, scope)
    case .commented(let commented): visit(commented.expression, scope)
    }
  }

  private static func visit(_ parts: [TemplatePart], _ scope: Set<String>, _ visit: Visitor) {
    for part in parts {
      switch part {
      case .literal: break
      case .interpolation(let value): visit(value.expression, scope)
      case .ifDirective(let value):
        visit(value.condition, scope)
        Expression.visit(value.then, scope, visit)
        Expression.visit(value.otherwise ?? [], scope, visit)
      case .forDirective(let value):
        visit(value.collection, scope)
        Expression.visit(value.body, value.scope(in: scope), visit)
      }
    }
  }

  /// Whether it is a bare name, which as the key of an object is text.
  fileprivate var isName: Bool {
    switch self {
    case .variable: true
    case .commented(let commented): commented.expression.isName
    default: false
    }
  }
}

extension ForExpression {
  fileprivate func forEachChild(
    _ scope: Set<String>, _ visit: (Expression, Set<String>) -> Void
  ) {
    let inner = self.scope(in: scope)
    visit(collection, scope)
    if let key { visit(key, inner) }
    visit(value, inner)
    if let condition { visit(condition, inner) }
  }

  /// The names that are bound in it.
  fileprivate func scope(in outer: Set<String>) -> Set<String> {
    outer.union([valueName]).union(keyName.map { [$0] } ?? [])
  }
}

extension TemplateFor {
  /// The names that are bound in it.
  fileprivate func scope(in outer: Set<String>) -> Set<String> {
    outer.union([value]).union(key.map { [$0] } ?? [])
  }
}

// MARK: - Children to replace

extension Expression {
  private typealias Transform = (Expression, Set<String>) -> Expression

  private func mapChildren(scope: Set<String>, _ map: Transform) -> Expression {
    switch self {
    case .literal, .variable, .invalid: return self
    case .template(var template):
      template.parts = Expression.map(template.parts, scope, map)
      return .template(template)
    case .heredoc(var heredoc):
      heredoc.parts = Expression.map(heredoc.parts, scope, map)
      return .heredoc(heredoc)
    case .attribute, .index, .legacyIndex, .splat: return mapAccess(scope, map)
    case .tuple(var tuple):
      for index in tuple.elements.indices {
        tuple.elements[index].value = map(tuple.elements[index].value, scope)
      }
      return .tuple(tuple)
    case .call(var call):
      for index in call.arguments.indices {
        call.arguments[index].value = map(call.arguments[index].value, scope)
      }
      return .call(call)
    case .object(var object):
      for index in object.items.indices {
        let item = object.items[index]
        if !item.key.isName { object.items[index].key = map(item.key, scope) }
        object.items[index].value = map(item.value, scope)
      }
      return .object(object)
    case .forExpression(let value): return .forExpression(value.mapChildren(scope, map))
    case .conditional, .unary, .binary, .parentheses, .commented:
      return mapOperands(scope, map)
    }
  }

  private func mapAccess(_ scope: Set<String>, _ map: Transform) -> Expression {
    switch self {
    case .attribute(var access):
      access.base = map(access.base, scope)
      return .attribute(access)
    case .index(var access):
      access.base = map(access.base, scope)
      access.key = map(access.key, scope)
      return .index(access)
    case .legacyIndex(var access):
      access.base = map(access.base, scope)
      return .legacyIndex(access)
    case .splat(var splat):
      splat.base = map(splat.base, scope)
      for index in splat.steps.indices {
        if case .index(let key) = splat.steps[index] {
          splat.steps[index] = .index(map(key, scope))
        }
      }
      return .splat(splat)
    default: return self
    }
  }

  private func mapOperands(_ scope: Set<String>, _ map: Transform) -> Expression {
    switch self {
    case .conditional(var conditional):
      conditional.condition = map(conditional.condition, scope)
      conditional.then = map(conditional.then, scope)
      conditional.otherwise = map(conditional.otherwise, scope)
      return .conditional(conditional)
    case .unary(var unary):
      unary.operand = map(unary.operand, scope)
      return .unary(unary)
    case .binary(var binary):
      binary.left = map(binary.left, scope)
      binary.right = map(binary.right, scope)
      return .binary(binary)
    case .parentheses(var parentheses):
      parentheses.expression = map(parentheses.expression, scope)
      return .parentheses(parentheses)
    case .commented(var commented):
      commented.expression = map(commented.expression, scope)
      return .commented(commented)
    default: return self
    }
  }

  private static func map(
    _ parts: [TemplatePart], _ scope: Set<String>, _ map: Transform
  ) -> [TemplatePart] {
    parts.map { part in
      switch part {
      case .literal: return part
      case .interpolation(var value):
        value.expression = map(value.expression, scope)
        return .interpolation(value)
      case .ifDirective(var value):
        value.condition = map(value.condition, scope)
        value.then = Expression.map(value.then, scope, map)
        value.otherwise = value.otherwise.map { Expression.map($0, scope, map) }
        return .ifDirective(value)
      case .forDirective(var value):
        let inner = value.scope(in: scope)
        value.collection = map(value.collection, scope)
        value.body = Expression.map(value.body, inner, map)
        return .forDirective(value)
      }
    }
  }
}

extension ForExpression {
  fileprivate func mapChildren(
    _ scope: Set<String>, _ map: (Expression, Set<String>) -> Expression
  ) -> ForExpression {
    let inner = self.scope(in: scope)
    var result = self
    result.collection = map(collection, scope)
    result.key = key.map { map($0, inner) }
    result.value = map(value, inner)
    result.condition = condition.map { map($0, inner) }
    return result
  }
}
