import HCL
import ProviderModel
import Terraform

/// Rewrites an expression of ours into the one that stands in a router.
struct Wiring {
  /// The role of the router.
  var role: ModuleSpec.Role
  /// How the provider takes tags.
  var tags: Expression?
  /// Whether an output of resources, or of apps, is hidden.
  var isSensitiveOutput: (_ kind: ModuleSpec.Role, _ output: String) -> Bool
  /// What a name that the item's owner refers by names: a resource or an app.
  var referredKind: (_ name: String) -> ModuleSpec.Role

  /// The expression in the router's words.
  func wired(_ expression: Expression) -> Expression {
    expression.rewritten { node in
      switch node {
      case .attribute(let access): return attribute(access, node)
      case .forExpression(let loop): return overMembers(loop) ?? overItems(loop)
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
      return outputs(.resource, path[2]).at(.reference("each", "value", "resource")).dot(path[2])
    case ("refs", 4) where path[2] == "outputs":
      return outputs(referredKind(path[1]), path[3]).at(
        .reference("each", "value", "refs", path[1])
      )
      .dot(path[3])
    default: return nil
    }
  }

  private func outputs(_ kind: ModuleSpec.Role, _ output: String) -> Expression {
    let suffix = isSensitiveOutput(kind, output) ? "secrets" : "outputs"
    return .reference("var", "\(kind.rawValue)_\(suffix)")
  }

  /// What a loop walks: names in the data, and the router of what they name.
  private func names(_ collection: Expression) -> (names: Expression, kind: ModuleSpec.Role)? {
    if case .variable(let root) = collection, root.name == "consumers" {
      return (.reference("each", "value", "consumers"), .app)
    }
    if let path = collection.attributePath, path.count == 2, path[0] == "refs" {
      return (.reference("each", "value", "refs", path[1]), referredKind(path[1]))
    }
    return nil
  }

  /// `[for c in consumers : c.outputs.x]` walks names, and asks the other router for outputs.
  private func overItems(_ loop: ForExpression) -> Expression? {
    guard let (names, kind) = names(loop.collection) else { return nil }
    func inside(_ expression: Expression) -> Expression {
      expression.rewritten { node in
        guard let path = node.attributePath, path.count == 3, path[0] == loop.valueName,
          path[1] == "outputs"
        else { return nil }
        return outputs(kind, path[2]).at(.reference(loop.valueName)).dot(path[2])
      }
    }
    var result = loop
    result.collection = names
    result.key = loop.key.map(inside)
    result.value = inside(loop.value)
    result.condition = loop.condition.map(inside)
    return .forExpression(result)
  }
}

extension Stack {
  /// Whether a leaf of a role takes tags.
  func usesTags(_ role: ModuleSpec.Role) -> Bool {
    leaves(role).contains { leaf in leaf.inputs.contains { mentions(["tags"], $0) } }
  }

  /// Whether the router of a role asks for the project or the environment.
  func usesProject(_ role: ModuleSpec.Role) -> Bool {
    leaves(role).contains { leaf in
      leaf.inputs.contains {
        $0.isCloudName || mentions(["project", "environment"], $0)
          // The variables of an app are those of the environment.
          || mentions(["app"], $0)
      }
    }
  }

  private func mentions(_ roots: Set<String>, _ input: Leaf.Input) -> Bool {
    var found = false
    input.wired?.visit { node in
      if case .variable(let variable) = node, roots.contains(variable.name) { found = true }
    }
    return found
  }

  /// Whether anything in the tree takes tags.
  var usesTags: Bool { ModuleSpec.Role.allCases.contains { usesTags($0) } }
}

extension Expression {
  /// The names by which it asks for outputs of what an item refers to.
  var referencesWithOutputs: Set<String> {
    var names: Set<String> = []
    visit { node in
      switch node {
      case .attribute:
        if let path = node.attributePath, path.count == 4, path[0] == "refs", path[2] == "outputs" {
          names.insert(path[1])
        }
      case .forExpression(let loop):
        if let path = loop.collection.attributePath, path.count == 2, path[0] == "refs" {
          names.insert(path[1])
        }
      default: break
      }
    }
    return names
  }
}

extension Leaf.Input {
  /// The type that an input's reference names, with the outputs that are passed.
  var passedOutputs: [String]? {
    guard spec.refersTo != nil else { return nil }
    return spec.type.objectAttributes?.map(\.name)
  }
}

extension Stack {
  /// Whether a name, by which what a link belongs to refers to something, names resources or apps.
  func kind(referredBy name: String, fromWhatHas link: ModuleSpec) -> ModuleSpec.Role {
    for word in link.each?.types ?? [] {
      let parts = word.split(separator: ".").map(String.init)
      guard
        let owner = catalog.module(
          provider: parts.count == 2 ? parts[0] : link.provider, type: parts.last ?? word,
          roles: [.resource, .app]),
        let spec = (owner.variables + owner.settings).first(where: { $0.name == name }),
        let type = spec.referredType,
        let target = catalog.module(
          provider: owner.provider, type: type, roles: owner.roles(referredBy: spec))
      else { continue }
      return target.role
    }
    return .resource
  }
}
