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
  /// What the manifest says, and the defaults of what it doesn't.
  let settings: [String: Value]
  /// What to say where two runs at once can write the state.
  let unlocked: Diagnostic?
  /// Whether the manifest says so, and not nobody.
  let isChosen: Bool

  /// Reads `infra.backend`; without it, a file on the machine that applies.
  init?(
    _ manifest: Manifest, _ catalog: Catalog, _ environments: [String],
    into diagnostics: inout Diagnostics
  ) {
    let word = manifest.settings.backendType
    // A backend without its type was reported already.
    if word == nil, manifest.settings.backend != nil { return nil }
    guard let spec = catalog.backend(word?.value ?? "local") else {
      diagnostics.append(.unknownBackend(word, manifest, catalog))
      return nil
    }
    self.spec = spec
    isChosen = word != nil
    project = manifest.project.name.value
    var reader = BackendReader(manifest: manifest, spec: spec)
    settings = spec.filled(reader.read())
    diagnostics.append(contentsOf: reader.diagnostics)
    let place = word.map { manifest.location($0.range) }
    unlocked = spec.isLocked(settings) ? nil : .unlockedState(spec, at: place)
    guard !reader.diagnostics.hasErrors else { return }
    if let unlocked { diagnostics.append(unlocked) }
    checkRules(environments, at: place, into: &diagnostics)
  }

  private func checkRules(
    _ environments: [String], at place: SourceLocation?, into diagnostics: inout Diagnostics
  ) {
    for rule in spec.rules {
      let broken = environments.first { environment in
        let state = state(environment)
        return spec.value(of: rule.condition, settings, state: state) == .bool(false)
      }
      guard let broken else { continue }
      diagnostics.append(
        Diagnostic(
          .error, "backend.rule", rule.message, at: place,
          detail: "The state of \(broken) is `\(state(broken))`."))
    }
  }

  /// The settings that a variable of the environment has to hold: pairs of a setting and a variable.
  var settingsOfEnvironment: [(setting: VariableSpec, variable: String)] {
    spec.settings.compactMap { setting in
      guard settings[setting.name] == .null, let variable = spec.settingVariables[setting.name]
      else { return nil }
      return (setting, variable)
    }
  }

  /// Where states are, in a word that changes when they are somewhere else.
  func place(_ manifest: Manifest) -> String {
    var parts = [spec.name]
    // A file is below the folder that Terraform runs in.
    if spec.isLocal { parts.append(manifest.settings.directory) }
    for setting in spec.settings where setting.defaultValue == nil {
      parts += [settings[setting.name]?.scalarText].compactMap(\.self)
    }
    let pattern = spec.statePattern.split(separator: "{project}", omittingEmptySubsequences: false)
    return (parts + [pattern.joined(separator: project)]).joined(separator: " ")
  }

  /// Which state an environment's is.
  func state(_ environment: String) -> String {
    let pairs: [(String, String)] = [("{project}", project), ("{environment}", environment)]
    return pairs.reduce(spec.statePattern) { text, pair in
      let parts = text.split(separator: pair.0, omittingEmptySubsequences: false)
      return parts.joined(separator: pair.1)
    }
  }

  /// The settings of one environment.
  func body(_ environment: String, header: String) -> Body {
    let state = Expression.string(state(environment))
    var builder = BodyBuilder()
    let path = spec.stateArgument.split(separator: ".").map(String.init)
    if path.count == 2 {
      builder.add(.make(path[0], comments: [header]) { $0.set(path[1], state) })
      builder.space()
    } else {
      builder.set(spec.stateArgument, state, comment: header)
    }
    for (name, value) in arguments { builder.set(name, value.expression) }
    return builder.body
  }

  /// What Terraform is told beside the state, in the order of the spec.
  var arguments: [(name: String, value: Value)] {
    let names = spec.settings.map(\.name)
    let others = spec.arguments.map(\.name).filter { !names.contains($0) }
    return (names + others).compactMap { name in
      let computed = spec.arguments.first { $0.name == name }
      let value =
        computed.map { spec.value(of: $0.from, settings) } ?? settings[name] ?? .null
      return value.isNull ? nil : (name, value)
    }
  }
}

/// Reads what a manifest says of its backend.
private struct BackendReader {
  let manifest: Manifest
  let spec: BackendSpec
  var diagnostics = Diagnostics()

  mutating func read() -> [String: Value] {
    guard let members = manifest.settings.backend?.members else { return [:] }
    let secrets = spec.secrets(spec.filled([:]))
    var given: [String: Value] = [:]
    for member in members where member.key != "type" {
      let location = manifest.location(member.keyRange)
      if let variable = secrets[member.key] {
        diagnostics.append(.secretSetting(member.key, spec, variable, at: location))
      } else if let setting = spec.settings.meant(by: member.key) {
        given[setting.name] = settingValue(
          member, setting, fillsDefaults: false, id: "backend.wrong-type", manifest,
          into: &diagnostics)
        checkFacts(
          member, setting, given[setting.name] ?? .null, manifest, into: &diagnostics)
      } else {
        diagnostics.append(.unknownSetting(member.key, spec, at: location))
      }
    }
    for setting in spec.settings
    where setting.defaultValue == nil && spec.settingVariables[setting.name] == nil
      && given[setting.name] ?? .null == .null
    {
      diagnostics.append(.missingSetting(setting, spec, manifest))
    }
    return given
  }
}

extension Diagnostic {
  fileprivate static func unknownBackend(
    _ word: Located<String>?, _ manifest: Manifest, _ catalog: Catalog
  ) -> Diagnostic {
    let names = catalog.backends.map(\.name)
    let words = names + catalog.backends.flatMap(\.aliases)
    return Diagnostic(
      .error, "backend.unknown", "There is no backend `\(word?.value ?? "")`",
      at: word.map { manifest.location($0.range) },
      detail: "The backends are \(listed(names, "and")).",
      help: word.flatMap { nearestMatch($0.value, in: words) }.map { "Did you mean `\($0)`?" })
  }

  fileprivate static func secretSetting(
    _ key: String, _ spec: BackendSpec, _ variable: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "backend.secret", "`\(key)` is a secret, which app.json must not hold",
      at: location, help: "Export \(variable) instead.")
  }

  fileprivate static func unknownSetting(
    _ key: String, _ spec: BackendSpec, at location: SourceLocation
  ) -> Diagnostic {
    let names = spec.settings.map(\.name)
    return Diagnostic(
      .error, "backend.unknown-setting",
      "The backend `\(spec.name)` has no setting `\(key)`", at: location,
      detail: names.isEmpty
        ? "It has no settings." : "Its settings are \(listed(names, "and")).",
      help: nearestMatch(key, in: names).map { "Did you mean `\($0)`?" })
  }

  fileprivate static func missingSetting(
    _ setting: VariableSpec, _ spec: BackendSpec, _ manifest: Manifest
  ) -> Diagnostic {
    Diagnostic(
      .error, "backend.missing", "The backend `\(spec.name)` needs `\(setting.name)`",
      at: manifest.settings.backend.map { manifest.location($0.range) },
      detail: setting.description + ".", help: "Add `\"\(setting.name)\": ...`.")
  }

  fileprivate static func unlockedState(
    _ spec: BackendSpec, at location: SourceLocation?
  ) -> Diagnostic {
    Diagnostic(
      .warning, "backend.unlocked",
      "Nothing locks the state: two runs at once overwrite what the other has made", at: location,
      detail: (spec.unlockedReason ?? "The settings of the backend `\(spec.name)` say so") + ".",
      help: "Let one run at a time apply, for example by a concurrency group of the workflows.")
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
