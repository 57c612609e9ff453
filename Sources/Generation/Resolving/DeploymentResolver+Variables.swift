import AppManifest
import Diagnostics
import HCL
import ProviderModel

extension DeploymentResolver {
  /// Binds the environment variables of apps to outputs.
  func checkVariables() {
    // What exists already has its variables.
    for index in entries.indices
    where entries[index].leaf.module.role == .app && entries[index].management != .existing {
      guard let app = entries[index].source else { continue }
      entries[index].variables = manifest.variables(of: app, in: environment).compactMap {
        bound($0, of: index)
      }
    }
    // What apps refer to is looked at even where the app itself is unknown.
    for app in manifest.apps
    where app.managed && app.isDeployed(in: environment) && byName[app.name.value] == nil {
      for variable in manifest.variables(of: app, in: environment) {
        if case .resource(let reference) = variable.source { _ = target(of: reference) }
      }
    }
  }

  private func bound(_ variable: AppManifest.Variable, of index: Int) -> DeployedVariable? {
    let source: DeployedVariable.Source
    switch variable.source {
    case .value(let text): source = .value(text)
    case .secret: source = .secret
    case .resource(let reference):
      guard let bound = bind(reference, of: index) else { return nil }
      source = bound
    }
    if variable.encrypt {
      diagnostics.append(
        .encrypts(variable.name.value, at: manifest.location(variable.name.range)))
    }
    return DeployedVariable(
      name: variable.name.value, source: source, encrypts: variable.encrypt,
      scope: variable.scope.rawValue)
  }

  /// The entry that a reference names, if it has the output.
  private func target(of reference: ResourceReference) -> Int? {
    let location = manifest.location(reference.range)
    guard let target = byName[reference.resource] else {
      // Dangling names are the manifest's to report; what remains is here but not emitted.
      if let item = manifest.resources.first(where: { $0.name.value == reference.resource }),
        !item.managed
      {
        diagnostics.append(.notManaged(reference.resource, at: location))
      }
      return nil
    }
    let module = entries[target].leaf.module
    guard let output = module.output(reference.output), output.isScalar else {
      let names = module.outputs.filter(\.isScalar).map(\.name)
      diagnostics.append(
        .unknownOutput(
          reference.output, of: reference.resource, title: module.title, names, at: location))
      return nil
    }
    return target
  }

  private func bind(_ reference: ResourceReference, of index: Int) -> DeployedVariable.Source? {
    guard let target = target(of: reference) else { return nil }
    let answer = answering(reference.output, target: target, consumer: index)
    if entries[target].management == .existing, let existing = entries[target].leaf.existing,
      let output = existing.module.output(answer ?? reference.output), !existing.isAvailable(output)
    {
      diagnostics.append(
        .notKnownOfExisting(
          reference.output, of: reference.resource, existing,
          at: manifest.location(reference.range)))
      return nil
    }
    if let input = whatSwitchesOff(answer ?? reference.output, of: target) {
      diagnostics.append(
        .noValue(
          reference.output, of: reference.resource, input,
          at: manifest.location(reference.range)))
      return nil
    }
    return .output(
      resource: reference.resource, output: reference.output, answer: answer,
      isSensitive: entries[target].leaf.analysis.sensitiveOutputs.contains(
        answer ?? reference.output))
  }

  /// The input because of which an output is null: it is `one(...)` of a resource that isn't made.
  private func whatSwitchesOff(_ output: String, of target: Int) -> String? {
    let leaf = entries[target].leaf
    guard var value = leaf.module.output(output)?.value else { return nil }
    if let path = value.attributePath, path.count == 2, path[0] == "local",
      let local = leaf.module.local(path[1])
    {
      value = local
    }
    guard case .call(let call) = value, call.name == "one" else { return nil }
    var counts: [Expression] = []
    value.visit { node in
      guard let path = node.attributePath, path.count >= 2 else { return }
      for block in leaf.module.resources where block.labels.map(\.text) == Array(path.prefix(2)) {
        if let count = block.body.attribute("count")?.value { counts.append(count) }
      }
    }
    let evaluator = Evaluator(EntryScope(self, target))
    for count in counts where evaluator.value(of: count) == .number(Number(0)) {
      var input: String?
      count.visit { node in
        if let path = node.attributePath, path.count >= 2, path[0] == "var" {
          input = input ?? path[1]
        }
      }
      if let input { return input }
    }
    return nil
  }

  /// The output that answers a reference to another one for this app; nil where it answers itself.
  private func answering(_ output: String, target: Int, consumer: Int) -> String? {
    for candidate in entries[target].leaf.module.outputs where candidate.insteadOf == output {
      guard let condition = candidate.condition else { continue }
      let scope = EntryScope(self, target)
      let overlay = OverlayScope(
        ["consumer": EntryScope.partner(bearer(consumer)), "resource": EntryScope.partner(target)],
        scope)
      if Evaluator(overlay).value(of: condition) == .bool(true) { return candidate.name }
    }
    return nil
  }
}

/// A scope with names of its own over another one.
final class OverlayScope: EvaluationScope {
  private let values: [String: Value]
  private let base: EntryScope

  init(_ values: [String: Value], _ base: EntryScope) {
    self.values = values
    self.base = base
  }

  func root(_ name: String) -> Value? { values[name] ?? base.root(name) }

  func attribute(_ name: String, of handle: Value.Handle) -> Value {
    base.attribute(name, of: handle)
  }
}

extension ModuleSpec {
  /// The value of a local.
  fileprivate func local(_ name: String) -> Expression? {
    for block in body where block.type == "locals" {
      if let value = block.body.attribute(name)?.value { return value }
    }
    return nil
  }
}

extension Diagnostic {
  fileprivate static func noValue(
    _ output: String, of name: String, _ input: String, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "reference.no-value",
      "`\(name)` has no `\(output)`: its config doesn't ask for one", at: location,
      help: "Set `\(input)` in the config of `\(name)`, or remove the variable.")
  }

  fileprivate static func notManaged(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .error, "reference.not-managed",
      "`\(name)` isn't managed by Terraform, so it has no outputs", at: location,
      help: "Write the value itself, or let it be managed.")
  }

  fileprivate static func unknownOutput(
    _ output: String, of name: String, title: String, _ names: [String],
    at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "reference.unknown-output", "`\(name)` has no output `\(output)`", at: location,
      detail: "\(title) has \(listed(names, "and")).",
      help: nearestMatch(output, in: names).map { "Did you mean `\($0)`?" })
  }

  fileprivate static func encrypts(_ name: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic(
      .warning, "variable.encrypt",
      "`\(name)` comes back encrypted, so every plan will show it as changed", at: location,
      detail: "Values are sensitive in Terraform and hidden in plans without it as well.",
      help: "Leave out `\"encrypt\": true` unless the provider's console must hide the value.")
  }
}
