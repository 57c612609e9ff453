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
    var result = true
    visit { node in
      if result, !node.hasProperNames { result = false }
    }
    return result
  }

  /// The same of this node alone.
  private var hasProperNames: Bool {
    switch self {
    case .literal(let literal):
      if case .number(let text) = literal.kind { text.isNumber } else { true }
    case .variable(let variable): isIdentifier(variable.name)
    case .attribute(let access): isIdentifier(access.name)
    case .legacyIndex(let access): access.index.isNumber
    case .splat(let splat):
      splat.steps.allSatisfy {
        if case .attribute(let name) = $0 { isIdentifier(name) } else { true }
      }
    case .object(let object): object.items.allSatisfy { $0.key.isProperKey }
    case .forExpression(let loop):
      isIdentifier(loop.valueName) && (loop.keyName.map(isIdentifier) ?? true)
    case .call(let call):
      isIdentifier(call.name)
        || call.name.split(separator: "::", omittingEmptySubsequences: false)
          .allSatisfy { isIdentifier(String($0)) }
    case .template(let template):
      template.literalText != nil || template.parts.allSatisfy(\.hasProperNames)
    case .heredoc(let heredoc):
      isIdentifier(heredoc.marker) && heredoc.parts.allSatisfy(\.hasProperNames)
    case .index, .tuple, .conditional, .unary, .binary, .parentheses, .commented: true
    case .invalid: false
    }
  }

  /// Whether it is no bare name, or a proper one.
  private var isProperKey: Bool {
    switch self {
    case .variable(let variable): isIdentifier(variable.name)
    case .commented(let commented): commented.expression.isProperKey
    default: true
    }
  }
}

extension TemplatePart {
  /// Whether the names that it binds are identifiers.
  fileprivate var hasProperNames: Bool {
    switch self {
    case .literal, .interpolation: true
    case .ifDirective(let value):
      value.then.allSatisfy(\.hasProperNames)
        && (value.otherwise?.allSatisfy(\.hasProperNames) ?? true)
    case .forDirective(let value):
      isIdentifier(value.value) && (value.key.map(isIdentifier) ?? true)
        && value.body.allSatisfy(\.hasProperNames)
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
