import AppManifest
import Diagnostics
import ProviderModel

/// Compares the manifest with what earlier runs made of it, and refuses what would cost data.
///
/// No state is read: what a run wrote counts as made, whether or not it was applied.
func checkAgainstMemory(
  _ stack: Stack, _ input: GenerationInput, into diagnostics: inout Diagnostics
) {
  let memory = input.memory
  for environment in Set(memory.cloudNames.keys).union(memory.items.keys).sorted()
  where !stack.environments.contains(environment) {
    diagnostics.append(.environmentLeft(environment))
  }
  checkReplaceable(stack.manifest, input, into: &diagnostics)
  checkNamesAfterRenames(stack, input, into: &diagnostics)
  for deployment in stack.deployments {
    let check = MemoryCheck(stack: stack, input: input, environment: deployment.environment)
    for item in deployment.items where item.subject == nil {
      check.checkItem(item, into: &diagnostics)
    }
    check.checkWhatLeft(deployment, into: &diagnostics)
  }
}

/// Names that may be replaced are names of items, present ones or former ones.
private func checkReplaceable(
  _ manifest: Manifest, _ input: GenerationInput, into diagnostics: inout Diagnostics
) {
  guard !input.replaceable.isEmpty else { return }
  var names = Set((manifest.resources + manifest.apps).map(\.name.value))
  let keys =
    input.memory.items.values.flatMap(\.keys) + input.memory.cloudNames.values.flatMap(\.keys)
  for key in keys { names.formUnion(key.split(separator: "/").last.map { [String($0)] } ?? []) }
  let known = names.sorted()
  for name in input.replaceable where !names.contains(name) {
    diagnostics.append(
      Diagnostic(
        .error, "replace.unknown", "`--allow-replace \(name)` names nothing", at: nil,
        detail: known.isEmpty ? nil : "The items are \(listed(known, "and")).",
        help: nearestMatch(name, in: known).map { "Did you mean `\($0)`?" }))
  }
}

extension DeployedItem {
  /// The key of the item, or of one of its former names, in what runs remember.
  func memoryKey(_ name: String) -> String { "\(leaf.module.role.rawValue)/\(name)" }

  /// What is remembered of an input that isn't given, and of one of which only that counts.
  static let nothing = "null"
  static let something = "given"

  /// How a reference to another item is remembered.
  static func reference(to name: String) -> String { "-> \(name)" }

  /// What the item was called, the latest first, with its present name in front.
  var names: [String] { [name] + (source?.was.map(\.value).reversed() ?? []) }
}

extension Leaf {
  /// The input that takes the name in the cloud.
  var nameInput: String? { inputs.first(where: \.isCloudName)?.spec.name }

  /// Whether another name in the cloud replaces what holds data.
  var losesDataByName: Bool { nameInput.map { analysis.losing.contains($0) } ?? false }

  /// Whether another name is accepted and what holds data keeps its own.
  var keepsNameForEver: Bool {
    isStateful && (nameInput.map { analysis.frozen.contains($0) } ?? false)
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
}
