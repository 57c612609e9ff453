import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

/// What can be in a cloud but once, as a DNS zone, is made by one item of one environment.
///
/// Names in the cloud are compared on their own; these are values that the manifest gives, and
/// names that links make up, which may be the same for two items.
func checkUniqueValues(_ stack: Stack, into diagnostics: inout Diagnostics) {
  var holders: [String: UniqueHolder] = [:]
  var clashes: [(pair: [String], one: UniqueHolder, other: UniqueHolder, more: Int)] = []
  for holder in uniqueValues(of: stack) {
    guard let other = holders[holder.key] else {
      holders[holder.key] = holder
      continue
    }
    let pair = [holder.environment, holder.owner, other.environment, other.owner]
    // Two items whose outputs are called alike clash in many of them, for one reason.
    if holder.isMadeUp, let known = clashes.firstIndex(where: { $0.pair == pair }) {
      clashes[known].more += 1
    } else {
      clashes.append((pair, holder, other, 0))
    }
  }
  for (_, one, other, more) in clashes {
    diagnostics.append(.madeTwice(one, other, more: more, stack.manifest))
  }
}

/// The values that have to be unique, in the order of the items.
private func uniqueValues(of stack: Stack) -> [UniqueHolder] {
  var result: [UniqueHolder] = []
  for deployment in stack.deployments {
    // What exists already may be what another environment makes.
    for item in deployment.items where item.management != .existing {
      for (name, value) in item.config {
        guard let scope = item.leaf.analysis.facts[name]?.unique,
          ["global", "environment"].contains(scope), let text = value.stringValue,
          text != item.cloudName
        else { continue }
        let place = scope == "environment" ? deployment.environment + "/" : ""
        let subject = deployment.items.first { $0.isOwn && $0.name == item.subject } ?? item
        result.append(
          UniqueHolder(
            key: "\(place)\(item.leaf.module.callName)/\(name)/\(text)",
            what: "\(item.leaf.module.title) `\(text)`", item: item.name, owner: subject.name,
            environment: deployment.environment, isMadeUp: item.subject != nil,
            range: item.source?.config?.member(name)?.range ?? subject.range))
      }
    }
  }
  return result
}

/// Who makes something of which there can be but one.
private struct UniqueHolder {
  /// What is the same for whoever makes the same.
  var key: String
  var what: String
  var item: String
  /// The item of the manifest.
  var owner: String
  var environment: String
  /// Whether a link made the value up.
  var isMadeUp: Bool
  var range: SourceRange?
}

extension Diagnostic {
  fileprivate static func madeTwice(
    _ one: UniqueHolder, _ other: UniqueHolder, more: Int, _ manifest: Manifest
  ) -> Diagnostic {
    let isSame = one.item == other.item
    var detail = "There can be but one."
    if more > 0 { detail += " So it is with \(more) more of the two." }
    var help = "Remove one of them."
    if isSame {
      help =
        "Leave it to one environment by `\"environments\": [\"\(other.environment)\"]`, or let the other find it by `\"manage\": { \"\(one.environment)\": \"existing\" }`."
    } else if one.isMadeUp {
      help = "Give `\(one.owner)` or `\(other.owner)` another name."
    }
    return Diagnostic(
      .error, "generation.made-twice",
      isSame
        ? "`\(one.item)` would make the \(one.what) in \(other.environment) and in \(one.environment)"
        : "`\(one.item)` in \(one.environment) and `\(other.item)` in \(other.environment) would both make the \(one.what)",
      at: one.range.map { manifest.location($0) }, detail: detail, help: help)
  }
}
