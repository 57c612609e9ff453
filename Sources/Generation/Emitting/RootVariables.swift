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
        secret.name, type: .ref("string"), default: .nothing, description: secret.description)
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
      "environment", type: .ref("string"),
      default: stack.environments.count == 1 ? stack.environments.first.map { .quoted($0) } : nil,
      description: "Environment that is deployed")
    let names = stack.environments
    environment.validations = [
      TerraformVariable.Validation(
        .apply("contains", .row(names.map { .quoted($0) }), .ref("var", "environment")),
        message: .quoted("The environments of this project are \(names.joined(separator: ", "))."))
    ]
    var tags = TerraformVariable(
      "tags", type: .apply("map", .ref("string")), default: .inline([]),
      description: "Tags beside those that name project and environment")
    tags.isNullable = false
    return [
      TerraformVariable("project_name", type: .ref("string"), description: "Name of the project"),
      TerraformVariable(
        "project_title", type: .ref("string"), description: "What people call the project"),
      TerraformVariable(
        "webkit_version", type: .ref("string"), description: "Version of webkit that wrote the tree"),
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
        name, type: .ref("any"), default: .row([]), description: description)
      variable.isNullable = false
      return variable
    }
    if stack.environments.count > 1 {
      var overrides = TerraformVariable(
        "overrides", type: .ref("any"), default: .inline([]),
        description: "What the environment overrides: by collection and name")
      overrides.isNullable = false
      result.append(overrides)
    }
    return result
  }

  // MARK: - Secrets

  private var secrets: TerraformVariable {
    var variable = TerraformVariable(
      "secrets", type: .apply("map", .apply("map", .ref("string"))), default: .inline([]),
      description: "Secrets of the apps: app, then variable")
    variable.isNullable = false
    variable.isSensitive = true
    let apps: Expression =
      stack.environments.count > 1 ? .ref("local", "apps") : .ref("var", "apps")
    let entries = Expression.apply(
      "try",
      Expression.ref("a", "environment_variables").element(.ref("var", "environment")), .row([]))
    let isMissing = Expression.unary(
      UnaryOperation(
        .not,
        .apply(
          "can",
          Expression.ref("var", "secrets").element(.ref("a", "name")).element(.ref("e", "key")))))
    let name = Expression.template(
      Template([
        .interpolation(Interpolation(.ref("a", "name"))), .literal("/"),
        .interpolation(Interpolation(.ref("e", "key"))),
      ]))
    let inner = Expression.forExpression(
      ForExpression(
        valueName: "e", in: entries, value: name,
        condition: Expression.ref("e", "value_type").equals(.quoted("secret")).and(isMissing)))
    let missing = Expression.apply(
      "flatten",
      .forExpression(ForExpression(valueName: "a", in: apps, value: inner)))
    let list = Expression.apply("join", .quoted(", "), .apply("nonsensitive", missing))
    variable.validations = [
      TerraformVariable.Validation(
        Expression.apply("length", missing).equals(.literal(Literal(.number("0")))),
        message: .template(
          Template([
            .literal("Secrets are missing for "),
            .interpolation(Interpolation(.ref("var", "environment"))), .literal(", as app/variable: "),
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
        provider.variable(credential), type: .ref("string"), default: isRetired ? .nothing : nil,
        description: credential.description)
      variable.isSensitive = true
      variable.isEphemeral = true
      if isRetired { variable.comments = [RootEmitter.retirement(provider)] }
      return variable
    }
  }
}
