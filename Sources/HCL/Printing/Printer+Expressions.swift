extension Printer {
  /// Writes an expression that ends with its line; in brackets where it needs some to break.
  mutating func writeValue(_ expression: Expression) {
    if !canBreak, expression.needsBrackets {
      writeInParentheses(expression)
    } else {
      write(expression)
    }
  }

  /// Writes an operand of something that binds with a strength, in parentheses where needed.
  private mutating func write(_ expression: Expression, atLeast precedence: Int) {
    if expression.precedence < precedence {
      writeInParentheses(expression)
    } else {
      write(expression)
    }
  }

  private mutating func writeInParentheses(_ expression: Expression) {
    write(Parentheses(expression, isMultiline: expression.needsBrackets))
  }

  mutating func write(_ expression: Expression) {
    switch expression {
    case .literal(let literal): write(literal)
    case .template(let template): writeQuoted(template.parts)
    case .heredoc(let heredoc): write(heredoc)
    case .variable(let variable): code(variable.name)
    case .attribute, .index, .legacyIndex, .splat: writeAccess(expression)
    case .tuple(let tuple): write(tuple)
    case .object(let object): write(object)
    case .forExpression(let value): write(value)
    case .conditional(let conditional): write(conditional)
    case .unary(let unary):
      code(unary.operation.rawValue)
      write(unary.operand, atLeast: Precedence.unary)
    case .binary(let binary): write(binary)
    case .call(let call): write(call)
    case .parentheses(let parentheses): write(parentheses)
    case .commented(let commented): write(commented)
    case .invalid:
      // Its text is lost; what is printed instead must be read again, and be seen.
      code("null")
      code("/* couldn't be read */")
    }
  }

  private mutating func write(_ literal: Literal) {
    switch literal.kind {
    case .null: code("null")
    case .bool(let value): code(value ? "true" : "false")
    case .number(let text): code(text)
    }
  }

  private mutating func write(_ commented: CommentedExpression) {
    writeInline(commented.leading)
    write(commented.expression)
    writeInline(commented.trailing)
  }

  private mutating func write(_ parentheses: Parentheses) {
    code("(")
    if parentheses.isMultiline { newline() }
    inside(canBreak: true) { $0.write(parentheses.expression) }
    if parentheses.isMultiline { newline() }
    code(")")
  }

  private mutating func write(_ conditional: Conditional) {
    let isMultiline = conditional.isMultiline && canBreak
    write(conditional.condition, atLeast: Precedence.or)
    if isMultiline { newline() }
    code("?")
    write(conditional.then)
    if isMultiline { newline() }
    code(":")
    write(conditional.otherwise)
  }

  private mutating func write(_ binary: BinaryOperation) {
    let precedence = binary.operation.precedence
    write(binary.left, atLeast: precedence)
    if canBreak, binary.lineBreak == .before { newline() }
    code(binary.operation.rawValue)
    if canBreak, binary.lineBreak == .after { newline() }
    write(binary.right, atLeast: precedence + 1)
  }
}

// MARK: - Accesses

extension Printer {
  private mutating func writeAccess(_ expression: Expression) {
    switch expression {
    case .attribute(let access):
      writeBase(access.base, of: expression)
      code(".")
      code(access.name)
    case .index(let access):
      writeBase(access.base, of: expression)
      code("[")
      inside(canBreak: true) { $0.write(access.key) }
      code("]")
    case .legacyIndex(let access):
      writeBase(access.base, of: expression)
      code(".")
      code(access.index)
    case .splat(let splat):
      writeBase(splat.base, of: expression)
      write(splat)
    default: break
    }
  }

  private mutating func writeBase(_ base: Expression, of access: Expression) {
    if base.precedence < Precedence.term || base.wouldSwallow(access) {
      writeInParentheses(base)
    } else {
      write(base)
    }
  }

  private mutating func write(_ splat: Splat) {
    writeStar(isFull: splat.isFull)
    for (index, step) in splat.steps.enumerated() {
      switch step {
      case .attribute(let name):
        code(".")
        code(name)
      case .index(let key):
        code("[")
        inside(canBreak: true) { $0.write(key) }
        code("]")
      case .legacyIndex(let number):
        // `.0.1` and `.0.e5` would be read as numbers.
        let next = index + 1 < splat.steps.count ? splat.steps[index + 1] : nil
        if splat.isFull, next?.continuesNumber == true {
          code("[")
          code(number)
          code("]")
        } else {
          code(".")
          code(number)
        }
      case .splat(let isFull): writeStar(isFull: isFull)
      }
    }
  }

