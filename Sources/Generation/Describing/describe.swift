import AppManifest
public import Diagnostics
import ProviderModel

/// What there is to tell of a project without its tree.
public struct ProjectDescription: Sendable {
  /// What it costs.
  public var costs: CostReport
  /// What each environment holds, in their order.
  public var graphs: [(environment: String, graph: StackGraph)]
}

/// Resolves a manifest for all that is told of it, or gives nil and says what is wrong.
///
/// What earlier runs left doesn't count. Nothing is read or written.
public func describe(
  _ input: GenerationInput, into diagnostics: inout Diagnostics
) -> ProjectDescription? {
  var found = Diagnostics()
  let stack = resolveStack(input, after: diagnostics, findsPrices: true, into: &found)
  for item in found.notFollowing(from: diagnostics) { diagnostics.append(item) }
  guard !diagnostics.hasErrors else { return nil }
  let project = input.manifest.project
  let graphs = stack.deployments.map { deployment in
    let title = "\(project.title ?? project.name.value), \(deployment.environment)"
    return (deployment.environment, GraphBuilder.everything(deployment, title: title))
  }
  return ProjectDescription(costs: CostReport(stack), graphs: graphs)
}

extension CostReport {
  fileprivate init(_ stack: Stack) {
    self.init(
      stack.deployments.map { deployment in
        let own = deployment.items.filter(\.isOwn)
        let others = deployment.items.filter { !$0.isOwn }
        return EnvironmentCost(
          name: deployment.environment, items: (own + others).map(ItemCost.init))
      })
  }
}

extension ItemCost {
  fileprivate init(_ item: DeployedItem) {
    let leaf = item.leaf
    var exemption: Exemption?
    if let host = item.host {
      exemption = .sharesMachine(of: host)
    } else if item.management == .existing {
      exemption = .existing
    }
    self.init(
      name: item.name, role: leaf.module.role, provider: (leaf.provider.name, leaf.provider.title),
      type: (leaf.module.type, leaf.module.title), exemption: exemption,
      hasPrices: !leaf.module.prices.isEmpty, parts: item.prices)
  }
}
