public import Diagnostics
public import HCL

/// A place where Terraform keeps its state.
public struct BackendSpec: Sendable {
  /// The word for it in manifests.
  public var name: String
  /// Other words for it in manifests.
  public var aliases: [String] = []
  /// Terraform's word for the backend that reaches it.
  public var type: String
  /// The file it stands in.
  public var file: SourceFile
  /// What people call it.
  public var title: String
  /// A page about it.
  public var documentation: String?
  /// What who uses it has to do beside.
  public var note: String?
  /// The setting that says which state it is, for example `key`; `block.name` is one of a block.
  public var stateArgument: String
  /// Its value, with `{project}` and `{environment}`.
  public var statePattern: String
  /// The arguments that say which state is meant; all others say how it is reached.
  public var placeArguments: [String] = []
  /// Whether the state is a file on the machine that applies.
  public var isLocal = false
  /// What a manifest may set; each is an argument of its name, unless `arguments` has another.
  public var settings: [VariableSpec] = []
  /// Arguments that follow from the settings; null leaves one out.
  public var arguments: [(name: String, from: Expression)] = []
  /// What has to hold, over the settings and `state`.
  public var rules: [ModuleSpec.Rule] = []
  /// Settings that a variable of the environment holds where the manifest doesn't say.
  public var settingVariables: [String: String] = [:]
  /// Settings that hold secrets, and the environment variables from which Terraform takes them:
  /// an object over the settings.
  public var secretVariables: Expression?
  /// The secrets that it can do without.
  public var optionalSecrets: Set<String> = []
  /// Other variables that hold the secrets, by the secret; all of a set belong together.
  public var credentials: [[String: String]] = []
  /// Variables by which Terraform gets at secrets by itself.
  public var ambientVariables: [String] = []
  /// Variables that Terraform needs whoever applies: an object over the settings.
  public var variables: Expression?
  /// Whether one run at a time can write the state, over the settings; nil if it always is so.
  public var locks: Expression?
  /// Why nothing locks, where nothing can.
  public var unlockedReason: String?
  /// How the bucket is reached that holds the states; nil where none does.
  public var bucket: BucketSpec?
  /// What who keeps states there has to know, where there is no bucket; sentences.
  public var upkeep: String?

  /// The setting that says whether the state is locked; nil where none does.
  public var lockSetting: String? {
    settings.map(\.name).first { locks?.attributePath == ["settings", $0] }
  }

  /// The secrets and the variables from which Terraform takes them, with some settings.
  public func secrets(_ settings: [String: Value]) -> [String: String] {
    texts(secretVariables, settings)
  }

  /// The variables that Terraform needs, with some settings.
  public func engineVariables(_ settings: [String: Value]) -> [String: String] {
    texts(variables, settings)
  }

  /// Whether one run at a time can write the state, with some settings.
  public func isLocked(_ settings: [String: Value]) -> Bool {
    guard let locks else { return true }
    return value(of: locks, settings) != .bool(false)
  }

  /// What an expression of it comes to with some settings.
  public func value(
    of expression: Expression, _ settings: [String: Value], state: String? = nil,
    arguments: [String: Value] = [:]
  ) -> Value {
    let scope = FixedScope([
      "settings": .object(settings), "state": state.map(Value.string) ?? .null,
      "arguments": .object(arguments),
    ])
    return Evaluator(scope).value(of: expression)
  }

  /// The settings with their defaults where nothing is given.
  public func filled(_ given: [String: Value]) -> [String: Value] {
    var result = given
    for setting in settings where result[setting.name] == nil {
      result[setting.name] = setting.defaultValue ?? .null
    }
    return result
  }

  private func texts(_ expression: Expression?, _ settings: [String: Value]) -> [String: String] {
    guard let expression else { return [:] }
    return (value(of: expression, settings).attributes ?? [:]).compactMapValues(\.scalarText)
  }
}

/// Reads a backend's spec: a file with one `backend` block.
func readBackend(_ file: SourceFile, into diagnostics: inout Diagnostics) -> BackendSpec? {
  let body = parseBody(file, into: &diagnostics)
  guard let block = body.blocks.first, block.type == "backend", body.items.count == 1 else {
    diagnostics.append(
      Diagnostic(
        .error, "spec.not-a-backend", "a backend file holds exactly one `backend \"name\"` block",
        at: SourceLocation(file, SourceRange(0, 0))))
    return nil
  }
  var reader = BlockReader(block, in: file)
  let name = reader.requiredLabel(into: &diagnostics)
  var backend = BackendSpec(
    name: name, type: reader.text("type", into: &diagnostics) ?? name, file: file,
    title: reader.required("title", into: &diagnostics),
    stateArgument: reader.required("state_argument", into: &diagnostics),
    statePattern: reader.required("state", into: &diagnostics))
  backend.aliases = reader.texts("aliases", into: &diagnostics) ?? []
  backend.placeArguments = reader.texts("place", into: &diagnostics) ?? []
  backend.documentation = reader.text("documentation", into: &diagnostics)
  backend.note = reader.text("note", into: &diagnostics)
  backend.isLocal = reader.flag("local", into: &diagnostics) ?? false
  backend.settingVariables = reader.textMap("from_environment", into: &diagnostics)
  backend.secretVariables = reader.expression("secrets")
  backend.optionalSecrets = Set(reader.texts("optional", into: &diagnostics) ?? [])
  backend.credentials = (reader.list("credentials", into: &diagnostics) ?? []).map { set in
    (set.attributes ?? [:]).compactMapValues(\.scalarText)
  }
  backend.ambientVariables = reader.texts("ambient", into: &diagnostics) ?? []
  backend.variables = reader.expression("variables")
  backend.locks = reader.expression("locks")
  backend.unlockedReason = reader.text("unlocked", into: &diagnostics)
  backend.upkeep = reader.text("upkeep", into: &diagnostics)
  reader.finish(blocks: ["setting", "argument", "rule", "bucket"], into: &diagnostics)
  for nested in block.body.blocks { backend.add(nested, into: &diagnostics) }
  return backend
}

extension BackendSpec {
  fileprivate mutating func add(_ block: Block, into diagnostics: inout Diagnostics) {
    var reader = BlockReader(block, in: file)
    switch block.type {
    case "setting": settings.append(readVariable(block, file, into: &diagnostics))
    case "argument":
      arguments.append(
        (
          reader.requiredLabel(into: &diagnostics),
          reader.requiredExpression("from", into: &diagnostics)
        ))
      reader.finish(into: &diagnostics)
    case "rule":
      rules.append(
        ModuleSpec.Rule(
          condition: reader.requiredExpression("condition", into: &diagnostics),
          message: reader.required("message", into: &diagnostics), isWarning: false))
      reader.finish(into: &diagnostics)
    case "bucket": bucket = BucketSpec(&reader, into: &diagnostics)
    default: break
    }
  }
}
