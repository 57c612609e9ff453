import HCL
import ProviderModel
import Terraform

extension RootEmitter {
  private var allProviders: [ProviderSpec] {
    (stack.providers + stack.retiredProviders).sorted { $0.localName < $1.localName }
  }

  /// The lowest version of Terraform and OpenTofu that may run the tree.
  static let lowestVersion = "1.11.0"

  func versions(_ tree: ProjectTree) -> TerraformFile {
    var file = tree.file()
    file.add(
      .make("terraform") { body in
        body.set("required_version", .string(">= \(Self.lowestVersion)"))
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

  func providers(_ tree: ProjectTree) -> TerraformFile {
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
          for name in stack.arguments(of: provider) {
            body.set(name, .reference("var", provider.variable(name)))
          }
          for credential in passed {
            body.set(credential.argument, .reference("var", provider.variable(credential)))
          }
        })
    }
    return file
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
  func variable(_ credential: Credential) -> String { variable(credential.argument) }

  /// The root variable of an argument.
  func variable(_ argument: String) -> String { "\(name)_\(argument)" }
}

extension Stack {
  /// The arguments of a provider that the project decides in any environment, in order.
  func arguments(of provider: ProviderSpec) -> [String] {
    provider.arguments.map(\.name).filter { name in
      deployments.contains { deployment in
        deployment.providerArguments[provider.name]?.contains {
          $0.name == name && !$0.value.isNull
        } ?? false
      }
    }
  }

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
