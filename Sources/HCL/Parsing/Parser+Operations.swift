internal import Diagnostics

extension Parser {
  /// What waits for the operand behind it.
  struct Pending {
    enum Kind {
      /// Comments before the operand.
      case comments
      /// `-` or `!`, with comments before it.
      case sign(UnaryOperation.Operator)
      /// A left operand and an operator.
      case operation(BinaryOperation.Operator, BinaryOperation.LineBreak)
      /// A condition and `?`.
      case condition
      /// A condition, `?`, a value and `:`.
      case branch(then: Expression)
    }

    var kind: Kind
    /// Where it begins.
    var start: Int
    var comments: [Comment] = []
    /// The left operand, or the condition.
    var left = Expression.invalid(Origin())
    /// How high the highest of what it holds is.
    var height = 0
    /// The token `?`.
    var question = 0
    var isMultiline = false
  }

  /// Takes comments and signs before an operand.
  mutating func beginOperand() {
    while current == .minus || current == .not {
      let comments = takeComments(before: next)
      let sign: UnaryOperation.Operator = current == .not ? .not : .negate
      push(Pending(kind: .sign(sign), start: token.start, comments: comments))
      advance()
      if isLost { return }
    }
    guard hasComments(before: next) else { return }
    let comments = takeComments(before: next)
    push(Pending(kind: .comments, start: token.start, comments: comments))
  }

  /// Each of what waits makes the tree higher by one at the least, as do brackets around it.
  private mutating func push(_ item: consuming Pending) {
    pending.append(item)
    if pending.count + depth - 1 > nestingLimit { failTooDeep() }
  }

  /// Joins an operand with what waits for it; whether another operand follows.
  mutating func endOperand(_ operand: inout Expression, _ mark: Int, start: Int) -> Bool {
    if pending.count == mark, !isLost, current != .question, Parser.operation(current) == nil {
      return false
    }
    return joinOperand(&operand, mark, start: start)
  }

  @inline(never)
  private mutating func joinOperand(
    _ operand: inout Expression, _ mark: Int, start: Int
  ) -> Bool {
    var start = start
    joinSigns(&operand, mark, &start)
    while !isLost {
      let operation = Parser.operation(current)
      joinOperations(&operand, mark, &start, downTo: operation?.precedence ?? 0)
      if isLost { break }
      if let operation {
        pushOperation(operation, operand.take(), start: start)
        return !giveUp(&operand, mark, start: start)
      }
      if current == .question {
        pushCondition(operand.take(), start: start)
        return !giveUp(&operand, mark, start: start)
      }
      guard pending.count > mark else { return false }
      guard case .branch(let then) = pending[pending.count - 1].kind else {
        pushBranch(operand.take())
        return !giveUp(&operand, mark, start: start)
      }
      joinBranches(&operand, then, &start)
    }
    return !giveUp(&operand, mark, start: start)
  }

  /// Drops all that waits if the parser is lost.
  private mutating func giveUp(_ operand: inout Expression, _ mark: Int, start: Int) -> Bool {
    guard isLost else { return false }
    let start = pending.count > mark ? pending[mark].start : start
    if pending.count == mark, case .invalid = operand { return true }
    operand = .invalid(origin(from: start))
    pending.removeLast(pending.count - mark)
    return true
  }

  private mutating func joinSigns(_ operand: inout Expression, _ mark: Int, _ start: inout Int) {
    while !isLost, pending.count > mark, let item = pending.last {
      switch item.kind {
      case .comments: break
      case .sign(let sign):
        guard grow(height) else { return }
        start = item.start
        operand = .unary(UnaryOperation(sign, operand.take(), origin: origin(from: start)))
      default: return
      }
      pending.removeLast()
      operand = Parser.wrap(leading: item.comments, operand)
    }
  }

  /// Joins operations that bind at least as tightly as a precedence.
  private mutating func joinOperations(
    _ operand: inout Expression, _ mark: Int, _ start: inout Int, downTo precedence: Int
  ) {
    while pending.count > mark,
      case .operation(let operation, let lineBreak) = pending[pending.count - 1].kind,
      operation.precedence >= precedence
    {
      guard grow(pending[pending.count - 1].height, height), let item = pending.popLast() else {
        return
      }
      start = item.start
      operand = .binary(
        BinaryOperation(
          item.left, operation, operand.take(), lineBreak: lineBreak, origin: origin(from: start)))
    }
  }

  private mutating func pushOperation(
    _ operation: BinaryOperation.Operator, _ left: consuming Expression, start: Int
  ) {
    commentsBehind(&left)
    let breaksBefore = left.endsLine || hasNewline(last + 1..<next)
    let sign = next
    advance()
    let breaksAfter = hasNewlineBehind(sign)
    let kind = Pending.Kind.operation(
      operation, breaksBefore ? .before : breaksAfter ? .after : .none)
    push(Pending(kind: kind, start: start, left: left, height: height))
  }

  private mutating func pushCondition(_ condition: consuming Expression, start: Int) {
    commentsBehind(&condition)
    let question = next
    let isMultiline = condition.endsLine || hasNewline(last + 1..<next)
    advance()
    push(
      Pending(
        kind: .condition, start: start, left: condition, height: height, question: question,
        isMultiline: isMultiline))
  }

  /// Makes the condition that waits into one that waits for its second value.
  private mutating func pushBranch(_ then: consuming Expression) {
    let place = pending.count - 1
    guard current == .colon else {
      fail(.expectedColon(found, behind: location(tokens[pending[place].question])))
      return
    }
    commentsBehind(&then)
    let isMultiline = then.endsLine || hasNewline(last + 1..<next)
    advance()
    pending[place].kind = .branch(then: then)
    pending[place].height = max(pending[place].height, height)
    if isMultiline { pending[place].isMultiline = true }
  }

  private mutating func joinBranches(
    _ otherwise: inout Expression, _ then: Expression, _ start: inout Int
  ) {
    guard grow(pending[pending.count - 1].height, height), let item = pending.popLast() else {
      return
    }
    start = item.start
    otherwise = .conditional(
      Conditional(
        item.left, then: then, otherwise: otherwise.take(),
        isMultiline: item.isMultiline || hasNewlineBehind(item.question),
        origin: origin(from: start)))
  }

  /// Whether the line ends right behind a token.
  private func hasNewlineBehind(_ index: Int) -> Bool {
    guard skipsNewlines else { return false }
    return hasNewline(index + 1..<skipTrivia(index + 1))
  }

  private static func operation(_ kind: Token.Kind) -> BinaryOperation.Operator? {
    switch kind {
    case .or: .or
    case .and: .and
    case .equalEqual: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessEqual: .lessOrEqual
    case .greater: .greater
    case .greaterEqual: .greaterOrEqual
    case .plus: .add
    case .minus: .subtract
    case .star: .multiply
    case .slash: .divide
    case .percent: .remainder
    default: nil
    }
  }
}

// MARK: - Messages

extension Parser.Problem {
  fileprivate static func expectedColon(_ found: String, behind place: SourceLocation) -> Self {
    Self(
      id: "hcl.expected-colon", summary: "Expected `:` and a value, found \(found)",
      detail: "A conditional is `condition ? value : other`.",
      notes: [.init("The condition ends here.", at: place)])
  }
}
