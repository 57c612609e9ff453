import Generation
import Platform

/// The variables that the engine gets, and what is missing.
struct EngineVariables: Sendable {
  /// All that it gets.
  var values: [String: String] = [:]
  /// What nobody gave, though providers need it.
  var missing: [RunNeeds.Credential] = []
  /// What nobody gave, though reaching the state needs it.
  var missingForState: [RunNeeds.Credential] = []
  /// The names of those that reaching the state alone needs.
  var stateNames: Set<String> = []
  /// The secrets of apps, which only commands get that evaluate the tree's variables.
  var appSecrets: String?
  /// Values that no message may hold.
  var hidden = HiddenValues()
  /// What `init` is told of the state beside the tree's own settings: `bucket=shop-state`.
  var stateSettings: [String] = []

  /// Chooses from this process's variables.
  ///
  /// Everything that isn't named here stays away: what the shell holds for other programs is none
  /// of the engine's business, nor of the providers that it starts.
  init(_ needs: RunNeeds, _ target: RunTarget, also names: [String], from given: Environment) {
    for (name, value) in given.all where Self.isPassed(name) || names.contains(name) {
      values[name] = value
    }
    for credential in needs.credentials {
      guard let name = credential.names.first(where: { given.text($0) != nil }) else {
        if !credential.isOptional { missing.append(credential) }
        continue
      }
      values[credential.engineName ?? name] = given[name]
    }
    let others = Set(values.keys)
    add(needs.state, from: given)
    stateNames = Set(values.keys).subtracting(others)
    hidden.insert(needs.credentialValues(in: given))
    // Another environment's data or state is what `--environment` is there to rule out.
    values["TF_VAR_environment"] = nil
    values[PreparedRun.secretsVariable] = nil
    if let workspace = values["TF_WORKSPACE"], !["default", target.environment].contains(workspace)
    {
      values["TF_WORKSPACE"] = nil
    }
    values["TF_DATA_DIR"] = target.dataDirectory
    values["CHECKPOINT_DISABLE"] = "1"
    for command in Self.commandsWithData {
      let own = "-var-file=\(target.dataFile)"
      let key = "TF_CLI_ARGS_\(command)"
      values[key] = values[key].map { "\(own) \($0)" } ?? own
    }
  }

  /// What nobody gave, though a run that reaches providers and the state needs it.
  var allMissing: [RunNeeds.Credential] { missing + missingForState }

  /// The commands that take the project's data.
  static let commandsWithData = [
    "plan", "apply", "destroy", "refresh", "import", "console",
  ]

  private static let names: Set = [
    "PATH", "HOME", "USER", "LANG", "TERM", "TMPDIR", "TZ", "SSH_AUTH_SOCK", "HTTP_PROXY",
    "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy",
  ]
  private static let prefixes = ["LC_", "XDG_", "SSL_CERT_", "TF_"]

  private static func isPassed(_ name: String) -> Bool {
    // `TF_STATE_...` are webkit's own, and secrets.
    if name.hasPrefix("TF_STATE_") { return false }
    return names.contains(name) || prefixes.contains { name.hasPrefix($0) }
  }
}

/// An environment of a tree, as the engine is told of it.
struct RunTarget: Sendable {
  var environment: String
  /// Where the engine keeps what it downloads, relative to the tree.
  var dataDirectory: String { ".terraform/\(environment)" }
  /// What the environment has instead of the project's data, relative to the tree.
  var dataFile: String { "environments/\(environment).tfvars.json" }
  /// Where its state is, relative to the tree.
  var backendFile: String { "environments/\(environment).tfbackend" }
}
