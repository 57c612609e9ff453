import AppManifest
import JSON
import ProviderModel

/// Something that two environments of a project don't have alike.
public struct EnvironmentDifference: Hashable, Sendable {
  /// The item, or `infra.providers.<provider>` for what is set of a provider.
  public var item: String
  /// What differs: `config.size`, `env.MODE`; nil where only one environment has the item.
  public var key: String?
  /// What the first environment has; nil where it has nothing there.
  public var first: String?
  /// What the second one has.
  public var second: String?
}

/// What each environment of a project holds.
public struct ResolvedEnvironments: Sendable {
  let stack: Stack

  /// The names of the environments, in order.
  public var names: [String] { stack.environments }

  /// What two environments don't have alike, by item and key in order.
  ///
  /// Names in the cloud are left out, since they are never alike, and so is what joins items.
  /// Values that are secret don't stand there.
  public func differences(between first: String, and second: String) -> [EnvironmentDifference] {
    let facts = [first, second].map { name in
      stack.deployments.first { $0.environment == name }.map(\.facts) ?? [:]
    }
    var found: [EnvironmentDifference] = []
    for item in Set(facts.flatMap(\.keys)).sorted() {
      guard let left = facts[0][item], let right = facts[1][item] else {
        let isThere = facts.map { $0[item] == nil ? nil : "" }
        found.append(EnvironmentDifference(item: item, first: isThere[0], second: isThere[1]))
        continue
      }
      for key in Set(left.keys).union(right.keys).sorted() where left[key] != right[key] {
        found.append(
          EnvironmentDifference(item: item, key: key, first: left[key], second: right[key]))
      }
    }
    return found
  }
}

extension Deployment {
  /// What can be said of each item: by item and key.
  fileprivate var facts: [String: [String: String]] {
    var facts: [String: [String: String]] = [:]
    for item in items where item.leaf.module.role != .link { facts[item.name] = item.facts }
    for (provider, arguments) in providerArguments {
      var values: [String: String] = [:]
      for argument in arguments { values[argument.name] = argument.value.shown }
      facts["infra.providers.\(provider)"] = values
    }
    return facts
  }
}

extension DeployedItem {
  fileprivate var facts: [String: String] {
    var facts: [String: String] = [
      "provider": leaf.module.provider, "type": leaf.module.type, "manage": management.rawValue,
    ]
    facts["id"] = id
    facts["host"] = host
    for (name, value) in config + references { facts["config.\(name)"] = value.shown }
    for variable in variables { facts["env.\(variable.name)"] = variable.shown }
    if !domains.isEmpty { facts["domains"] = Value.list(domains).shown }
    return facts
  }
}

extension Value {
  fileprivate var shown: String { scalarText ?? JSONPrinter.printCompact(json) }
}

extension DeployedVariable {
  fileprivate var shown: String {
    switch source {
    case .value(let text): encrypts ? "(secret)" : text
    case .secret: "(secret)"
    case .output(let resource, let output, _, _): "\(resource).\(output)"
    }
  }
}
