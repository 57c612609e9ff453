import Diagnostics
import HCL

/// Something asks for every input, setting, local and secret.
func checkUses(of module: ModuleSpec, _ uses: ConfigUses, _ check: inout SpecCheck) {
  let ours = module.ownExpressions.flatMap(\.allPaths)
  let terraforms = module.terraformExpressions.flatMap(\.allPaths)
  func isMentioned(_ roots: Set<String>, _ name: String, in paths: [[String]]) -> Bool {
    paths.contains { roots.contains($0[0]) && $0[1] == name }
  }
  for variable in module.variables
  where !isMentioned(["var"], variable.name, in: terraforms)
    && !isMentioned(["var", "inputs", "refs"], variable.name, in: ours)
    && !uses.config.contains(variable.name) && !uses.references.contains(variable.name)
  {
    check.report(
      "unused", "nothing uses the input `\(variable.name)`", at: variable.typeExpression.origin,
      help: "Use `var.\(variable.name)` in a resource or an output, or take the input out.")
  }
  for setting in module.settings
  where setting.name != module.members
    // An app's `domains` in an environment are what `app.domains` answers with.
    && !(setting.name == "domains" && ours.contains { $0.starts(with: ["app", "domains"]) })
    && !isMentioned(["config", "refs", "inputs", "var"], setting.name, in: ours)
    && !setting.aliases.contains(where: { isMentioned(["config"], $0, in: ours) })
    && !uses.config.contains(setting.name) && !uses.references.contains(setting.name)
  {
    check.report(
      "unused-setting", "nothing reads the setting `\(setting.name)`",
      at: setting.typeExpression.origin,
      help: "Mention `config.\(setting.name)` in a `from`, or take the setting out.", .warning)
  }
  for block in module.body where block.type == "locals" {
    for local in block.body.attributes
    where !isMentioned(["local"], local.name, in: terraforms) {
      check.report("unused", "nothing uses the local `\(local.name)`", at: local.nameOrigin)
    }
  }
  for secret in module.secrets where !isMentioned(["secret"], secret.name, in: ours) {
    let place = check.places.origin(of: [("secret", secret.name)])
    check.report("unused", "nothing uses the secret `\(secret.name)`", at: place)
  }
}

/// Some leaf or the provider itself asks for every setting of the provider.
func checkUses(ofSettings provider: ProviderSpec, _ check: inout SpecCheck) {
  let expressions =
    check.catalog.modules(of: provider.name).flatMap(\.ownExpressions)
    + provider.arguments.map(\.from)
  let mentioned = Set(expressions.flatMap(\.allPaths).filter { $0[0] == "settings" }.map { $0[1] })
  for setting in provider.settings where !mentioned.contains(setting.name) {
    check.report(
      "unused-setting", "no leaf reads the setting `\(setting.name)`",
      at: setting.typeExpression.origin,
      help: "Mention `settings.\(setting.name)` in a `from`, or take the setting out.", .warning)
  }
}

/// What leaves read of other items: `refs.x.config.<name>` and `refs.<name>`.
public struct ConfigUses: Sendable {
  /// Inputs that are read of other items.
  public private(set) var config: Set<String> = []
  /// Inputs and settings whose references links read.
  public private(set) var references: Set<String> = []

  /// Collects what the expressions of leaves read; links that leave alone what exists already read
  /// nothing of that.
  public init(_ modules: some Sequence<ModuleSpec>, ofExisting: Bool = false) {
    for module in modules {
      if ofExisting,
        module.each?.condition?.allPaths.contains(where: { $0.last == "existing" }) ?? false
      {
        continue
      }
      let isOfLink = module.each != nil
      module.visitOwnExpressions { collect($0, isOfLink: isOfLink) }
      module.visitSpecs { spec in
        if let match = spec.match { collect(match, isOfMatch: true) }
      }
    }
  }

  private mutating func collect(
    _ expression: Expression, isOfLink: Bool = false, isOfMatch: Bool = false
  ) {
    // By nodes where that is enough: most of them name something else.
    expression.visit { node in
      switch node {
      case .splat: collect(node.attributePath ?? [], isOfLink, isOfMatch)
      case .attribute(let access):
        switch access.base {
        case .attribute(let base): if base.name == "config" { config.insert(access.name) }
        case .variable(let root): collect([root.name, access.name], isOfLink, isOfMatch)
        default: collect(node.attributePath ?? [], isOfLink, isOfMatch)
        }
      default: break
      }
    }
  }

  private mutating func collect(_ path: [String], _ isOfLink: Bool, _ isOfMatch: Bool) {
    guard path.count > 1 else { return }
    if isOfMatch, path[0] == "config" { config.insert(path[1]) }
    // A link reads the references of what it belongs to.
    if isOfLink, path[0] == "refs" { references.insert(path[1]) }
    for (index, name) in path.enumerated().dropFirst() where name == "config" {
      if index + 1 < path.count { config.insert(path[index + 1]) }
    }
  }
}
