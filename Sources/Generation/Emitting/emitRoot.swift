import AppManifest
import HCL
import JSON
import ProviderModel
import Terraform

/// The root module.
struct RootEmitter {
  let stack: Stack
  let backend: ResolvedBackend
  let routers: [RouterEmitter]

  private var hasResources: Bool { !stack.leaves(.resource).isEmpty }
  private var hasApps: Bool { !stack.leaves(.app).isEmpty }
  private var hasOverrides: Bool { stack.environments.count > 1 }

  func emit(into tree: inout ProjectTree) {
    tree.add("versions.tf", versions(tree))
    tree.add("providers.tf", providers(tree))
    tree.add("backend.tf", backendFile(tree))
    tree.add("variables.tf", RootVariables(stack: stack).file(tree))
    tree.add("main.tf", main(tree))
    tree.add("environment.tf", guardFile(tree))
    tree.add("outputs.tf", outputs(tree))
    for environment in stack.environments {
      tree.add(
        "environments/\(environment).tfbackend",
        backend.body(environment, header: ProjectTree.header))
    }
  }

  // MARK: - backend.tf

  private func backendFile(_ tree: ProjectTree) -> TerraformFile {
    var file = tree.file()
    file.add(
      .make(
        "terraform",
        comments: ["All settings stand in environments/<environment>.tfbackend."]
      ) { body in body.add(.make("backend", [backend.spec.type]) { _ in }) })
    return file
  }

  // MARK: - main.tf

  private func main(_ tree: ProjectTree) -> TerraformFile {
    var file = tree.file()
    file.add(locals)
    let routers = stack.routers
    if hasOverrides, !routers.isEmpty {
      file.add(
        .make("locals") { body in
          for router in routers {
            body.space()
            body.set(
              router.rawValue, overridden(router),
              comment: "The \(router.rawValue) of the environment, with what it overrides.")
          }
        })
    }
    if hasApps {
      let apps = hasOverrides ? Expression.reference("local", "apps") : .reference("var", "apps")
      file.add(
        .make("locals") { body in
          body.set(
            "needed_secrets", RootVariables.neededSecrets(apps),
            comment: "What var.secrets has to hold.")
        })
    }
    for router in routers {
      let name = router.rawValue
      file.add(
        ModuleCall(name, source: "./modules/\(name)", arguments: arguments(router)).block)
    }
    return file
  }

  private var locals: Block {
    let name = Expression.reference("var", "project_name")
    let environment = Expression.reference("var", "environment")
    let both = Expression.template(
      Template([
        .interpolation(Interpolation(name)), .literal("-"),
        .interpolation(Interpolation(environment)),
      ]))
    let stackName = Expression.reference("local", "stack")
    return .make("locals") { body in
      body.set("stack", both)
      body.space()
      body.set(
        "project",
        .object([
          ("name", name), ("title", .reference("var", "project_title")),
          ("environment", environment),
          ("prefix", environment.equals(.string("production")).choose(name, stackName)),
          ("stack", stackName),
        ]))
      guard stack.usesTags else { return }
      body.space()
      body.set(
        "tags",
        .call(
          FunctionCall(
            "merge",
            [
              TupleExpression.Element(.reference("var", "tags"), beginsLine: false),
              TupleExpression.Element(
                .object([
                  ("project", name), ("environment", environment), ("stack", stackName),
                  ("managed-by", .string("webkit")),
                ]), beginsLine: false),
            ])))
    }
  }

  /// The items of the environment: `[for r in var.resources : merge(r, <overrides>) if <it is deployed here>]`.
  private func overridden(_ router: ModuleSpec.Router) -> Expression {
    let collection = router.rawValue
    let item = String(collection.prefix(1))
    let key: Expression =
      router == .links || router == .monitoring
      ? .template(
        Template([
          .interpolation(Interpolation(.reference(item, "provider"))), .literal("_"),
          .interpolation(Interpolation(.reference(item, "type"))), .literal("/"),
          .interpolation(Interpolation(.reference(item, "name"))),
        ])) : .reference(item, "name")
    let override = Expression.reference("var", "overrides", collection).at(key)
    let none = Expression.object([])
    func laid(_ name: String) -> Expression {
      .apply(
        "merge", .apply("try", .reference(item, name), none),
        .apply("try", override.dot(name), none))
    }
    let merged = Expression.call(
      FunctionCall(
        "merge",
        [
          .init(.reference(item), beginsLine: false),
          .init(.apply("try", override, none), beginsLine: false),
          .init(.object([("config", laid("config")), ("refs", laid("refs"))]), beginsLine: false),
        ]))
    let deployed = Expression.apply(
      "contains",
      .apply("try", .reference(item, "environments"), .tuple([.reference("var", "environment")])),
      .reference("var", "environment"))
    return .forExpression(
      ForExpression(
        valueName: item, in: .reference("var", collection), value: merged, condition: deployed,
        isMultiline: true))
  }

