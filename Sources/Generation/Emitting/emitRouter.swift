import Files
import HCL
import ProviderModel
import Terraform

/// The files of a router: one call for each of its leaves.
struct RouterEmitter {
  let stack: Stack
  let router: ModuleSpec.Router
  let leaves: [Leaf]
  /// What the calls give to the leaves' inputs, leaf by leaf.
  private var arguments: [[(name: String, value: Expression)]] = []

  init(_ stack: Stack, _ router: ModuleSpec.Router) {
    self.stack = stack
    self.router = router
    leaves = stack.leaves(router)
    arguments = leaves.map { leaf in leaf.inputs.map { ($0.spec.name, argument($0, leaf)) } }
  }

  /// The variable that holds the items, and the folder of the router: `resources`.
  var collection: String { router.rawValue }

  var hasResources: Bool { !stack.leaves(.resource).isEmpty }

  /// Whether something stands behind it that reads what it gives.
  private var hasReaders: Bool { router == .resources || router == .apps }

  /// The outputs of other routers that the calls ask for, by variable.
  var usedOutputs: [String] {
    let names = ["resource_outputs", "resource_secrets", "app_outputs", "app_secrets"]
    var used: Set<String> = []
    for argument in arguments.joined() {
      argument.value.visit { node in
        if let path = node.attributePath, path.count == 2, path[0] == "var" {
          used.insert(path[1])
        }
      }
    }
    return names.filter(used.contains)
  }

  func emit(into tree: inout ProjectTree) {
    guard !leaves.isEmpty else { return }
    let folder = "modules/\(collection)"
    tree.add("\(folder)/main.tf", main)
    tree.add("\(folder)/variables.tf", variables)
    if router == .monitoring {
      if let file = watchingOutputs { tree.add("\(folder)/outputs.tf", file) }
    } else if hasReaders {
      tree.add("\(folder)/outputs.tf", outputs)
    }
  }

  // MARK: - main.tf

  private var main: TerraformFile {
    var file = tree.file()
    file.add(
      .make("locals") { body in
        for leaf in leaves { body.set(leaf.module.callName, group(leaf)) }
      })
    if router == .apps { file.add(environmentLocals) }
    for (leaf, given) in zip(leaves, arguments) { file.add(call(leaf, given).block) }
    return file
  }

  var tree: ProjectTree { ProjectTree(directory: "") }

  /// The items of one leaf, by name.
  private func group(_ leaf: Leaf) -> Expression {
    let item = String(router.rawValue.prefix(1))
    let type = router == .apps ? "infrastructure_type" : "type"
    var condition = Expression.reference(item, "provider").equals(.string(leaf.module.provider))
      .and(.reference(item, type).equals(.string(leaf.module.type)))
    if stack.hasMembers(leaf) {
      condition = condition.and(
        Expression.apply("try", .reference(item, "host"), .null).equals(.null))
    }
    return .forExpression(
      ForExpression(
        valueName: item, in: .reference("var", collection), key: .reference(item, "name"),
        value: .reference(item),
        condition: condition, isMultiline: true))
  }

  private func call(_ leaf: Leaf, _ given: [(name: String, value: Expression)]) -> ModuleCall {
    ModuleCall(
      leaf.module.callName, source: "../../\(leaf.module.folder)",
      forEach: .reference("local", leaf.module.callName),
      arguments: control(leaf) + given)
  }

  /// What says of a leaf's items whether they exist already.
  private func control(_ leaf: Leaf) -> [(name: String, value: Expression)] {
    guard let existing = stack.standIns(of: leaf) else { return [] }
    func given(_ name: String, or otherwise: Expression) -> (name: String, value: Expression) {
      (name, .apply("try", .reference("each", "value", name), otherwise))
    }
    return [given(ExistingLeaf.control, or: .bool(false))]
      + (existing.takesID ? [given(ExistingLeaf.id, or: .null)] : [])
  }

  private func argument(_ input: Leaf.Input, _ leaf: Leaf) -> Expression {
    let given = Expression.reference("each", "value", "config", input.spec.name)
    if input.isCloudName {
      return .apply("try", .reference("each", "value", "cloud_name"), cloudName)
    }
    if input.spec.refersTo != nil { return reference(input, leaf) }
    if let expression = withNamedFields(input, leaf) { return expression }
    if let expression = input.wired {
      return wired(expression, input, given, leaf)
    }
    let isRequired =
      input.spec.defaultExpression == nil
      && !(stack.standIns(of: leaf)?.isOptional(input.spec) ?? false)
    return isRequired ? given : .apply("try", given, .null)
  }

  /// What Terraform answers: by itself, or where the data holds nothing.
  private func wired(
    _ expression: Expression, _ input: Leaf.Input, _ given: Expression, _ leaf: Leaf
  ) -> Expression {
    // Nothing to read, in no environment.
    if !stack.hasPeers(expression) {
      return input.spec.defaultExpression == nil ? given : .apply("try", given, .null)
    }
    let wired = Wiring(stack: stack, leaf: leaf).wired(expression)
    let hasDefault = input.spec.defaultExpression != nil
    guard input.sources.count > 1 || hasDefault else { return wired }
    // An item that refers to nothing has no outputs to ask for.
    let references = expression.referencesWithOutputs.sorted().map { name in
      Expression.apply("try", .reference("each", "value", "refs", name), .null).equals(.null)
    }
    if let first = references.first {
      let isAbsent = references.dropFirst().reduce(first) { $0.or($1) }
      return isAbsent.choose(.apply("try", given, .null), wired)
    }
    return input.sources.count == 1 ? wired : .apply("try", given, wired)
  }

