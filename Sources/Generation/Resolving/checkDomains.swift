import AppManifest
import Diagnostics
import JSON
import ProviderModel

/// A domain leads to one app, in one environment.
func checkDomains(_ stack: Stack, into diagnostics: inout Diagnostics) {
  struct Holder {
    var app: String
    var environment: String
    /// Whether it stands among the app's `domains`, which the manifest compares itself.
    var isOwn: Bool
  }
  var holders: [String: Holder] = [:]
  for deployment in stack.deployments {
    for item in deployment.items(.app) {
      let served = item.domains.filter { $0.attributes?["type"]?.stringValue != "unmanaged" }
      for name in Set(served.compactMap { $0.attributes?["name"]?.stringValue }).sorted() {
        let isOwn = item.source?.domains.contains { $0.name.value == name } ?? false
        guard let holder = holders[name] else {
          holders[name] = Holder(
            app: item.name, environment: deployment.environment, isOwn: isOwn)
          continue
        }
        if isOwn, holder.isOwn { continue }
        let override = item.source?.override(in: deployment.environment)?.config
        let range =
          (override?.member("domains") ?? item.source?.config?.member("domains"))?.range
          ?? item.range
        diagnostics.append(
          .sharedDomain(
            name, (item.name, deployment.environment), (holder.app, holder.environment),
            at: range.map { stack.manifest.location($0) }))
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func sharedDomain(
    _ name: String, _ one: (app: String, environment: String),
    _ other: (app: String, environment: String), at location: SourceLocation?
  ) -> Diagnostic {
    let isSame = one.app == other.app
    return Diagnostic(
      .error, "generation.domain-taken-twice",
      isSame
        ? "`\(one.app)` would have the domain `\(name)` in \(other.environment) and in \(one.environment)"
        : "`\(one.app)` in \(one.environment) and `\(other.app)` in \(other.environment) would both have the domain `\(name)`",
      at: location, detail: "A domain leads to one app, in one environment.",
      help: isSame
        ? "Give the domains under `environments`, where each has its own `config`."
        : "Remove it from one of them.")
  }
}
