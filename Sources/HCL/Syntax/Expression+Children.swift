extension Expression {
  typealias Visitor = (Expression, Set<String>) -> Void

  /// Calls a visitor with the expressions right inside of this one.
  func forEachChild(scope: Set<String>, _ visit: Visitor) {
    switch self {
    case .literal, .variable, .invalid: break
    case .template, .heredoc: visitParts(scope, visit)
    case .attribute, .legacyIndex, .index, .splat: visitAccess(scope, visit)
    case .tuple, .call, .object: visitElements(scope, visit)
    case .forExpression(let value): value.forEachChild(scope, visit)
    case .conditional, .unary, .binary, .parentheses, .commented: visitOperands(scope, visit)
    }
  }

  private func visitParts(_ scope: Set<String>, _ visit: Visitor) {
    switch self {
    case .template(let template): Expression.visit(template.parts, scope, visit)
    case .heredoc(let heredoc): Expression.visit(heredoc.parts, scope, visit)
    default: break
    }
  }

  private func visitAccess(_ scope: Set<String>, _ visit: Visitor) {
    switch self {
    case .attribute(let access): visit(access.base, scope)
    case .legacyIndex(let access): visit(access.base, scope)
    case .index(let access):
      visit(access.base, scope)
      visit(access.key, scope)
    case .splat(let splat):
      visit(splat.base, scope)
      for case .index(let key) in splat.steps { visit(key, scope) }
    default: break
    }
  }

  private func visitElements(_ scope: Set<String>, _ visit: Visitor) {
    switch self {
    case .tuple(let tuple):
      for element in tuple.elements { visit(element.value, scope) }
    case .call(let call):
      for argument in call.arguments { visit(argument.value, scope) }
    case .object(let object):
      for item in object.items {
        if !item.key.isName { visit(item.key, scope) }
        visit(item.value, scope)
      }
    default: break
    }
  }

  private func visitOperands(_ scope: Set<String>, _ visit: Visitor) {
    switch self {
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
    default: break
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

  /// Calls a visitor with the expressions right inside of this one, whatever names are bound there.
  func forEachChild(_ visit: (Expression) -> Void) {
    switch self {
    case .literal, .variable, .invalid: break
    case .attribute(let access): visit(access.base)
    case .legacyIndex(let access): visit(access.base)
    case .forExpression(let loop):
      visit(loop.collection)
      if let key = loop.key { visit(key) }
      visit(loop.value)
      if let condition = loop.condition { visit(condition) }
    case .template, .heredoc, .index, .splat, .tuple, .call, .object, .conditional, .unary, .binary,
      .parentheses, .commented:
      forEachChild(scope: []) { child, _ in visit(child) }
    }
  }

  /// Whether it is a bare name, which as the key of an object is text.
  var isName: Bool {
    switch self {
    case .variable: true
    case .commented(let commented): commented.expression.isName
    default: false
    }
  }
}

extension ForExpression {
  /// Calls a visitor with the expressions right inside of this one.
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
  func scope(in outer: Set<String>) -> Set<String> {
    outer.union([valueName]).union(keyName.map { [$0] } ?? [])
  }
}

extension TemplateFor {
  /// The names that are bound in it.
  func scope(in outer: Set<String>) -> Set<String> {
    outer.union([value]).union(key.map { [$0] } ?? [])
  }
}
