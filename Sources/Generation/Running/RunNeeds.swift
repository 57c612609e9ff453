public import AppManifest
public import Diagnostics
import ProviderModel

/// What running a project's tree needs beside the tree.
public struct RunNeeds: Sendable {
  /// Something that isn't written down: a token, a key.
  public struct Credential: Hashable, Sendable {
    /// The variables of which any holds it; the first is the documented one.
    public var names: [String]
    /// The variable under which the engine takes it, where that isn't the one that holds it.
    public var engineName: String?
    /// What it is, and whose.
    public var description: String
    /// Whether it can do without.
    public var isOptional = false
  }

  /// A secret that an app of an environment needs.
  public struct Secret: Sendable {
    /// The app.
    public var app: String
    /// The variable.
    public var name: String
    /// Where it is kept.
    public var reference: SecretReference
    /// The environment.
    public var environment: String
    /// Where the manifest asks for it.
    public var location: SourceLocation

    /// Makes a secret of what the manifest says; nil for a variable that is none.
    public init?(_ variable: Variable, of app: String, in environment: String, _ manifest: Manifest)
    {
      guard case .secret(let reference) = variable.source else { return nil }
      self.app = app
      name = variable.name.value
      self.reference = reference
      self.environment = environment
      location = manifest.location(reference.range)
    }
  }

  /// The program that the manifest asks for; nil where it doesn't say.
  public var engine: InfraSettings.Engine?
  /// The lowest version of Terraform that may run it: `1.11.0`.
  public var lowestVersion: String
  /// The folder of the tree, relative to the project's.
  public var directory: String
  /// The environments, in order.
  public var environments: [String]
  /// What providers need, in the order of their names.
  public var credentials: [Credential]
  /// What the place of the state needs.
  public var state: StateAccess
  /// What states need that are kept elsewhere, by the engine's word for the backend; worked out when
  /// it is called.
  public var otherStates: @Sendable () -> [String: StateAccess]
  /// The secrets of all environments, by app and name in order.
  public var secrets: [Secret]
  /// The app on whose machine an app is, often itself, by environment and app; others aren't on any.
  public var machines: [String: [String: String]]
  /// The types of resources that hold data.
  public var statefulTypes: Set<String>
}

extension Stack {
  /// What running the tree needs.
  func needs(_ backend: ResolvedBackend) -> RunNeeds {
    RunNeeds(
      engine: manifest.settings.engine?.value, lowestVersion: RootEmitter.lowestVersion,
      directory: manifest.settings.directory, environments: environments,
      credentials: (providers + retiredProviders).flatMap(credentials),
      state: backend.access(environments, catalog),
      otherStates: { [catalog] in catalog.accessByType }, secrets: deployments.flatMap(secrets),
      machines: Dictionary(
        uniqueKeysWithValues: deployments.map { ($0.environment, machines($0)) }),
      statefulTypes: Set(
        catalog.providers.flatMap { provider in
          provider.types.filter(\.value.isStateful).map(\.key)
        }))
  }

  private func machines(_ deployment: Deployment) -> [String: String] {
    let apps = deployment.items(.app).filter { $0.leaf.module.output(environmentFiles) != nil }
    return Dictionary(uniqueKeysWithValues: apps.map { ($0.name, $0.host ?? $0.name) })
  }

  private func secrets(of deployment: Deployment) -> [RunNeeds.Secret] {
    deployment.items(.app).flatMap { item in
      let named = Set(item.variables.map(\.name))
      return item.source.map { app in
        manifest.variables(of: app, in: deployment.environment).compactMap { variable in
          named.contains(variable.name.value)
            ? RunNeeds.Secret(variable, of: item.name, in: deployment.environment, manifest) : nil
        }
      } ?? []
    }
  }

  private func credentials(of provider: ProviderSpec) -> [RunNeeds.Credential] {
    let passed = Set(provider.passedCredentials.map(\.argument))
    return neededCredentials(provider).map { credential in
      let variable = "TF_VAR_\(provider.variable(credential))"
      let isPassed = passed.contains(credential.argument)
      return RunNeeds.Credential(
        names: isPassed ? [variable] + credential.environment : credential.environment,
        engineName: isPassed ? variable : nil,
        description: "\(credential.description) (\(provider.title))")
    }
  }
}
