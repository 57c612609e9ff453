import AppManifest
import HCL
import JSON
import ProviderModel
import Terraform

/// The root module.
struct RootEmitter {
  let stack: Stack
  let backend: ResolvedBackend

  private var hasResources: Bool { !stack.leaves(.resource).isEmpty }
  private var hasApps: Bool { !stack.leaves(.app).isEmpty }
  private var hasLinks: Bool { !stack.leaves(.link).isEmpty }
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

  // MARK: - Providers

  private var allProviders: [ProviderSpec] {
    (stack.providers + stack.retiredProviders).sorted { $0.localName < $1.localName }
  }

  private func versions(_ tree: ProjectTree) -> TerraformFile {
    var file = tree.file()
    file.add(
      .make("terraform") { body in
        body.set("required_version", .string(">= 1.11.0"))
        guard !allProviders.isEmpty else { return }
        body.space()
        body.add(
          .make("required_providers") { inner in
            for provider in allProviders {
              inner.set(
                provider.localName,
                .object([
                  ("source", .string(provider.source)), ("version", .string(provider.version)),
                ]),
                comment: isRetired(provider) ? Self.retirement(provider) : nil)
            }
          })
      })
    return file
  }

  private func isRetired(_ provider: ProviderSpec) -> Bool {
    stack.retiredProviders.contains { $0.name == provider.name }
  }

  static func retirement(_ provider: ProviderSpec) -> String {
    "\(provider.title) has left app.json. It stays until `webkit update --prune-providers`, since a state may still hold what only it can destroy."
  }

  private func providers(_ tree: ProjectTree) -> TerraformFile {
    var file = tree.file()
    for provider in allProviders {
      let passed = provider.passedCredentials
      let read = stack.neededCredentials(provider).filter { credential in
        !passed.contains { $0.argument == credential.argument }
      }
      var comments: [String] = []
      if isRetired(provider) { comments.append(Self.retirement(provider)) }
      if !read.isEmpty {
        let names = read.compactMap(\.environment.first).joined(separator: ", ")
        comments.append("Reads \(names) from the environment.")
      }
      file.add(
        .make("provider", [provider.localName], comments: comments) { body in
          for credential in passed {
            body.set(credential.argument, .reference("var", provider.variable(credential)))
          }
        })
    }
    return file
  }

  private func backendFile(_ tree: ProjectTree) -> TerraformFile {
    var file = tree.file()
    file.add(
      .make(
        "terraform",
        comments: ["All settings stand in environments/<environment>.tfbackend."]
      ) { body in body.add(.make("backend", [backend.spec.name]) { _ in }) })
    return file
  }

  // MARK: - main.tf

