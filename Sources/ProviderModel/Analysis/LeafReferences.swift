public import HCL

/// What the expressions of a leaf mention, through locals too.
struct LeafReferences {
  private let locals: [String: Expression]

  init(_ module: ModuleSpec) { locals = module.locals }

  /// The paths that an expression mentions, and those that the locals in it mention.
  func paths(in expression: Expression) -> [[String]] {
    var result: [[String]] = []
    var pending = [expression]
    var seen: Set<String> = []
    while let next = pending.popLast() {
      for path in next.allPaths {
        result.append(path)
        if path[0] == "local", path.count > 1, seen.insert(path[1]).inserted,
          let local = locals[path[1]]
        {
          pending.append(local)
        }
      }
    }
    return result
  }

  /// The inputs of which something is part of an expression's value, and doesn't only decide it.
  func inputs(flowingInto expression: Expression) -> Set<String> {
    var result: Set<String> = []
    var seen: Set<String> = []
    collect(expression, into: &result, &seen)
    return result
  }

  private func collect(
    _ expression: Expression, into result: inout Set<String>, _ seen: inout Set<String>
  ) {
    switch expression {
    case .conditional(let choice):
      collect(choice.then, into: &result, &seen)
      collect(choice.otherwise, into: &result, &seen)
    case .index(let access): collect(access.base, into: &result, &seen)
    case .parentheses(let inner): collect(inner.expression, into: &result, &seen)
    case .attribute, .splat:
      guard let path = expression.attributePath, path.count > 1 else { return }
      if path[0] == "var" { result.insert(path[1]) }
      if path[0] == "local", seen.insert(path[1]).inserted, let local = locals[path[1]] {
        collect(local, into: &result, &seen)
      }
    case .call(let call):
      // The key of a table decides.
      for (index, argument) in call.arguments.enumerated() where call.name != "lookup" || index != 1
      {
        collect(argument.value, into: &result, &seen)
      }
    default:
      for path in expression.allPaths {
        if path[0] == "var" { result.insert(path[1]) }
        if path[0] == "local", seen.insert(path[1]).inserted, let local = locals[path[1]] {
          collect(local, into: &result, &seen)
        }
      }
    }
  }
}

extension ModuleSpec {
  /// The values of the leaf's locals, by name.
  public var locals: [String: Expression] {
    var locals: [String: Expression] = [:]
    for block in body where block.type == "locals" {
      for case .attribute(let attribute) in block.body.items {
        locals[attribute.name] = attribute.value
      }
    }
    return locals
  }

  /// Whatever stands in the leaf as Terraform's.
  var terraformExpressions: [Expression] {
    var result: [Expression] = []
    for block in body + existing.map(\.block) { block.body.expressions { result.append($0) } }
    return result + outputs.map(\.value) + outputs.compactMap(\.existing)
  }
}
