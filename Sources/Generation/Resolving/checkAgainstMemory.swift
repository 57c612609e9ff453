import AppManifest
import Diagnostics
import ProviderModel

/// Warns of what the manifest no longer says, where the cloud may still hold it.
func checkAgainstMemory(
  _ stack: Stack, _ memory: GenerationMemory, into diagnostics: inout Diagnostics
) {
  for environment in memory.cloudNames.keys.sorted()
  where !stack.environments.contains(environment) {
    diagnostics.append(.environmentLeft(environment))
  }
  for deployment in stack.deployments {
    let names = memory.cloudNames[deployment.environment] ?? [:]
    for item in deployment.items {
      let role = item.leaf.module.role.rawValue
      let former =
        names["\(role)/\(item.name)"]
        ?? item.source?.was.flatMap { names["\(role)/\($0.value)"] }
      guard let former, let name = item.cloudName, name != former else { continue }
      guard let result = item.leaf.resultOfAnotherName else { continue }
      let range = item.source?.cloudName(in: deployment.environment)?.range ?? item.range
      diagnostics.append(
        .anotherCloudName(
          item.name, name, former, result, in: deployment.environment, stack.manifest,
          at: range.map { stack.manifest.location($0) }))
    }
  }
}

extension Leaf {
  /// What another name in the cloud does to what holds data; nil where it is a mere change.
  fileprivate var resultOfAnotherName: String? {
    guard isStateful, let name = inputs.first(where: \.isCloudName)?.spec.name else { return nil }
    if analysis.frozen.contains(name) {
      return "\(module.title) keeps the name that it was made with."
    }
    return analysis.replacing.contains(name)
      ? "The next apply deletes \(module.title) of the old name, with its data, and makes an empty one."
      : nil
  }
}

extension Diagnostic {
  fileprivate static func environmentLeft(_ environment: String) -> Diagnostic {
    Diagnostic(
      .warning, "generation.environment-left",
      "`\(environment)` is no environment any more, and what was applied there stays",
      at: nil, detail: "Without its files this tree can't change or destroy it.",
      help:
        "If it was applied, put it back, run `terraform destroy` with its files, and remove it then."
    )
  }

  fileprivate static func anotherCloudName(
    _ item: String, _ name: String, _ former: String, _ result: String, in environment: String,
    _ manifest: Manifest, at location: SourceLocation?
  ) -> Diagnostic {
    let isOne = manifest.environments.count == 1
    return Diagnostic(
      .warning, "generation.name-changed",
      "`\(item)` is called `\(former)`\(isOne ? "" : " in \(environment)"), and would now be `\(name)`",
      at: location, detail: result,
      help: isOne
        ? "If it was applied, keep the name with `\"cloud_name\": \"\(former)\"`."
        : "If it was applied, keep the name with `\"environments\": {\"\(environment)\": {\"cloud_name\": \"\(former)\"}}`."
    )
  }
}
