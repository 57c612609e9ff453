public import Diagnostics
import JSON

/// Reads a manifest and checks all that can be said without knowing the providers.
///
/// Every mistake is reported at once. What is returned then lacks what couldn't be read: elements
/// of `apps` and `resources` without a name, a type or a provider are left out. It is nil only if
/// the file isn't JSON or isn't an object.
public func readManifest(
  _ file: SourceFile, into diagnostics: inout Diagnostics
) -> Manifest? {
  guard let root = parseJSON(file, into: &diagnostics) else { return nil }
  var reader = ManifestReader(file: file)
  let manifest = reader.read(root)
  diagnostics.append(contentsOf: reader.diagnostics)
  return manifest
}

/// Turns the JSON tree into the model.
struct ManifestReader {
  let file: SourceFile
  var diagnostics = Diagnostics()
  /// The settings, which say what environments there are.
  var settings = InfraSettings()
  /// The environments that are deployed.
  var environments: [String] = []

  init(file: SourceFile) { self.file = file }

  mutating func read(_ root: JSONNode) -> Manifest? {
    guard root.members != nil else {
      error(
        "manifest.wrong-type", "The manifest must be an object, not \(root.kindName)",
        at: root.range, help: "Write `{ \"project\": {\"name\": \"...\"}, \"apps\": [] }`.")
      return nil
    }
    checkKeys(of: root, .root)
    if let node = object(root, "infra", "infrastructure") { settings = readSettings(node) }
    let project = readProject(root)
    let shared = readShared(root)
    var apps = readItems(root, kind: .app)
    var resources = readItems(root, kind: .resource)
    environments = deployedEnvironments([shared] + apps.map { $0.item.variables })
    for index in apps.indices { readPlacement(&apps[index].item) }
    for index in resources.indices { readPlacement(&resources[index].item) }

    var manifest = Manifest(
      file: file, project: project, apps: apps.map(\.item), resources: resources.map(\.item),
      sharedVariables: shared, settings: settings, environments: environments)
    manifest.schema = string(root, "$schema")?.value
    manifest.webkitVersion = string(root, "webkit_version")
    manifest.notifications = readNotifications(root)
    manifest.monitoring = readMonitoring(root)
    validate(manifest)
    manifest.apps = apps.filter(\.isComplete).map(\.item)
    manifest.resources = resources.filter(\.isComplete).map(\.item)
    return manifest
  }

  private mutating func readShared(_ root: JSONNode) -> VariableBlocks {
    guard let shared = object(root, "shared") else { return VariableBlocks() }
    checkKeys(of: shared, .shared)
    guard let env = entry(shared, "env", "environment") else { return VariableBlocks() }
    return readBlocks(env.value)
  }

  private func deployedEnvironments(_ blocks: [VariableBlocks]) -> [String] {
    guard settings.environments.isEmpty else { return settings.environments.map(\.value) }
    let hasStaging = blocks.contains { $0.blocks.contains { $0.environment.value == "staging" } }
    return hasStaging ? ["production", "staging"] : ["production"]
  }
}

/// An item, and whether it has all that it needs.
struct ItemDraft {
  var item: Item
  var isComplete: Bool
}
