public import Diagnostics
import ProviderModel

/// What reading and writing the state needs beside what the tree says.
public struct StateAccess: Sendable {
  /// A setting of the backend that isn't in the tree.
  public struct Setting: Sendable {
    /// Its name, as the engine is told: `bucket`.
    public var name: String
    /// The variable that holds it, and what it is.
    public var source: RunNeeds.Credential
  }

  /// Sets of credentials, the last of them what the engine reads by itself.
  ///
  /// The first of which anything is given counts, and must be given whole.
  public var ways: [[RunNeeds.Credential]] = []
  /// Variables by which the engine gets there without credentials.
  public var ambientVariables: [String] = []
  /// What `init` is told beside the tree's own settings.
  public var settings: [Setting] = []
  /// Variables that the engine has to see.
  public var variables: [String: String] = [:]
  /// What to say where two runs at once can write the state.
  public var unlocked: Diagnostic?

  /// What to export for the engine alone, in order.
  public var documented: [RunNeeds.Credential] { ways.last ?? [] }
}

extension ResolvedBackend {
  /// What reaching the state needs.
  var access: StateAccess {
    let secrets = spec.secrets(settings).sorted { $0.value < $1.value }
    let own = Dictionary(uniqueKeysWithValues: secrets.map { ($0.key, $0.value) })
    let ways = secrets.isEmpty ? [] : spec.credentials + [own]
    return StateAccess(
      ways: ways.map { way in
        secrets.compactMap { secret, engineName in
          way[secret].map { name in
            RunNeeds.Credential(
              names: [name], engineName: engineName,
              description: "Access to the state (\(spec.title))",
              isOptional: spec.optionalSecrets.contains(secret))
          }
        }
      },
      ambientVariables: spec.ambientVariables,
      settings: settingsOfEnvironment.map { setting, variable in
        StateAccess.Setting(
          name: setting.name,
          source: RunNeeds.Credential(
            names: [variable],
            description: "\(setting.description) that holds the state (\(spec.title))"))
      }, variables: spec.engineVariables(settings), unlocked: unlocked)
  }
}