  private mutating func writeStar(isFull: Bool) {
    code(isFull ? "[" : ".")
    code("*")
    if isFull { code("]") }
  }
}

// MARK: - What an expression needs

/// How tightly forms bind that aren't operators with two operands.
enum Precedence {
  static let conditional = 0
  static let or = 1
  static let unary = 7
  static let term = 8
}

extension String {
  /// Whether it begins as the exponent of a number does, perhaps with a minus.
  fileprivate var isExponent: Bool {
    var rest = utf8[...]
    guard let first = rest.popFirst(), first | 0x20 == UInt8(ascii: "e") else { return false }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    return rest.first?.isDigit ?? false
  }
}

extension Splat.Step {
  /// Whether it would be read as a part of a number right before it.
  var continuesNumber: Bool {
    switch self {
    case .attribute(let name): name.isExponent
    case .legacyIndex: true
    case .index, .splat: false
    }
  }
}

extension Expression {
  /// How tightly it binds.
  fileprivate var precedence: Int {
    switch self {
    case .conditional: Precedence.conditional
    case .binary(let binary): binary.operation.precedence
    case .unary: Precedence.unary
    case .literal(let literal):
      if case .number(let text) = literal.kind, text.hasPrefix("-") {
        Precedence.unary
      } else {
        Precedence.term
      }
    case .commented(let commented): commented.expression.precedence
    default: Precedence.term
    }
  }

  /// Whether an access behind it would be read as a part of it.
  fileprivate func wouldSwallow(_ access: Expression) -> Bool {
    switch (self, access) {
    case (.splat(let splat), .index): return splat.isFull
    case (.splat(let splat), .splat(let outer)): return splat.isFull || !outer.isFull
    case (.splat, _): return true
    case (.commented, _): return true
    case (_, .attribute(let access)): return wouldSwallow(.attribute(access.name))
    case (_, .legacyIndex(let access)): return wouldSwallow(.legacyIndex(access.index))
    default: return false
    }
  }

  /// Whether a name or number behind `.` would be read as a part of the number that it ends with.
  func wouldSwallow(_ step: Splat.Step) -> Bool {
    switch self {
    case .literal(let literal):
      if case .number = literal.kind { step.continuesNumber } else { false }
    case .legacyIndex: step.continuesNumber
    default: false
    }
  }

  /// Whether its text ends with a heredoc, behind which only a line's end can stand.
  var endsWithHeredoc: Bool {
    switch self {
    case .heredoc(let heredoc): heredoc.isPrintable
    case .binary(let binary):
      binary.right.precedence > binary.operation.precedence && binary.right.endsWithHeredoc
    case .conditional(let conditional): conditional.otherwise.endsWithHeredoc
    case .unary(let unary):
      unary.operand.precedence >= Precedence.unary && unary.operand.endsWithHeredoc
    case .commented(let commented):
      commented.trailing.isEmpty && commented.expression.endsWithHeredoc
    default: false
    }
  }

  /// Whether its text has a line's end in it outside of brackets.
  var needsBrackets: Bool {
    switch self {
    case .commented(let commented):
      commented.leading.contains { !$0.isBlock } || commented.trailing.contains { !$0.isBlock }
        || !commented.trailing.isEmpty && commented.expression.endsWithHeredoc
        || commented.expression.needsBrackets
    case .binary(let binary):
      binary.left.endsWithHeredoc || binary.left.needsBrackets || binary.right.needsBrackets
    case .conditional(let value):
      value.condition.endsWithHeredoc || value.then.endsWithHeredoc
        || value.condition.needsBrackets || value.then.needsBrackets
        || value.otherwise.needsBrackets
    case .unary(let unary): unary.operand.needsBrackets
    case .attribute(let access): access.base.breaksAsBase
    case .index(let access): access.base.breaksAsBase
    case .legacyIndex(let access): access.base.breaksAsBase
    case .splat(let splat): splat.base.breaksAsBase
    default: false
    }
  }

  /// Whether a comment behind it goes up to its line's end.
  var endsLine: Bool {
    if case .commented(let commented) = self {
      commented.trailing.contains { !$0.isBlock }
    } else {
      false
    }
  }

  private var breaksAsBase: Bool { endsWithHeredoc || needsBrackets }
}
