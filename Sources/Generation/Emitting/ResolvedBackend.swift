import AppManifest
import Diagnostics
import HCL
import JSON
import ProviderModel
import Terraform

/// Where the state is kept: a backend with the manifest's settings.
struct ResolvedBackend {
  let spec: BackendSpec
  let project: String
  let settings: [(name: String, value: Value)]

  /// Reads `infra.backend`; without it, a file on the machine that applies.
  init?(_ manifest: Manifest, _ catalog: Catalog, into diagnostics: inout Diagnostics) {
    let word = manifest.settings.backendType
    // A backend without its type was reported already.
    if word == nil, manifest.settings.backend != nil { return nil }
    guard let spec = catalog.backend(word?.value ?? "local") else {
      let names = catalog.backends.map(\.name)
      diagnostics.append(
        Diagnostic(
          .error, "backend.unknown", "There is no backend `\(word?.value ?? "")`",
          at: word.map { manifest.location($0.range) },
          detail: "The backends are \(listed(names, "and")).",
          help: word.flatMap { nearestMatch($0.value, in: names) }.map { "Did you mean `\($0)`?" }))
      return nil
    }
    self.spec = spec
    project = manifest.project.name.value
    settings = Self.settings(manifest, spec, into: &diagnostics)
  }

  private static func settings(
    _ manifest: Manifest, _ spec: BackendSpec, into diagnostics: inout Diagnostics
  ) -> [(name: String, value: Value)] {
    guard let members = manifest.settings.backend?.members else { return [] }
    var given: [String: Value] = [:]
    for member in members where member.key != "type" {
      let location = manifest.location(member.keyRange)
      if let variable = spec.secrets[member.key] {
        diagnostics.append(
          Diagnostic(
            .error, "backend.secret", "`\(member.key)` is a secret, which app.json must not hold",
            at: location, help: "Export \(variable) instead."))
        continue
      }
      guard let setting = spec.settings.meant(by: member.key) else {
        let names = spec.settings.map(\.name)
        diagnostics.append(
          Diagnostic(
            .error, "backend.unknown-setting",
            "The backend `\(spec.name)` has no setting `\(member.key)`", at: location,
            detail: names.isEmpty
              ? "It has no settings." : "Its settings are \(listed(names, "and")).",
            help: nearestMatch(member.key, in: names).map { "Did you mean `\($0)`?" }))
        continue
      }
      given[setting.name] = settingValue(
        member, setting, fillsDefaults: false, id: "backend.wrong-type", manifest,
        into: &diagnostics)
    }
    var result: [(name: String, value: Value)] = []
    for setting in spec.settings {
      if let value = given[setting.name] ?? setting.defaultValue, !value.isNull {
        result.append((setting.name, value))
      } else if setting.defaultValue == nil {
        diagnostics.append(
          Diagnostic(
            .error, "backend.missing", "The backend `\(spec.name)` needs `\(setting.name)`",
            at: manifest.settings.backend.map { manifest.location($0.range) },
            detail: setting.description + ".", help: "Add `\"\(setting.name)\": ...`."))
      }
    }
    return result
  }

  /// Where states are, in a word that changes when they are somewhere else.
  func place(_ manifest: Manifest) -> String {
    var parts = [spec.name]
    // A file is below the folder that Terraform runs in.
    if spec.isLocal { parts.append(manifest.settings.directory) }
    for setting in spec.settings where setting.defaultValue == nil {
      parts += settings.filter { $0.name == setting.name }.compactMap(\.value.scalarText)
    }
    let pattern = spec.statePattern.split(separator: "{project}", omittingEmptySubsequences: false)
    return (parts + [pattern.joined(separator: project)]).joined(separator: " ")
  }

  /// The settings of one environment.
  func body(_ environment: String, header: String) -> Body {
    let pairs: [(String, String)] = [("{project}", project), ("{environment}", environment)]
    let state = pairs.reduce(spec.statePattern) { text, pair in
      let parts = text.split(separator: pair.0, omittingEmptySubsequences: false)
      return parts.joined(separator: pair.1)
    }
    var builder = BodyBuilder()
    builder.set(spec.stateArgument, .string(state), comment: header)
    for (name, value) in settings { builder.set(name, value.expression) }
    return builder.body
  }
}

extension Value {
  /// The value as an expression.
  var expression: Expression {
    switch self {
    case .string(let text): .string(text)
    case .number(let number): .literal(Literal(.number(number.text)))
    case .bool(let truth): .bool(truth)
    case .null, .handle, .unknown: .null
    case .list(let elements): .tuple(elements.map(\.expression))
    case .object(let attributes):
      .object(attributes.sorted { $0.key < $1.key }.map { ($0.key, $0.value.expression) })
    }
  }
}
