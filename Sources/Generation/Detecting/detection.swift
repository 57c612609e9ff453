import AppManifest
public import Diagnostics
public import Files
import ProviderModel

/// What may exist of an environment, and how to find that out.
public struct Detection: Sendable {
  /// The environment.
  public var environment: String
  /// Its resources and apps: those of the manifest in its order, then those that others imply.
  public var items: [ItemLookup]
  /// The names of all environments.
  public var environments: [String]
  let stack: Stack
  let deployment: Deployment

  /// The configuration that asks about some of the items, by their labels.
  public func probe(of items: [ItemLookup]) -> FileTree {
    ProbeEmitter(stack: stack, deployment: deployment, lookups: items).emit()
  }
}

/// Works out how to find out what exists of an environment, or gives nil and says what is wrong.
///
/// What earlier runs left doesn't count. Nothing is read or written.
///
/// - Parameters:
///   - input: What generation starts from.
///   - environment: The environment, one of the manifest's.
///   - diagnostics: What is found.
public func detection(
  _ input: GenerationInput, in environment: String, into diagnostics: inout Diagnostics
) -> Detection? {
  var found = Diagnostics()
  let stack = resolveStack(input, after: diagnostics, findsLookups: true, into: &found)
  for item in found.notFollowing(from: diagnostics) { diagnostics.append(item) }
  guard !diagnostics.hasErrors,
    let deployment = stack.deployments.first(where: { $0.environment == environment })
  else { return nil }
  let items = deployment.items.compactMap { item -> ItemLookup? in
    guard var lookup = item.lookup else { return nil }
    lookup.imports = stack.imports(of: item)
    return lookup
  }
  return Detection(
    environment: environment, items: items, environments: stack.environments, stack: stack,
    deployment: deployment)
}

extension Stack {
  /// What is taken into the state of an item, the resource that its id is of first.
  fileprivate func imports(of item: DeployedItem) -> [ImportTarget] {
    let module = item.leaf.address(of: item.name)
    let targets = item.adoptions.map { adoption in
      let address = "\(module).\(adoption.resource)\(suffix(adoption, item.leaf))"
      return (adoption, ImportTarget(address: address, id: adoption.id))
    }
    let main = item.lookup?.places.first.map { "\($0.type).\($0.label)" }
    return (targets.filter { $0.0.resource == main } + targets.filter { $0.0.resource != main })
      .map(\.1)
  }

  /// What stands behind the resource's own address where there may be several of it.
  private func suffix(_ adoption: Adoption, _ leaf: Leaf) -> String {
    if let key = adoption.key { return "[\"\(key)\"]" }
    let block = leaf.module.resources.first { $0.address == adoption.resource }
    if case .counted? = block?.repetition { return "[0]" }
    return standIns(of: leaf) == nil ? "" : "[0]"
  }
}
