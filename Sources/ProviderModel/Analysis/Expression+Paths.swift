public import HCL

extension Expression {
  /// Whether it is `null`.
  var isNull: Bool {
    if case .literal(let literal) = self { literal.kind == .null } else { false }
  }

  /// The names of a chain such as `a.b[0].c[*].d`, indexes left out; nil for anything else.
  public var attributePath: [String]? { path(before: 0) }

  /// The names of the chain, with room for those of what stands behind it.
  private func path(before count: Int) -> [String]? {
    switch self {
    case .variable(let variable):
      var path: [String] = []
      path.reserveCapacity(count + 1)
      path.append(variable.name)
      return path
    case .attribute(let access):
      guard var path = access.base.path(before: count + 1) else { return nil }
      path.append(access.name)
      return path
    case .index(let access): return access.base.path(before: count)
    case .legacyIndex(let access): return access.base.path(before: count)
    case .splat(let splat):
      guard var path = splat.base.path(before: count + splat.steps.count) else { return nil }
      for case .attribute(let name) in splat.steps { path.append(name) }
      return path
    case .literal, .template, .heredoc, .tuple, .object, .forExpression, .conditional, .unary,
      .binary, .call, .parentheses, .commented, .invalid:
      return nil
    }
  }

  /// Whether it is the chain of some names, indexes left out.
  public func isPath(_ names: [String]) -> Bool {
    var expression = self
    var count = names.count
    while count > 0 {
      switch expression {
      case .variable(let variable): return count == 1 && variable.name == names[0]
      case .attribute(let access):
        guard access.name == names[count - 1] else { return false }
        count -= 1
        expression = access.base
      case .index(let access): expression = access.base
      case .legacyIndex(let access): expression = access.base
      case .splat: return expression.attributePath.map { $0[...] == names[..<count] } ?? false
      case .literal, .template, .heredoc, .tuple, .object, .forExpression, .conditional, .unary,
        .binary, .call, .parentheses, .commented, .invalid:
        return false
      }
    }
    return false
  }

  /// Every path of two or more names in it, parts of longer ones too, whatever its root.
  var allPaths: [[String]] {
    var result: [[String]] = []
    visit { node in
      switch node {
      case .attribute, .splat:
        if let path = node.attributePath, path.count > 1 { result.append(path) }
      default: break
      }
    }
    return result
  }
}
