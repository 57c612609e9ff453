import HCL
import ProviderModel
import Terraform

/// Rewrites an expression of ours into the one that stands in a router.
struct Wiring {
  /// The role of the router.
  var role: ModuleSpec.Role
  /// How the provider takes tags.
  var tags: Expression?
  /// How an output of another item is reached: its name, the output's, and whether it is hidden.
  var isSensitiveOutput: (String) -> Bool

  /// The expression in the router's words.
  func wired(_ expression: Expression) -> Expression {
    expression.rewritten { node in
      switch node {
      case .attribute(let access): return attribute(access, node)
      case .forExpression(let loop): return overMembers(loop) ?? overConsumers(loop)
      case .variable(let variable):
        switch variable.name {
        case "tags": return tags.map(overTags) ?? .reference("var", "tags")
        case "environment": return .reference("var", "project", "environment")
        default: return nil
        }
      default: return nil
      }
    }
  }

  /// `[for m in members : m.env]` walks the names of the apps on a machine.
  private func overMembers(_ loop: ForExpression) -> Expression? {
    guard case .variable(let root) = loop.collection, root.name == "members" else { return nil }
    func inside(_ expression: Expression) -> Expression {
      expression.rewritten { node in
        guard let path = node.attributePath, path.count == 2, path[0] == loop.valueName else {
          return nil
        }
        switch path[1] {
        case "name": return .reference(loop.valueName)
        case "env": return Expression.reference("local", "env").at(.reference(loop.valueName))
        default: return nil
        }
      }
    }
    var result = loop
    result.collection = .apply(
      "concat", .tuple([.reference("each", "key")]),
      .apply("try", .reference("each", "value", "members"), .tuple([])))
    result.key = loop.key.map(inside)
    result.value = inside(loop.value)
    result.condition = loop.condition.map(inside)
    return .forExpression(result)
  }

  private func overTags(_ expression: Expression) -> Expression {
    expression.rewritten { node in
      if case .variable(let variable) = node, variable.name == "tags" {
        return .reference("var", "tags")
      }
      return nil
    }
  }

  private func attribute(_ access: AttributeAccess, _ node: Expression) -> Expression? {
    guard let path = node.attributePath else { return nil }
    switch (path[0], path.count) {
    case ("item", 2): return path[1] == "name" ? .reference("each", "key") : nil
    case ("app", 2) where path[1] == "env":
      return Expression.reference("local", "env").at(.reference("each", "key"))
    case ("project", 2): return .reference("var", "project", path[1])
    case ("secret", 2): return .reference("var", path[1])
    case ("run", 2):
      return Expression.apply(
        "try", Expression.reference("var", path[1]).at(.reference("each", "key")), .null)
    case ("resource", 3) where path[1] == "outputs":
      return outputs("resource", path[2]).at(.reference("each", "value", "resource")).dot(path[2])
    default: return nil
    }
  }

  private func outputs(_ kind: String, _ output: String) -> Expression {
    .reference("var", "\(kind)_\(isSensitiveOutput(output) ? "secrets" : "outputs")")
  }

  /// `[for c in consumers : c.outputs.x]` walks names, and asks the other router for outputs.
  private func overConsumers(_ loop: ForExpression) -> Expression? {
    guard case .variable(let root) = loop.collection, root.name == "consumers" else { return nil }
    func inside(_ expression: Expression) -> Expression {
      expression.rewritten { node in
        guard let path = node.attributePath, path.count == 3, path[0] == loop.valueName,
          path[1] == "outputs"
        else { return nil }
        return Expression.reference("var", "app_outputs").at(.reference(loop.valueName)).dot(
          path[2])
      }
    }
    var result = loop
    result.collection = .reference("each", "value", "consumers")
    result.key = loop.key.map(inside)
    result.value = inside(loop.value)
    result.condition = loop.condition.map(inside)
    return .forExpression(result)
  }
}

extension Stack {
  /// Whether a leaf of a role takes tags.
  func usesTags(_ role: ModuleSpec.Role) -> Bool {
    leaves(role).contains { leaf in
      leaf.inputs.contains { input in
        var usesTags = false
        input.wired?.visit { node in
          if case .variable(let variable) = node, variable.name == "tags" { usesTags = true }
        }
        return usesTags
      }
    }
  }

  /// Whether anything in the tree takes tags.
  var usesTags: Bool { ModuleSpec.Role.allCases.contains { usesTags($0) } }
}

extension Leaf.Input {
  /// The type that an input's reference names, with the outputs that are passed.
  var passedOutputs: [String]? {
    guard spec.refersTo != nil else { return nil }
    return spec.type.objectAttributes?.map(\.name)
  }
}
