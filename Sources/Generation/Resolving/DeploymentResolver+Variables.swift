import AppManifest
import Diagnostics
import HCL
import ProviderModel

extension DeploymentResolver {
  /// Binds the environment variables of apps to outputs.
  func checkVariables() {
    for index in entries.indices where entries[index].leaf.module.role == .app {
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
    return .output(
      resource: reference.resource, output: reference.output, answer: answer,
      isSensitive: entries[target].leaf.analysis.sensitiveOutputs.contains(
        answer ?? reference.output))
  }

  /// The output that answers a reference to another one for this app; nil where it answers itself.
  private func answering(_ output: String, target: Int, consumer: Int) -> String? {
    for candidate in entries[target].leaf.module.outputs where candidate.insteadOf == output {
      guard let condition = candidate.condition else { continue }
      let scope = EntryScope(self, target)
      let overlay = OverlayScope(
        ["consumer": EntryScope.partner(consumer), "resource": EntryScope.partner(target)], scope)
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

extension Diagnostic {
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
