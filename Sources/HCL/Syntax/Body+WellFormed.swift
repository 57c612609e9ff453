extension Body {
  /// Whether the text of a body that a program made reads back as that body.
  ///
  /// For that each name in it has to be an identifier, each number one of HCL's, no name may be set
  /// twice in one place, and nothing may be there that couldn't be read. What the parser makes of a
  /// text without mistakes is well-formed.
  public var isWellFormed: Bool {
    var names: Set<String> = []
    for item in items {
      switch item {
      case .attribute(let attribute):
        guard isIdentifier(attribute.name), names.insert(attribute.name).inserted,
          attribute.value.isWellFormed
        else { return false }
      case .block(let block):
        guard isIdentifier(block.type), block.labels.allSatisfy(\.isWellFormed),
          block.body.isWellFormed
        else { return false }
      }
    }
    return true
  }
}

extension Label {
  fileprivate var isWellFormed: Bool { isQuoted || isIdentifier(text) }
}

extension Expression {
  /// Whether each name and number in it is one, and nothing in it couldn't be read.
  fileprivate var isWellFormed: Bool {
    switch self {
    case .literal(let literal):
      if case .number(let text) = literal.kind { text.isNumber } else { true }
    case .template(let template): template.literalText != nil || template.parts.areWellFormed
    case .heredoc(let heredoc): isIdentifier(heredoc.marker) && heredoc.parts.areWellFormed
    case .variable(let variable): isIdentifier(variable.name)
    case .attribute(let access): isIdentifier(access.name) && access.base.isWellFormed
    case .index(let access): access.base.isWellFormed && access.key.isWellFormed
    case .legacyIndex(let access): access.index.isNumber && access.base.isWellFormed
    case .splat(let splat): splat.base.isWellFormed && splat.steps.allSatisfy(\.isWellFormed)
    case .tuple(let tuple): tuple.elements.allSatisfy(\.value.isWellFormed)
    case .object(let object):
      object.items.allSatisfy { $0.key.isWellFormed && $0.value.isWellFormed }
    case .forExpression(let loop): loop.isWellFormed
    case .conditional(let choice):
      choice.condition.isWellFormed && choice.then.isWellFormed && choice.otherwise.isWellFormed
    case .unary(let operation): operation.operand.isWellFormed
    case .binary(let operation): operation.left.isWellFormed && operation.right.isWellFormed
    case .call(let call):
      call.hasProperName && call.arguments.allSatisfy(\.value.isWellFormed)
    case .parentheses(let inner): inner.expression.isWellFormed
    case .commented(let inner): inner.expression.isWellFormed
    case .invalid: false
    }
  }
}

extension Splat.Step {
  fileprivate var isWellFormed: Bool {
    switch self {
    case .attribute(let name): isIdentifier(name)
    case .index(let key): key.isWellFormed
    case .legacyIndex(let index): index.isNumber
    case .splat: true
    }
  }
}

extension ForExpression {
  fileprivate var isWellFormed: Bool {
    isIdentifier(valueName) && (keyName.map(isIdentifier) ?? true) && collection.isWellFormed
      && (key?.isWellFormed ?? true) && value.isWellFormed && (condition?.isWellFormed ?? true)
  }
}

extension FunctionCall {
  /// Whether its name is an identifier, or several with `::` between them.
  fileprivate var hasProperName: Bool {
    isIdentifier(name)
      || name.split(separator: "::", omittingEmptySubsequences: false)
        .allSatisfy { isIdentifier(String($0)) }
  }
}

extension [TemplatePart] {
  fileprivate var areWellFormed: Bool { allSatisfy(\.isWellFormed) }
}

extension TemplatePart {
  fileprivate var isWellFormed: Bool {
    switch self {
    case .literal: true
    case .interpolation(let value): value.expression.isWellFormed
    case .ifDirective(let value):
      value.condition.isWellFormed && value.then.areWellFormed
        && (value.otherwise?.areWellFormed ?? true)
    case .forDirective(let value):
      isIdentifier(value.value) && (value.key.map(isIdentifier) ?? true)
        && value.collection.isWellFormed && value.body.areWellFormed
    }
  }
}

extension String {
  /// Whether it is a number as HCL reads them: `12`, `1.5`, `1.50e-3`, `1.e5`.
  fileprivate var isNumber: Bool {
    var rest = utf8[...]
    func digits() -> Bool {
      let count = rest.prefix(while: \.isDigit).count
      rest = rest.dropFirst(count)
      return count > 0
    }
    guard digits() else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard digits() || !rest.isEmpty else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      guard digits() else { return false }
    }
    return rest.isEmpty
  }
}
