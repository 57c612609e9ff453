import AppManifest
import Diagnostics
import ProviderModel

/// Demands the name in the cloud of what was renamed, where another one would cost data.
///
/// Were the old name kept in silence, what happens when `was` is removed would be a surprise.
func checkNamesAfterRenames(
  _ stack: Stack, _ input: GenerationInput, into diagnostics: inout Diagnostics
) {
  var lacking: [String: [(environment: String, former: String, name: String)]] = [:]
  var items: [DeployedItem] = []
  let contested = contestedNames(stack.manifest)
  for deployment in stack.deployments {
    let environment = deployment.environment
    let known = input.memory.cloudNames[environment] ?? [:]
    for item in deployment.items where item.management != .existing {
      guard let source = item.source, let was = source.was.first, let name = item.cloudName,
        item.leaf.losesDataByName || item.leaf.keepsNameForEver,
        source.cloudName(in: environment) == nil,
        contested.isDisjoint(with: source.was.map(\.value)),
        known[item.memoryKey(item.name)] != name,
        !input.replaceable.contains(item.name)
      else { continue }
      let former =
        item.names.lazy.compactMap { known[item.memoryKey($0)] }.first
        ?? CloudNames.name(was.value, stack.manifest, environment: environment)
      if former == name { continue }
      if lacking[item.name] == nil { items.append(item) }
      lacking[item.name, default: []].append((environment, former, name))
    }
  }
  for item in items {
    guard let names = lacking[item.name], let was = item.source?.was.first else { continue }
    diagnostics.append(
      .cloudNameIsDemanded(item, names, at: stack.manifest.location(was.range), stack.manifest))
  }
}

/// Former names that are an item's present name too, or those of two: reported already.
private func contestedNames(_ manifest: Manifest) -> Set<String> {
  let items = manifest.resources + manifest.apps
  var seen = Set(items.map(\.name.value))
  return Set(items.flatMap(\.was).map(\.value).filter { !seen.insert($0).inserted })
}

/// The line that keeps names in the cloud.
func cloudNameLine(
  _ names: [(environment: String, former: String)], _ manifest: Manifest
) -> String {
  guard manifest.environments.count > 1 else {
    return "`\"cloud_name\": \"\(names.first?.former ?? "")\"`"
  }
  let entries = names.map { "\"\($0.environment)\": \"\($0.former)\"" }
  return "`\"cloud_name\": { \(entries.joined(separator: ", ")) }`"
}

extension Diagnostic {
  fileprivate static func cloudNameIsDemanded(
    _ item: DeployedItem, _ names: [(environment: String, former: String, name: String)],
    at location: SourceLocation, _ manifest: Manifest
  ) -> Diagnostic {
    let title = item.leaf.module.title
    let (former, name) = (names.first?.former ?? "", names.first?.name ?? "")
    return Diagnostic(
      .error, "rename.cloud-name",
      "`\(item.name)` would be called `\(name)` in the cloud, where it is `\(former)`",
      at: location,
      detail: item.leaf.losesDataByName
        ? "\(title) can't be renamed: it would be deleted with its data, and made anew empty."
        : "\(title) keeps the name that it was made with, whatever is said of it later.",
      help:
        "Add \(cloudNameLine(names.map { ($0.environment, $0.former) }, manifest)) to it; it stays when `was` is removed."
    )
  }
}