  /// `<project>-<name>`, or the manifest's pattern.
  private var cloudName: Expression {
    let parts: [TemplatePart]
    if let pattern = CloudNames.pattern(stack.manifest) {
      parts = pattern.map { part in
        switch part {
        case .text(let text): .literal(text)
        case .placeholder("project"):
          .interpolation(Interpolation(.reference("var", "project", "name")))
        case .placeholder("environment"):
          .interpolation(Interpolation(.reference("var", "project", "environment")))
        case .placeholder: .interpolation(Interpolation(.reference("each", "key")))
        }
      }
    } else {
      parts = [
        .interpolation(Interpolation(.reference("var", "project", "prefix"))), .literal("-"),
        .interpolation(Interpolation(.reference("each", "key"))),
      ]
    }
    return .template(Template(parts))
  }

  /// The item that an input names, as the outputs that the leaf takes.
  private func reference(_ input: Leaf.Input, _ leaf: Leaf) -> Expression {
    let name = Expression.reference("each", "value", "refs", input.spec.name)
    let given = Expression.apply(
      "try", .reference("each", "value", "config", input.spec.name), .null)
    guard let type = input.spec.referredType,
      let referred = stack.catalog.module(
        provider: leaf.provider.name, type: type, roles: leaf.module.roles(referredBy: input.spec)),
      let target = stack.leaves.first(where: { $0.module.callName == referred.callName })
    else { return given }
    func object(_ name: Expression) -> Expression {
      let source =
        router == target.module.role.router
        ? Expression.reference("module", target.module.callName).at(name)
        : Expression.reference("var", "\(target.module.role.rawValue)_outputs").at(name)
      if let output = input.spec.referredOutput { return source.dot(output) }
      let outputs = (input.passedOutputs ?? []).filter { target.module.output($0) != nil }
      return .object(outputs.map { ($0, source.dot($0)) }, multiline: outputs.count > 1)
    }
    if input.spec.type.isSequence {
      let names = Expression.apply("try", name, .tuple([]))
      let list = Expression.forExpression(
        ForExpression(valueName: "name", in: names, value: object(.reference("name"))))
      return .apply("concat", list, .apply("try", given, .tuple([])))
    }
    return Expression.apply("try", name, .null).equals(.null).choose(given, object(name))
  }

  // MARK: - Environment variables

  /// The environment variables of each app by name, so that only their values are sensitive.
  private var environmentLocals: Block {
    let entry = "e"
    func path(_ index: String) -> Expression {
      Expression.apply("split", .string("."), .reference(entry, "value"))
        .at(.literal(Literal(.number(index))))
    }
    let output = Expression.apply("try", .reference(entry, "output"), path("1"))
    func outputs(_ variable: String) -> Expression {
      Expression.reference("var", variable).at(path("0")).at(output)
    }
    let valueType = Expression.reference(entry, "value_type")
    var value = Expression.reference(entry, "value")
    if hasResources {
      let isReference = valueType.equals(.string("resource_reference"))
      let isSensitive = Expression.apply("try", .reference(entry, "sensitive"), .bool(false))
      value = Self.lines(isReference, outputs("resource_outputs"), value)
      value = Self.lines(isReference.and(isSensitive), outputs("resource_secrets"), value)
    }
    let secret = Expression.reference("var", "secrets").at(.reference("a", "name"))
      .at(.reference(entry, "key"))
    value = Self.lines(valueType.equals(.string("secret")), secret, value)
    value = .parentheses(Parentheses(value, isMultiline: true))
    let attributes: [(String, Expression)] = [
      ("value", value),
      ("secret", .reference(entry, "value_type").equals(.string("secret"))),
      ("encrypt", .apply("try", .reference(entry, "encrypt"), .bool(false))),
      ("scope", .apply("try", .reference(entry, "scope"), .string("run"))),
    ]
    let list = Expression.apply(
      "try",
      Expression.reference("a", "environment_variables").at(
        .reference("var", "project", "environment")),
      .tuple([]))
    let inner = Expression.forExpression(
      ForExpression(
        valueName: entry, in: list, key: .reference(entry, "key"), value: .object(attributes),
        isMultiline: true))
    let outer = Expression.forExpression(
      ForExpression(
        valueName: "a", in: .reference("var", "apps"), key: .reference("a", "name"), value: inner,
        isMultiline: true))
    return .make("locals") { body in
      body.set(
        "env", outer,
        comment:
          "Environment variables by app and name: a map of sensitive values, which blocks may walk."
      )
    }
  }

  /// A conditional over several lines, a case each.
  private static func lines(
    _ condition: Expression, _ then: Expression, _ otherwise: Expression
  ) -> Expression {
    .conditional(Conditional(condition, then: then, otherwise: otherwise, isMultiline: true))
  }
}

/// The agreed name of the output that carries the environment variables of apps on a machine.
let environmentFiles = "environment_files"

/// The secrets that leaves use, by name in order.
func usedSecrets(_ leaves: [Leaf]) -> [ModuleSpec.Secret] {
  var seen: Set<String> = []
  return leaves.flatMap(\.module.secrets).filter { seen.insert($0.name).inserted }
    .sorted { $0.name < $1.name }
}
