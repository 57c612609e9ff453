import HCL
import JSON
import ProviderModel
import Terraform

/// What is taken over: `imports.tf`, and the ids by environment.
struct ImportEmitter {
  let stack: Stack

  /// The variable that holds the ids: by resource of a leaf, then by item.
  static let variable = "imports"

  /// Its name.
  static let file = "imports.tf"

  /// Whether anything is taken over in any environment.
  var isUsed: Bool { !targets.isEmpty }

  func emit(into tree: inout ProjectTree) {
    guard isUsed else { return }
    var file = tree.file()
    for (index, target) in targets.enumerated() {
      file.add(block(target, isFirst: index == 0))
    }
    tree.add(Self.file, file)
  }

  /// The ids of one environment: `{"<leaf>.<type>.<label>": {"<item>": "<id>"}}`.
  func data(of deployment: Deployment) -> JSONNode? {
    var ids: [String: [(String, JSONNode)]] = [:]
    for item in deployment.items {
      for adoption in item.adoptions {
        let key = adoption.key.map { "\(item.name)/\($0)" } ?? item.name
        ids["\(item.leaf.module.callName).\(adoption.resource)", default: []]
          .append((key, .string(adoption.id)))
      }
    }
    guard !ids.isEmpty else { return nil }
    return .object(
      ids.sorted { $0.key < $1.key }.map { name, items in
        (name, .object(items.sorted { $0.0 < $1.0 }))
      })
  }

  private struct Target {
    var leaf: Leaf
    var block: Block
    var hasKeys: Bool
    var name: String { "\(leaf.module.callName).\(block.address)" }
  }

  /// The resources that are taken over anywhere, in the order of leaves and their blocks.
  private var targets: [Target] {
    var adopted: [String: Bool] = [:]
    for item in stack.deployments.flatMap(\.items) {
      for adoption in item.adoptions {
        adopted["\(item.leaf.module.callName).\(adoption.resource)"] = adoption.key != nil
      }
    }
    return stack.leaves.flatMap { leaf in
      leaf.module.resources.compactMap { block in
        adopted["\(leaf.module.callName).\(block.address)"].map {
          Target(leaf: leaf, block: block, hasKeys: $0)
        }
      }
    }
  }

  private func block(_ target: Target, isFirst: Bool) -> Block {
    let ids = Expression.apply(
      "lookup", .reference("var", Self.variable), .string(target.name), .object([]))
    let role = target.leaf.module.role.rawValue + "s"
    let module = Expression.reference("module", role, "module", target.leaf.module.callName)
    let item: Expression =
      target.hasKeys ? .reference("each", "value", "item") : .reference("each", "key")
    var to = module.at(item).dot(target.block.labels[0].text).dot(target.block.labels[1].text)
    var isCounted = stack.standIns(of: target.leaf) != nil
    if case .counted = target.block.repetition { isCounted = true }
    if target.hasKeys {
      to = to.at(.reference("each", "value", "key"))
    } else if isCounted {
      to = to.at(.number(0))
    }
    let comments =
      isFirst
      ? [
        "What exists already and is taken into the state, where the environment's variables give its id.",
        "Once it was applied, these change nothing any more.",
      ] : []
    return .make("import", comments: comments) { body in
      body.set("for_each", target.hasKeys ? keyed(ids) : ids)
      body.set("to", to)
      body.set(
        "id", target.hasKeys ? .reference("each", "value", "id") : .reference("each", "value"))
    }
  }

  /// Ids of resources of which an item has several, as `<item>/<key>`.
  private func keyed(_ ids: Expression) -> Expression {
    let item = Expression.apply("split", .string("/"), .reference("name")).at(.number(0))
    let prefix = Expression.interpolated([.interpolation(Interpolation(item)), .literal("/")])
    return .forExpression(
      ForExpression(
        keyName: "name", valueName: "id", in: ids, key: .reference("name"),
        value: .object([
          ("item", item), ("key", .apply("trimprefix", .reference("name"), prefix)),
          ("id", .reference("id")),
        ]), isMultiline: true))
  }
}
