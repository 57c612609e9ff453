import AppManifest
import Diagnostics
import JSON
import ProviderModel

extension DeploymentResolver {
  /// An override lies over what it overrides, attribute by attribute.
  func merged(_ base: Value?, _ override: Value) -> Value {
    guard case .object(let below)? = base, case .object(let above) = override else {
      return override
    }
    return .object(below.merging(above) { merged($0, $1) })
  }

  /// Reports objects that were meant to empty what they lie over, and change nothing of it.
  ///
  /// Of the whole config only the whole is looked at; what it holds follows key by key.
  func reportEmptyOverrides(
    _ node: JSONNode, of below: Value, _ label: String, isWhole: Bool = false, isInner: Bool = false
  ) {
    guard let members = node.members, case .object(let attributes) = below, !attributes.isEmpty
    else { return }
    if members.isEmpty {
      diagnostics.append(
        .emptyOverride(
          label, environment, canBeNull: !isWhole && !isInner, at: manifest.location(node.range)))
    }
    guard !isWhole else { return }
    for member in members {
      guard let inner = attributes[member.key] else { continue }
      reportEmptyOverrides(member.value, of: inner, "\(label).\(member.key)", isInner: true)
    }
  }
}

extension Diagnostic {
  fileprivate static func emptyOverride(
    _ label: String, _ environment: String, canBeNull: Bool, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .warning, "config.empty-override",
      "The empty `\(label)` changes nothing in \(environment)", at: location,
      detail: "What an environment says is laid over what holds elsewhere, key by key.",
      help: canBeNull
        ? "Write `null` to have the default there instead, or remove it."
        : "Name the keys that differ, with `null` for those that are to be as if nobody gave them, or remove it."
    )
  }
}
