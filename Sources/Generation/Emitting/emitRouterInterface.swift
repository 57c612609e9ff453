import HCL
import ProviderModel
import Terraform

extension RouterEmitter {
  var variables: TerraformFile {
    var file = tree.file()
    if stack.usesProject(router) {
      file.add(
        TerraformVariable(
          "project", type: ProjectTree.projectType, description: "The project and the environment"
        ).block)
    }
    if stack.usesTags(router) {
      file.add(
        TerraformVariable(
          "tags", type: .apply("map", .reference("string")),
          description: "Tags of everything that takes them"
        ).block)
    }
    file.add(
      TerraformVariable(collection, type: .reference("any"), description: itemsDescription).block)
    let outputs = router == .apps ? appsOutputs : router == .resources ? [] : usedOutputs
    for name in outputs { file.add(outputsVariable(name)) }
    if router == .apps {
      file.add(
        hidden(
          "secrets", .apply("map", .apply("map", .reference("string"))),
          "Secrets of the apps: app, then variable"))
    }
    for secret in usedSecrets(leaves) {
      var variable = TerraformVariable(
        secret.name, type: secret.type, description: secret.description)
      variable.isSensitive = secret.isSensitive
      file.add(variable.block)
    }
    return file
  }

  /// What apps are told of resources.
  private var appsOutputs: [String] {
    hasResources ? ["resource_outputs", "resource_secrets"] : []
  }

  private func outputsVariable(_ name: String) -> Block {
    let kind = name.hasPrefix("app") ? "apps" : "resources"
    if name.hasSuffix("secrets") {
      return hidden(name, .reference("any"), "Sensitive outputs of the \(kind), by name")
    }
    return TerraformVariable(
      name, type: .reference("any"), description: "Outputs of the \(kind), by name"
    ).block
  }

  private var itemsDescription: String {
    switch router {
    case .resources: "The resources of the environment"
    case .apps: "The apps of the environment"
    case .links: "What joins resources and apps"
    case .monitoring: "What watches them, and who is told"
    }
  }

  private func hidden(_ name: String, _ type: Expression, _ description: String) -> Block {
    var variable = TerraformVariable(name, type: type, description: description)
    variable.isSensitive = true
    return variable.block
  }

  // MARK: - outputs.tf

  var outputs: TerraformFile {
    var file = tree.file()
    file.add(
      TerraformOutput(
        "outputs", merged(isSensitive: false),
        description: "Outputs by name of the \(router == .apps ? "app" : "resource")"
      ).block)
    file.add(
      TerraformOutput(
        "secrets", merged(isSensitive: true),
        description: "Sensitive outputs by name of the \(router == .apps ? "app" : "resource")",
        isSensitive: true
      ).block)
    if router == .apps {
      file.add(
        TerraformOutput(
          "environments", environments,
          description: "Environment variables of the apps on machines, by app", isSensitive: true
        ).block)
    }
    return file
  }

  /// What monitors and notifications give, by leaf and name; nil where none gives anything.
  var watchingOutputs: TerraformFile? {
    let leaves = stack.leavesWithOutputs(.monitoring)
    guard !leaves.isEmpty else { return nil }
    let maps = leaves.map { leaf in
      let attributes = leaf.module.outputs.map { ($0.name, Expression.reference("m", $0.name)) }
      let map = Expression.forExpression(
        ForExpression(
          keyName: "name", valueName: "m", in: .reference("module", leaf.module.callName),
          key: .reference("name"), value: .object(attributes), isMultiline: true))
      return (leaf.module.callName, map)
    }
    var file = tree.file()
    file.add(
      TerraformOutput(
        "outputs", .object(maps), description: "Outputs by type and name",
        isSensitive: leaves.contains { !$0.analysis.sensitiveOutputs.isEmpty }
      ).block)
    return file
  }

  private func merged(isSensitive: Bool) -> Expression {
    let maps = leaves.map { leaf in
      let outputs = leaf.module.outputs.filter {
        leaf.analysis.sensitiveOutputs.contains($0.name) == isSensitive
          && $0.name != environmentFiles
      }
      let attributes = outputs.map { ($0.name, Expression.reference("m", $0.name)) }
      return Expression.forExpression(
        ForExpression(
          keyName: "name", valueName: "m", in: .reference("module", leaf.module.callName),
          key: .reference("name"), value: attributes.isEmpty ? .object([]) : .object(attributes),
          isMultiline: !attributes.isEmpty))
    }
    if maps.count == 1 { return maps[0] }
    return .call(
      FunctionCall("merge", maps.map { TupleExpression.Element($0) }, isMultiline: true))
  }

  private var environments: Expression {
    let lists = leaves.filter { $0.module.output(environmentFiles) != nil }.map { leaf in
      Expression.forExpression(
        ForExpression(
          valueName: "m", in: .reference("module", leaf.module.callName),
          value: .reference("m", environmentFiles)))
    }
    guard let first = lists.first else { return .object([]) }
    let all =
      lists.count == 1
      ? first
      : .call(
        FunctionCall(
          "concat", lists.map { TupleExpression.Element($0) }, isMultiline: true))
    return .call(
      FunctionCall(
        "merge", [TupleExpression.Element(all, beginsLine: false)], expandsLast: true))
  }
}
