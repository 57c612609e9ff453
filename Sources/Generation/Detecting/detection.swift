import AppManifest
public import Diagnostics
public import Files
import HCL
import ProviderModel
import Terraform

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
/// - Returns: What may exist; nil where the manifest has errors.
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

extension Detection {
  /// The file of a tree that takes into the state what the manifest marks so.
  public static let adoptionFile = ImportEmitter.file

  /// A file of the root module that takes some resources into the state.
  public static func importFile(_ targets: [ImportTarget]) -> [UInt8] {
    var file = TerraformFile(
      header: "What `webkit infra import` takes into the state; this file is a copy's alone.")
    for target in targets {
      file.add(
        .make("import") { body in
          body.set("to", target.place)
          body.set("id", .string(target.id))
        })
    }
    return Array(Printer.print(file.body).utf8)
  }
}

extension Stack {
  /// What is taken into the state of an item, the resource that its id is of first.
  fileprivate func imports(of item: DeployedItem) -> [ImportTarget] {
    let targets = item.adoptions.map { adoption in
      (adoption.resource, ImportTarget(id: adoption.id, place: place(of: adoption, item)))
    }
    let main = item.lookup?.places.first.map { "\($0.type).\($0.label)" }
    return (targets.filter { $0.0 == main } + targets.filter { $0.0 != main }).map(\.1)
  }

  private func place(of adoption: Adoption, _ item: DeployedItem) -> Expression {
    let module = item.leaf.module
    let block = module.resources.first { $0.address == adoption.resource }
    var place = Expression.reference(
      "module", module.role.router.rawValue, "module", module.callName
    ).at(.string(item.name))
    for label in block?.labels ?? [] { place = place.dot(label.text) }
    if let key = adoption.key { return place.at(.string(key)) }
    if case .counted? = block?.repetition { return place.at(.number(0)) }
    return standIns(of: item.leaf) == nil ? place : place.at(.number(0))
  }
}