  private func arguments(_ router: ModuleSpec.Router) -> [(name: String, value: Expression)] {
    let name = router.rawValue
    let items = hasOverrides ? Expression.reference("local", name) : .reference("var", name)
    var arguments: [(name: String, value: Expression)] = []
    if stack.usesProject(router) { arguments.append(("project", .reference("local", "project"))) }
    if stack.usesTags(router) { arguments.append(("tags", .reference("local", "tags"))) }
    arguments.append((name, items))
    switch router {
    case .resources: break
    case .apps:
      let outputs = hasResources ? ["resource_outputs", "resource_secrets"] : []
      arguments += outputs.map { ($0, outputsOf($0)) }
      arguments.append(("secrets", .reference("var", "secrets")))
    case .links, .monitoring:
      arguments += (routers.first { $0.router == router }?.usedOutputs ?? []).map {
        ($0, outputsOf($0))
      }
    }
    for secret in usedSecrets(stack.leaves(router)) {
      arguments.append((secret.name, .reference("var", secret.name)))
    }
    return arguments
  }

  /// What a router's variable for outputs of another router gets: `app_secrets`.
  private func outputsOf(_ variable: String) -> Expression {
    let isOfApps = variable.hasPrefix("app")
    guard isOfApps ? hasApps : hasResources else { return .object([]) }
    return .reference(
      "module", isOfApps ? "apps" : "resources",
      variable.hasSuffix("secrets") ? "secrets" : "outputs")
  }

  // MARK: - outputs.tf

  private func outputs(_ tree: ProjectTree) -> TerraformFile {
    var file = tree.file()
    for (name, has) in [("resources", hasResources), ("apps", hasApps)] {
      let value: Expression =
        has
        ? .forExpression(
          ForExpression(
            keyName: "name", valueName: "outputs", in: .reference("module", name, "outputs"),
            key: .reference("name"),
            value: .apply(
              "merge", .reference("outputs"),
              Expression.reference("module", name, "secrets").at(.reference("name")))))
        : .object([])
      file.add(
        TerraformOutput(
          name, value, description: "Outputs of the \(name), by name", isSensitive: has
        ).block)
    }
    file.add(
      TerraformOutput(
        "environments", hasApps ? .reference("module", "apps", "environments") : .object([]),
        description: "Environment variables of the apps on machines, by app", isSensitive: hasApps
      ).block)
    let watching = stack.leavesWithOutputs(.monitoring)
    if !watching.isEmpty {
      file.add(
        TerraformOutput(
          "monitoring", .reference("module", "monitoring", "outputs"),
          description: "Outputs of monitors and notifications, by type and name",
          isSensitive: watching.contains { !$0.analysis.sensitiveOutputs.isEmpty }
        ).block)
    }
    file.add(
      TerraformOutput("deployment_summary", summary, description: "What is deployed").block)
    return file
  }

  private var summary: Expression {
    func count(_ name: String, _ has: Bool) -> Expression {
      has
        ? .apply("length", hasOverrides ? .reference("local", name) : .reference("var", name))
        : .literal(Literal(.number("0")))
    }
    // Where no item takes anything from the project, its description is read here.
    let isTaken = stack.routers.contains { stack.usesProject($0) }
    let name =
      isTaken ? Expression.reference("var", "project_name") : .reference("local", "project", "name")
    return .object([
      ("project", name), ("environment", .reference("var", "environment")),
      ("resources_count", count("resources", hasResources)), ("apps_count", count("apps", hasApps)),
      ("webkit_version", .reference("var", "webkit_version")),
    ])
  }
}
