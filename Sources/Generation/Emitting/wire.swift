import HCL
import ProviderModel
import Terraform

/// Rewrites an expression of ours into the one that stands in a router.
struct Wiring {
  let stack: Stack
  /// The leaf whose call it stands in.
  let leaf: Leaf

  /// The expression in the router's words.
  func wired(_ expression: Expression) -> Expression {
    expression.rewritten { node in
      switch node {
      case .attribute(let access): return attribute(access, node)
      case .forExpression(let loop): return overItems(loop)
      case .variable(let variable):
        switch variable.name {
        case "tags":
          return leaf.provider.tags.map { overTags($0.value) } ?? .reference("var", "tags")
        case "environment": return .reference("var", "project", "environment")
        default: return nil
        }
      default: return nil
      }
    }
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
    case ("item", 2):
      guard path[1] == "name" else { return nil }
      return leaf.module.each?.selection == .output
        ? .reference("each", "value", "item") : .reference("each", "key")
    case ("output", 2):
      return path[1] == "value" ? outputValue : .reference("each", "value", path[0])
    case ("app", 2) where path[1] == "env":
      return Expression.reference("local", "env").at(.reference("each", "key"))
    case ("project", 2): return .reference("var", "project", path[1])
    case ("secret", 2): return .reference("var", path[1])
    case ("run", 2):
      return Expression.apply(
        "try", Expression.reference("var", path[1]).at(.reference("each", "key")), .null)
    case ("resource", 3) where path[1] == "outputs":
      return outputs(.resource, path[2]).at(.reference("each", "value", "resource")).dot(path[2])
    case ("app", 3) where path[1] == "outputs":
      return outputs(.app, path[2]).at(.reference("each", "value", "app")).dot(path[2])
    case ("peers", 3): return peers(path[1], path[2])
    case ("refs", 4) where path[2] == "outputs":
      return outputs(kind(path[1]), path[3]).at(
        .reference("each", "value", "refs", path[1])
      )
      .dot(path[3])
    default: return nil
    }
  }

  /// The instances of another leaf of the router; none where it isn't in use.
  private func peers(_ provider: String, _ type: String) -> Expression {
    let name = "\(provider)_\(type)"
    guard stack.leaves.contains(where: { $0.module.callName == name }) else { return .tuple([]) }
    return .apply("values", .reference("module", name))
  }

  /// The output that the instance is for: the data says which map holds it.
  private var outputValue: Expression {
    let sources = stack.sources(of: leaf)
    let maps: Expression =
      sources.count == 1
      ? .reference("var", sources[0])
      : Expression.object(sources.map { ($0, .reference("var", $0)) }, multiline: false)
        .at(.reference("each", "value", "source"))
    return maps.at(.reference("each", "value", "item")).at(.reference("each", "value", "output"))
  }

  /// What a name that the subject refers by names: a resource or an app.
  private func kind(_ name: String) -> ModuleSpec.Role {
    stack.kind(referredBy: name, fromWhatHas: leaf.module)
  }

  private func outputs(_ kind: ModuleSpec.Role, _ output: String) -> Expression {
    let isSensitive = stack.leaves(kind).contains {
      $0.analysis.sensitiveOutputs.contains(output)
    }
    let suffix = isSensitive ? "secrets" : "outputs"
    return .reference("var", "\(kind.rawValue)_\(suffix)")
  }

  /// What a loop walks: data, and what stands for a path of one of its elements.
  private func walked(
    _ collection: Expression, as element: String
  ) -> (data: Expression, part: ([String]) -> Expression?)? {
    let name = Expression.reference(element)
    func output(_ answer: @escaping (String) -> Expression) -> ([String]) -> Expression? {
      { $0.count == 2 && $0[0] == "outputs" ? answer($0[1]) : nil }
    }
    if case .variable(let root) = collection {
      switch root.name {
      case "consumers":
        return (
          .reference("each", "value", "consumers"),
          output { outputs(.app, $0).at(name).dot($0) }
        )
      case "items":
        return (.reference("each", "value", "items"), output { itemOutput($0, element) })
      case "members":
        // The item itself, and those on its machine.
        let names = Expression.apply(
          "concat", .tuple([.reference("each", "key")]),
          .apply("try", .reference("each", "value", "members"), .tuple([])))
        let parts = ["name": name, "env": Expression.reference("local", "env").at(name)]
        return (names, { $0.count == 1 ? parts[$0[0]] : nil })
      default: return nil
      }
    }
    if let path = collection.attributePath, path.count == 2, path[0] == "refs" {
      let kind = kind(path[1])
      return (
        .reference("each", "value", "refs", path[1]), output { outputs(kind, $0).at(name).dot($0) }
      )
    }
    return nil
  }

  /// An output of one of the project's items, whichever list it stands in.
  private func itemOutput(_ output: String, _ element: String) -> Expression {
    let name = Expression.reference(element, "name")
    let answers = [ModuleSpec.Role.app, .resource].filter { role in
      stack.leaves(role).contains {
        $0.module.output(output) != nil && $0.module.provider == leaf.module.provider
      }
    }.map { outputs($0, output).at(name).dot(output) }
    guard answers.count == 2 else { return answers.first ?? .null }
    return Expression.reference(element, "kind").equals(.string("app"))
      .choose(answers[0], answers[1])
  }

  /// `[for c in consumers : c.outputs.x]` walks names, and asks the other router for outputs.
  private func overItems(_ loop: ForExpression) -> Expression? {
    guard let (data, part) = walked(loop.collection, as: loop.valueName) else { return nil }
    func inside(_ expression: Expression) -> Expression {
      expression.rewritten { node in
        guard let path = node.attributePath, path.count > 1, path[0] == loop.valueName else {
          return nil
        }
        return part(Array(path.dropFirst()))
      }
    }
    var result = loop
    result.collection = data
    result.key = loop.key.map(inside)
    result.value = inside(loop.value)
    result.condition = loop.condition.map(inside)
    return .forExpression(result)
  }
}

