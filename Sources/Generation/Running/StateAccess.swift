public import Diagnostics
public import JSON
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

  /// A bucket that holds the states.
  public struct Bucket: Sendable {
    /// The URL of its store.
    public var endpoint: String
    /// What requests are signed for, as curl's `--aws-sigv4` takes it.
    public var signature: String
    /// Where a new one is made, for stores that want to be told.
    public var location: String?
    /// Its name; nil where a variable says it.
    public var name: String?
    /// The setting that names it.
    public var setting: String
    /// The variables of the engine that hold the keys.
    public var accessKey: String
    /// The second key.
    public var secretKey: String
    /// What belongs to keys that hold for a while.
    public var token: String?
    /// Whether the store is known to honour conditional writes; nil where nobody knows.
    public var honoursConditions: Bool?
    /// Where the state of a workspace stands, with `{workspace}` and `{state}`.
    public var workspacePattern: String
  }

  /// The backend, as people call it.
  public var title: String
  /// What who keeps states there has to know, where there is no bucket.
  public var upkeep: String?
  /// The bucket; nil where the state is kept otherwise.
  public var bucket: Bucket?
  /// Which state an environment's is: the key in the bucket, the file.
  public var states: [String: String] = [:]
  /// The engine's word for the backend.
  public var type: String
  /// What the engine is told of which state is meant, by the environment and the argument; without
  /// what a variable says.
  public var places: [String: [String: JSONNode]] = [:]
  /// The arguments of it.
  public var placeArguments: [String] = []
  /// Whether the state is a file on the machine that applies.
  public var isLocal = false
  /// The setting that says whether the state is locked; nil where none does.
  public var lockSetting: String?
  /// Whether one run at a time can write the state, if the place does what it is said to do.
  public var isLocked = true
  /// Variables that would say where the state is if the manifest named one of these backends: a line
  /// of the manifest for each.
  public var unheardVariables: [String: [String]] = [:]

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
  func access(_ environments: [String], _ catalog: Catalog) -> StateAccess {
    var access = spec.access(settings)
    access.isLocked = spec.isLocked(settings)
    access.unlocked = unlocked
    access.settings = settingsOfEnvironment.map { setting, variable in
      StateAccess.Setting(
        name: setting.name,
        source: RunNeeds.Credential(
          names: [variable],
          description: "\(setting.description) that holds the state (\(spec.title))"))
    }
    for environment in environments {
      access.states[environment] = state(environment)
      access.places[environment] = place(environment)
    }
    access.bucket = bucket
    if !isChosen { access.unheardVariables = catalog.linesByVariable }
    return access
  }

  private func place(_ environment: String) -> [String: JSONNode] {
    var told = Dictionary(uniqueKeysWithValues: arguments.map { ($0.name, $0.value.json) })
    let path = spec.stateArgument.split(separator: ".").map(String.init)
    let state = JSONNode.string(state(environment))
    told[path[0]] = path.count == 2 ? .object([(path[1], state)]) : state
    return told.filter { spec.placeArguments.contains($0.key) }
  }

  private var bucket: StateAccess.Bucket? {
    guard let bucket = spec.bucket else { return nil }
    let secrets = spec.secrets(settings)
    let arguments = Dictionary(uniqueKeysWithValues: arguments.map { ($0.name, $0.value) })
    let value = { spec.value(of: $0, settings, arguments: arguments) }
    guard let endpoint = value(bucket.endpoint).scalarText,
      let signature = value(bucket.signature).scalarText,
      let accessKey = secrets["access_key"], let secretKey = secrets["secret_key"]
    else { return nil }
    let honours = bucket.conditionalWrites.map(value)
    return StateAccess.Bucket(
      endpoint: endpoint, signature: signature, location: bucket.location.map(value)?.scalarText,
      name: settings[bucket.setting]?.scalarText, setting: bucket.setting, accessKey: accessKey,
      secretKey: secretKey, token: secrets["token"],
      honoursConditions: honours == .bool(true) ? true : honours == .bool(false) ? false : nil,
      workspacePattern: bucket.workspacePattern)
  }
}

extension BackendSpec {
  /// What reaching states there needs, whosever they are.
  func access(_ settings: [String: Value]) -> StateAccess {
    let secrets = secrets(settings).sorted { $0.value < $1.value }
    let own = Dictionary(uniqueKeysWithValues: secrets.map { ($0.key, $0.value) })
    let ways = secrets.isEmpty ? [] : credentials + [own]
    var access = StateAccess(title: title, type: type, placeArguments: placeArguments)
    (access.upkeep, access.isLocal, access.lockSetting) = (upkeep, isLocal, lockSetting)
    access.ways = ways.map { way in
      secrets.compactMap { secret, engineName in
        way[secret].map { name in
          RunNeeds.Credential(
            names: [name], engineName: engineName,
            description: "Access to the state (\(title))",
            isOptional: optionalSecrets.contains(secret))
        }
      }
    }
    access.ambientVariables = ambientVariables
    access.variables = engineVariables(settings)
    return access
  }
}

extension Catalog {
  /// What reaches the states that an engine's backend of some type keeps, whatever it is called in
  /// manifests: all sets of credentials, what the engine reads by itself last.
  var accessByType: [String: StateAccess] {
    var found: [String: StateAccess] = [:]
    for backend in backends {
      let access = backend.access(backend.filled([:]))
      guard var known = found[backend.type] else {
        found[backend.type] = access
        continue
      }
      let own = known.ways.popLast()
      known.ways += access.ways.filter { !known.ways.contains($0) && $0 != own }
      known.ways += [own].compactMap(\.self)
      known.ambientVariables += access.ambientVariables.filter {
        !known.ambientVariables.contains($0)
      }
      known.variables.merge(access.variables) { first, _ in first }
      found[backend.type] = known
    }
    return found
  }

  /// For each variable that says where states are, a line of the manifest for each backend that it
  /// would say it for.
  fileprivate var linesByVariable: [String: [String]] {
    var lines: [String: [String]] = [:]
    for backend in backends {
      for variable in backend.settingVariables.values.sorted() {
        lines[variable, default: []].append(backend.exampleLine)
      }
    }
    return lines
  }
}

extension BackendSpec {
  /// What a manifest says to choose it: `{ "type": "spaces", "region": "fra1" }`.
  fileprivate var exampleLine: String {
    let needed = settings.filter { $0.defaultValue == nil && settingVariables[$0.name] == nil }
    let pairs = needed.map { "\"\($0.name)\": \"\($0.example?.scalarText ?? "...")\"" }
    return "{ " + (["\"type\": \"\(name)\""] + pairs).joined(separator: ", ") + " }"
  }
}
