import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel

/// What can be in a cloud but once, as a DNS zone, is made by one item of one environment.
///
/// Names in the cloud are compared on their own; these are values that the manifest gives.
func checkUniqueValues(_ stack: Stack, into diagnostics: inout Diagnostics) {
  var holders: [String: UniqueHolder] = [:]
  for deployment in stack.deployments {
    // What exists already may be what another environment makes.
    for item in deployment.items where item.isOwn && item.management != .existing {
      for (name, value) in item.config {
        guard item.leaf.analysis.facts[name]?.unique == "global", let text = value.stringValue,
          text != item.cloudName
        else { continue }
        let holder = UniqueHolder(item: item.name, environment: deployment.environment)
        let key = "\(item.leaf.module.callName)/\(name)/\(text)"
        guard let other = holders[key] else {
          holders[key] = holder
          continue
        }
        let word = item.leaf.module.title
        diagnostics.append(
          .madeTwice(
            "\(word) `\(text)`", holder, other,
            at: (item.source?.config?.member(name)?.range ?? item.range)
              .map { stack.manifest.location($0) }))
      }
    }
  }
}

private struct UniqueHolder {
  var item: String
  var environment: String
}

extension Diagnostic {
  fileprivate static func madeTwice(
    _ what: String, _ one: UniqueHolder, _ other: UniqueHolder, at location: SourceLocation?
  ) -> Diagnostic {
    let isSame = one.item == other.item
    return Diagnostic(
      .error, "generation.made-twice",
      isSame
        ? "`\(one.item)` would make the \(what) in \(other.environment) and in \(one.environment)"
        : "`\(one.item)` in \(one.environment) and `\(other.item)` in \(other.environment) would both make the \(what)",
      at: location, detail: "There can be but one.",
      help: isSame
        ? "Leave it to one environment by `\"environments\": [\"\(other.environment)\"]`, or let the other find it by `\"manage\": { \"\(one.environment)\": \"existing\" }`."
        : "Remove one of them.")
  }
}