extension Stack {
  /// Whether a leaf of a router takes tags.
  func usesTags(_ router: ModuleSpec.Router) -> Bool {
    leaves(router).contains { $0.wires("tags") }
  }

  /// Whether a leaf of a router takes anything from the project; the variables of apps always do.
  func usesProject(_ router: ModuleSpec.Router) -> Bool {
    router == .apps
      || leaves(router).contains { leaf in
        leaf.wires("project") || leaf.wires("environment")
          || namesOfProject && leaf.inputs.contains(where: \.isCloudName)
      }
  }

  /// Whether names in the cloud are made of the project or the environment.
  private var namesOfProject: Bool {
    CloudNames.pattern(manifest)?.contains { part in
      if case .placeholder(let word) = part { word != "name" } else { false }
    } ?? true
  }

  /// Whether anything in the tree takes tags.
  var usesTags: Bool { leaves.contains { $0.wires("tags") } }

  /// The variables that hold the outputs which the instances of a leaf are for.
  func sources(of leaf: Leaf) -> [String] {
    let items = deployments.flatMap(\.items).filter { $0.leaf === leaf }
    let names = items.flatMap(\.bound).filter { $0.name == "source" }.compactMap(
      \.value.stringValue)
    return Set(names).sorted()
  }

  /// Whether the tree may read an output of a leaf: that of a link only where another link does.
  func reads(_ output: OutputSpec, of leaf: Leaf) -> Bool {
    guard leaf.module.role == .link else { return true }
    let path = ["peers", leaf.module.provider, leaf.module.type, output.name]
    var isRead = false
    for input in leaves(ModuleSpec.Router.links).flatMap(\.inputs) {
      input.wired?.visit { node in isRead = isRead || node.attributePath == path }
    }
    return isRead
  }

  /// Whether an instance of a leaf reads another of its router, in any environment.
  func hasPeers(_ expression: Expression) -> Bool {
    var isThere = true
    expression.visit { node in
      if let path = node.attributePath, path.count == 3, path[0] == "peers",
        !leaves.contains(where: { $0.module.callName == "\(path[1])_\(path[2])" })
      {
        isThere = false
      }
    }
    return isThere
  }
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
