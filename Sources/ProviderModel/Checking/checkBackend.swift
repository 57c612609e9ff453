import Diagnostics
import HCL

/// Expressions of a backend read what there is, and its secrets are named alike everywhere.
func checkBackend(_ backend: BackendSpec, into diagnostics: inout Diagnostics) {
  let check = BackendCheck(backend)
  diagnostics.append(contentsOf: check.found)
}

private struct BackendCheck {
  let backend: BackendSpec
  var found = Diagnostics()

  init(_ backend: BackendSpec) {
    self.backend = backend
    checkExpressions()
    checkSecrets()
    checkSettings()
  }

  private mutating func report(
    _ id: String, _ summary: String, at origin: Origin? = nil, help: String? = nil
  ) {
    let range = origin?.range ?? SourceRange(0, 0)
    found.append(
      Diagnostic(
        .error, "spec." + id, summary, at: SourceLocation(backend.file, range), help: help))
  }

  private mutating func checkExpressions() {
    let others = [backend.secretVariables, backend.variables, backend.locks].compactMap(\.self)
    check(backend.arguments.map(\.from) + others, see: ["settings"])
    check(backend.rules.map(\.condition), see: ["settings", "state"])
    check(backend.bucket?.expressions ?? [], see: ["settings", "arguments"])
  }

  private mutating func check(_ expressions: [Expression], see roots: Set<String>) {
    let names = backend.settings.map(\.name)
    let known = ["settings": names, "arguments": names + backend.arguments.map(\.name)]
    for expression in expressions {
      for root in expression.roots().subtracting(roots).sorted() {
        report("unknown-name", "there is no `\(root)` here", at: expression.origin)
      }
      for (path, origin) in expression.paths() where path.count > 1 {
        let root = path[0]
        guard let names = known[root], !names.contains(path[1]) else { continue }
        report(
          "unknown-path", "there is no `\(root).\(path[1])`", at: origin,
          help: nearestMatch(path[1], in: names).map { "Did you mean `\(root).\($0)`?" })
      }
    }
  }

  private mutating func checkSecrets() {
    let secrets = backend.secrets(backend.filled([:])).keys.sorted()
    let named = backend.credentials.flatMap { $0.keys.sorted() } + backend.optionalSecrets.sorted()
    for name in named where !secrets.contains(name) {
      report(
        "unknown-secret", "there is no secret `\(name)`",
        help: nearestMatch(name, in: secrets).map { "Did you mean `\($0)`?" })
    }
    for setting in backend.settings where secrets.contains(setting.name) {
      report("secret-setting", "`\(setting.name)` is a secret, and can't be a setting")
    }
  }

  private mutating func checkSettings() {
    let names = backend.settings.map(\.name)
    let used = backend.settingVariables.keys.sorted() + [backend.bucket?.setting].compactMap(\.self)
    for name in used where !names.contains(name) {
      report(
        "unknown-setting", "there is no setting `\(name)`",
        help: nearestMatch(name, in: names).map { "Did you mean `\($0)`?" })
    }
    let told =
      names + backend.arguments.map(\.name)
      + backend.stateArgument.split(separator: ".").prefix(1).map(String.init)
    for name in backend.placeArguments where !told.contains(name) {
      report(
        "unknown-setting", "Terraform isn't told any `\(name)`",
        help: nearestMatch(name, in: told).map { "Did you mean `\($0)`?" })
    }
    for (name, group) in Dictionary(grouping: names + backend.arguments.map(\.name), by: \.self)
      .sorted(by: { $0.key < $1.key })
    where group.count > (names.contains(name) ? 2 : 1) || names.count(where: { $0 == name }) > 1 {
      report("duplicate", "`\(name)` is described twice")
    }
  }
}
