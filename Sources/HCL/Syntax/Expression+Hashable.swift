// One function for all forms needs so much stack without optimization that trees of the allowed
// depth don't fit on a thread; so each group of forms has its own, kept apart with optimization too.

extension Expression {
  /// Whether two expressions are the same but for where they stood.
  public static func == (left: Expression, right: Expression) -> Bool {
    switch left {
    case .literal, .variable, .invalid: left.equalsLeaf(right)
    case .template, .heredoc: left.equalsTemplate(right)
    case .attribute, .index, .legacyIndex: left.equalsAccess(right)
    case .splat, .forExpression: left.equalsSplat(right)
    case .tuple, .object: left.equalsCollection(right)
    case .conditional, .unary, .binary: left.equalsOperation(right)
    case .call, .parentheses, .commented: left.equalsWrapper(right)
    }
  }

  /// Adds the expression to a hash.
  @inline(never)
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .literal, .variable, .invalid: hashLeaf(into: &hasher)
    case .template, .heredoc: hashTemplate(into: &hasher)
    case .attribute, .index, .legacyIndex: hashAccess(into: &hasher)
    case .splat, .forExpression: hashSplat(into: &hasher)
    case .tuple, .object: hashCollection(into: &hasher)
    case .conditional, .unary, .binary: hashOperation(into: &hasher)
    case .call, .parentheses, .commented: hashWrapper(into: &hasher)
    }
  }

  private func equalsLeaf(_ other: Expression) -> Bool {
    switch (self, other) {
    case (.literal(let left), .literal(let right)): left == right
    case (.variable(let left), .variable(let right)): left == right
    case (.invalid(let left), .invalid(let right)): left == right
    default: false
    }
  }

  @inline(never)
  private func equalsTemplate(_ other: Expression) -> Bool {
    switch (self, other) {
    case (.template(let left), .template(let right)): left == right
    case (.heredoc(let left), .heredoc(let right)): left == right
    default: false
    }
  }

  @inline(never)
  private func equalsAccess(_ other: Expression) -> Bool {
    switch (self, other) {
    case (.attribute(let left), .attribute(let right)): left == right
    case (.index(let left), .index(let right)): left == right
    case (.legacyIndex(let left), .legacyIndex(let right)): left == right
    default: false
    }
  }

  @inline(never)
  private func equalsSplat(_ other: Expression) -> Bool {
    switch (self, other) {
    case (.splat(let left), .splat(let right)): left == right
    case (.forExpression(let left), .forExpression(let right)): left == right
    default: false
    }
  }

  @inline(never)
  private func equalsCollection(_ other: Expression) -> Bool {
    switch (self, other) {
    case (.tuple(let left), .tuple(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }

  @inline(never)
  private func equalsOperation(_ other: Expression) -> Bool {
    switch (self, other) {
    case (.conditional(let left), .conditional(let right)): left == right
    case (.unary(let left), .unary(let right)): left == right
    case (.binary(let left), .binary(let right)): left == right
    default: false
    }
  }

  @inline(never)
  private func equalsWrapper(_ other: Expression) -> Bool {
    switch (self, other) {
    case (.call(let left), .call(let right)): left == right
    case (.parentheses(let left), .parentheses(let right)): left == right
    case (.commented(let left), .commented(let right)): left == right
    default: false
    }
  }

  @inline(never)
  private func hashLeaf(into hasher: inout Hasher) {
    switch self {
    case .literal(let value):
      hasher.combine(0)
      hasher.combine(value)
    case .variable(let value):
      hasher.combine(1)
      hasher.combine(value)
    case .invalid(let value):
      hasher.combine(2)
      hasher.combine(value)
    default: break
    }
  }

  @inline(never)
  private func hashTemplate(into hasher: inout Hasher) {
    switch self {
    case .template(let value):
      hasher.combine(3)
      hasher.combine(value)
    case .heredoc(let value):
      hasher.combine(4)
      hasher.combine(value)
    default: break
    }
  }

  @inline(never)
  private func hashAccess(into hasher: inout Hasher) {
    switch self {
    case .attribute(let value):
      hasher.combine(5)
      hasher.combine(value)
    case .index(let value):
      hasher.combine(6)
      hasher.combine(value)
    case .legacyIndex(let value):
      hasher.combine(7)
      hasher.combine(value)
    default: break
    }
  }

  @inline(never)
  private func hashSplat(into hasher: inout Hasher) {
    switch self {
    case .splat(let value):
      hasher.combine(8)
      hasher.combine(value)
    case .forExpression(let value):
      hasher.combine(9)
      hasher.combine(value)
    default: break
    }
  }

  @inline(never)
  private func hashCollection(into hasher: inout Hasher) {
    switch self {
    case .tuple(let value):
      hasher.combine(10)
      hasher.combine(value)
    case .object(let value):
      hasher.combine(11)
      hasher.combine(value)
    default: break
    }
  }

  @inline(never)
  private func hashOperation(into hasher: inout Hasher) {
    switch self {
    case .conditional(let value):
      hasher.combine(12)
      hasher.combine(value)
    case .unary(let value):
      hasher.combine(13)
      hasher.combine(value)
    case .binary(let value):
      hasher.combine(14)
      hasher.combine(value)
    default: break
    }
  }

  @inline(never)
  private func hashWrapper(into hasher: inout Hasher) {
    switch self {
    case .call(let value):
      hasher.combine(15)
      hasher.combine(value)
    case .parentheses(let value):
      hasher.combine(16)
      hasher.combine(value)
    case .commented(let value):
      hasher.combine(17)
      hasher.combine(value)
    default: break
    }
  }
}
