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
    file.add(providerArguments.map(\.block))
    if !stack.leaves(.app).isEmpty { file.add(secrets.block) }
    for secret in usedSecrets(stack.leaves) {
      var variable = TerraformVariable(
        secret.name, type: secret.type, default: .null, description: secret.description)
      variable.isSensitive = secret.isSensitive
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
      environment,
    ] + (stack.usesTags ? [tags] : [])
  }

  /// Whether environments may say anything of their own: there are several, and items.
  var hasOverrides: Bool { stack.environments.count > 1 && !stack.routers.isEmpty }

  private var items: [TerraformVariable] {
    var result = stack.routers.map { router in
      let description =
        switch router {
        case .resources: "Resources of the project"
        case .apps: "Apps of the project"
        case .links: "What joins resources and apps"
        case .monitoring: "What watches them, and who is told"
        }
      var variable = TerraformVariable(
        router.rawValue, type: .reference("any"), default: .tuple([]), description: description)
      variable.isNullable = false
      return variable
    }
    if hasOverrides {
      var overrides = TerraformVariable(
        "overrides", type: .reference("any"), default: .object([]),
        description: "What the environment overrides: by collection and name")
      overrides.isNullable = false
      result.append(overrides)
    }
    if ImportEmitter(stack: stack).isUsed {
      var imports = TerraformVariable(
        ImportEmitter.variable,
        type: .apply("map", .apply("map", .reference("string"))), default: .object([]),
        description: "Ids of what exists already and is taken over: by resource, then by item")
      imports.isNullable = false
      result.append(imports)
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
    let given = Expression.reference("var", "secrets").at(.reference("s", "app"))
      .at(.reference("s", "key"))
    func each(_ value: Expression, if condition: Expression? = nil) -> Expression {
      .forExpression(
        ForExpression(
          valueName: "s", in: .reference("local", "needed_secrets"), value: value,
          condition: condition))
    }
    let name = Expression.interpolated([
      .interpolation(Interpolation(.reference("s", "app"))), .literal("/"),
      .interpolation(Interpolation(.reference("s", "key"))),
    ])
    let isMissing = Expression.unary(UnaryOperation(.not, .apply("can", given)))
    let missing = Expression.apply(
      "join", .string(", "), .apply("nonsensitive", each(name, if: isMissing)))
    variable.validations = [
      TerraformVariable.Validation(
        .apply("alltrue", each(.apply("can", given))),
        message: .interpolated([
          .literal("Secrets are missing for "),
          .interpolation(Interpolation(.reference("var", "environment"))),
          .literal(", as app/variable: "), .interpolation(Interpolation(missing)),
          .literal(". Set TF_VAR_secrets to a map of apps to maps of variables."),
        ]))
    ]
    return variable
  }

  /// The secrets that the apps of the environment need: a list of app and key.
  static func neededSecrets(_ apps: Expression) -> Expression {
    let entries = Expression.apply(
      "try",
      Expression.reference("a", "environment_variables").at(.reference("var", "environment")),
      .tuple([]))
    let inner = Expression.forExpression(
      ForExpression(
        valueName: "e", in: entries,
        value: .object(
          [("app", .reference("a", "name")), ("key", .reference("e", "key"))], multiline: false),
        condition: Expression.reference("e", "value_type").equals(.string("secret")),
        isMultiline: true))
    return .apply(
      "flatten",
      .forExpression(ForExpression(valueName: "a", in: apps, value: inner, isMultiline: true)))
  }

  // MARK: - Providers

  /// Arguments of providers that the project decides; what they are stands in the data.
  private var providerArguments: [TerraformVariable] {
    (stack.providers + stack.retiredProviders).flatMap { provider in
      stack.arguments(of: provider).map { name in
        TerraformVariable(
          provider.variable(name), type: .reference("any"),
          description: "Argument \(name) of the provider \(provider.title)")
      }
    }
  }

  func credentials(_ provider: ProviderSpec, isRetired: Bool) -> [TerraformVariable] {
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