  private func main(_ tree: ProjectTree) -> TerraformFile {
    var file = tree.file()
    file.add(locals)
    let collections: [(ModuleSpec.Role, String, String)] = [
      (.resource, "resources", "r"), (.app, "apps", "a"), (.link, "links", "l"),
    ]
    let used = collections.filter { !stack.leaves($0.0).isEmpty }
    if hasOverrides, !used.isEmpty {
      file.add(
        .make("locals") { body in
          for (role, name, item) in used {
            body.space()
            body.set(
              name, overridden(name, item, role),
              comment: "The \(name) of the environment, with what it overrides.")
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
    for (role, name, _) in used {
      file.add(
        ModuleCall(name, source: "./modules/\(name)", arguments: arguments(role, name)).block)
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
  private func overridden(
    _ collection: String, _ item: String, _ role: ModuleSpec.Role
  ) -> Expression {
    let key: Expression =
      role == .link
      ? .template(
        Template([
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

  private func arguments(
    _ role: ModuleSpec.Role, _ name: String
  ) -> [(name: String, value: Expression)] {
    let items = hasOverrides ? Expression.reference("local", name) : .reference("var", name)
    var arguments: [(name: String, value: Expression)] = [
      ("project", .reference("local", "project")), ("tags", .reference("local", "tags")),
      (name, items),
    ]
    if role != .resource, hasResources {
      arguments.append(("resource_outputs", .reference("module", "resources", "outputs")))
    }
    if role == .app {
      if hasResources {
        arguments.append(("resource_secrets", .reference("module", "resources", "secrets")))
      }
      arguments.append(("secrets", .reference("var", "secrets")))
    }
    if role == .link {
      arguments.append(
        ("app_outputs", hasApps ? .reference("module", "apps", "outputs") : .object([])))
    }
    for secret in usedSecrets(stack.leaves(role)) {
      arguments.append((secret.name, .reference("var", secret.name)))
    }
    return arguments
  }

  // MARK: - environment.tf

  private func guardFile(_ tree: ProjectTree) -> TerraformFile {
    var file = tree.file()
    file.add(
      .make(
        "resource", ["terraform_data", "environment"],
        comments: [
          "A state remembers what it belongs to, so that the variables of one environment can't be",
          "applied to the state of another.",
        ]
      ) { body in
        body.set("input", .interpolated(Self.identity))
        body.space()
        body.add(.make("lifecycle") { inner in fillGuard(&inner) })
      })
    return file
  }

  /// What a state belongs to: `<project>/<environment>`.
  private static let identity: [TemplatePart] = [
    .interpolation(Interpolation(.reference("var", "project_name"))), .literal("/"),
    .interpolation(Interpolation(.reference("var", "environment"))),
  ]

  private func fillGuard(_ body: inout BodyBuilder) {
    let workspace = Expression.reference("terraform", "workspace")
    body.set("ignore_changes", .tuple([.reference("input")]))
    body.space()
    body.add(
      .make("precondition") { inner in
        inner.set(
          "condition",
          .apply(
            "contains", .tuple([.string("default"), .reference("var", "environment")]), workspace))
        let message: [TemplatePart] =
          [.literal("The workspace "), .interpolation(Interpolation(workspace))]
          + [.literal(" is not that of ")] + Self.identity
          + [
            .literal(
              ". Each environment has a state of its own: run `terraform workspace select default`."
            )
          ]
        inner.set("error_message", .interpolated(message))
      })
    body.space()
    body.add(
      .make("postcondition") { inner in
        inner.set(
          "condition", Expression.reference("self", "input").equals(.interpolated(Self.identity)))
        let owner = Expression.reference("self", "input")
        let message: [TemplatePart] =
          [.literal("This state belongs to "), .interpolation(Interpolation(owner))]
          + [.literal(", but the variables are those of ")] + Self.identity
          + [.literal(". Run `terraform init` with the backend file of the same environment.")]
        inner.set("error_message", .interpolated(message))
      })
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
    return .object([
      ("project", .reference("var", "project_name")),
      ("environment", .reference("var", "environment")),
      ("resources_count", count("resources", hasResources)), ("apps_count", count("apps", hasApps)),
      ("webkit_version", .reference("var", "webkit_version")),
    ])
  }
}

extension ProviderSpec {
  /// Credentials that the root has to hand over: the provider doesn't read them itself, or its
  /// schema demands the argument.
  var passedCredentials: [Credential] {
    credentials.filter { credential in
      !credential.isReadByProvider
        || schema.provider.attributes[credential.argument]?.isRequired ?? false
    }
  }

  /// The root variable of a credential.
  func variable(_ credential: Credential) -> String { "\(name)_\(credential.argument)" }
}

extension Stack {
  /// The credentials of a provider that the resource types in use need.
  func neededCredentials(_ provider: ProviderSpec) -> [ProviderSpec.Credential] {
    let special = Set(provider.types.values.flatMap(\.credentials))
    var needed: Set<String> = []
    for leaf in leaves {
      for block in leaf.module.body where ["resource", "data"].contains(block.type) {
        guard let type = block.labels.first?.text else { continue }
        let key = block.type == "data" ? "data." + type : type
        needed.formUnion(provider.types[key]?.credentials ?? [])
      }
    }
    return provider.credentials.filter {
      !special.contains($0.argument) || needed.contains($0.argument)
    }
  }
}
