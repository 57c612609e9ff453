public import AppManifest
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
      otherStates: { [catalog] in catalog.accessByType },
      statefulTypes: Set(
        catalog.providers.flatMap { provider in
          provider.types.filter(\.value.isStateful).map(\.key)
        }))
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
