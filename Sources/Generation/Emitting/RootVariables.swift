import HCL
import ProviderModel
import Terraform

/// The variables of the root module.
struct RootVariables {
  let stack: Stack

  func file(_ tree: ProjectTree) -> TerraformFile {
    var file = tree.file()
    file.add(project.map(\.block))
    file.add(items.map(\.block))
    if !stack.leaves(.app).isEmpty { file.add(secrets.block) }
    for secret in usedSecrets(stack.leaves) {
      var variable = TerraformVariable(
        secret.name, type: .reference("string"), default: .null, description: secret.description)
      variable.isSensitive = true
      file.add(variable.block)
    }
    for (provider, isRetired) in stack.providers.map({ ($0, false) })
      + stack.retiredProviders.map({ ($0, true) })
    {
      file.add(credentials(provider, isRetired: isRetired).map(\.block))
    }
    return file
  }

  private var project: [TerraformVariable] {
    var environment = TerraformVariable(
      "environment", type: .reference("string"),
      default: stack.environments.count == 1 ? stack.environments.first.map { .string($0) } : nil,
      description: "Environment that is deployed")
    let names = stack.environments
    environment.validations = [
      TerraformVariable.Validation(
        .apply("contains", .tuple(names.map { .string($0) }), .reference("var", "environment")),
        message: .string("The environments of this project are \(names.joined(separator: ", "))."))
    ]
    var tags = TerraformVariable(
      "tags", type: .apply("map", .reference("string")), default: .object([]),
      description: "Tags beside those that name project and environment")
    tags.isNullable = false
    return [
      TerraformVariable(
        "project_name", type: .reference("string"), description: "Name of the project"),
      TerraformVariable(
        "project_title", type: .reference("string"), description: "What people call the project"),
      TerraformVariable(
        "webkit_version", type: .reference("string"),
        description: "Version of webkit that wrote the tree"),
      environment, tags,
    ]
  }

  private var items: [TerraformVariable] {
    let groups: [(ModuleSpec.Role, String, String)] = [
      (.resource, "resources", "Resources of the project"), (.app, "apps", "Apps of the project"),
      (.link, "links", "What joins resources and apps"),
    ]
    var result = groups.filter { !stack.leaves($0.0).isEmpty }.map { _, name, description in
      var variable = TerraformVariable(
        name, type: .reference("any"), default: .tuple([]), description: description)
      variable.isNullable = false
      return variable
    }
    if stack.environments.count > 1 {
      var overrides = TerraformVariable(
        "overrides", type: .reference("any"), default: .object([]),
        description: "What the environment overrides: by collection and name")
      overrides.isNullable = false
      result.append(overrides)
    }
    return result
  }

  // MARK: - Secrets

  private var secrets: TerraformVariable {
    var variable = TerraformVariable(
      "secrets", type: .apply("map", .apply("map", .reference("string"))), default: .object([]),
      description: "Secrets of the apps: app, then variable")
    variable.isNullable = false
    variable.isSensitive = true
    let apps: Expression =
      stack.environments.count > 1 ? .reference("local", "apps") : .reference("var", "apps")
    let entries = Expression.apply(
      "try",
      Expression.reference("a", "environment_variables").at(.reference("var", "environment")),
      .tuple([]))
    let isMissing = Expression.unary(
      UnaryOperation(
        .not,
        .apply(
          "can",
          Expression.reference("var", "secrets").at(.reference("a", "name")).at(
            .reference("e", "key")))))
    let name = Expression.template(
      Template([
        .interpolation(Interpolation(.reference("a", "name"))), .literal("/"),
        .interpolation(Interpolation(.reference("e", "key"))),
      ]))
    let inner = Expression.forExpression(
      ForExpression(
        valueName: "e", in: entries, value: name,
        condition: Expression.reference("e", "value_type").equals(.string("secret")).and(isMissing))
    )
    let missing = Expression.apply(
      "flatten",
      .forExpression(ForExpression(valueName: "a", in: apps, value: inner)))
    let list = Expression.apply("join", .string(", "), .apply("nonsensitive", missing))
    variable.validations = [
      TerraformVariable.Validation(
        Expression.apply("length", missing).equals(.literal(Literal(.number("0")))),
        message: .template(
          Template([
            .literal("Secrets are missing for "),
            .interpolation(Interpolation(.reference("var", "environment"))),
            .literal(", as app/variable: "),
            .interpolation(Interpolation(list)),
            .literal(". Set TF_VAR_secrets to a map of apps to maps of variables."),
          ])))
    ]
    return variable
  }

  // MARK: - Credentials

  private func credentials(_ provider: ProviderSpec, isRetired: Bool) -> [TerraformVariable] {
    provider.passedCredentials.map { credential in
      var variable = TerraformVariable(
        provider.variable(credential), type: .reference("string"), default: isRetired ? .null : nil,
        description: credential.description)
      variable.isSensitive = true
      variable.isEphemeral = true
      if isRetired { variable.comments = [RootEmitter.retirement(provider)] }
      return variable
    }
  }
}
