extension Expression {
  typealias Transform = (Expression, Set<String>) -> Expression

  /// The expression with those right inside of it replaced.
  func mapChildren(scope: Set<String>, _ map: Transform) -> Expression {
    switch self {
    case .literal, .variable, .invalid: return self
    case .template, .heredoc: return mapParts(scope, map)
    case .attribute, .index, .legacyIndex, .splat: return mapAccess(scope, map)
    case .tuple, .call, .object: return mapElements(scope, map)
    case .forExpression(let value): return .forExpression(value.mapChildren(scope, map))
    case .conditional, .unary, .binary, .parentheses, .commented:
      return mapOperands(scope, map)
    }
  }

  @inline(never)
  private func mapParts(_ scope: Set<String>, _ map: Transform) -> Expression {
    switch self {
    case .template(var template):
      template.parts = Expression.map(template.parts, scope, map)
      return .template(template)
    case .heredoc(var heredoc):
      heredoc.parts = Expression.map(heredoc.parts, scope, map)
      return .heredoc(heredoc)
    default: return self
    }
  }

  @inline(never)
  private func mapElements(_ scope: Set<String>, _ map: Transform) -> Expression {
    switch self {
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
    default: return self
    }
  }

  @inline(never)
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

  @inline(never)
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
