import AppManifest
import HCL
import ProviderModel
import Terraform

/// What the state has to be told: renames, and what links take over from leaves.
struct MoveEmitter {
  let stack: Stack
  /// Links of earlier runs, as `<provider>_<type>/<item>`.
  let formerLinks: [String]

  func emit(into tree: inout ProjectTree) {
    var file = tree.file()
    for (from, to) in renames + handovers {
      file.add(
        .make("moved") { body in
          body.set("from", from)
          body.set("to", to)
        })
    }
    if !file.isEmpty { tree.add("moved.tf", file) }
  }

  private typealias Move = (from: Expression, to: Expression)

  /// The address of a leaf's instance: `module.resources.module.<leaf>["<name>"]`.
  private func address(_ leaf: Leaf, _ name: String) -> Expression {
    Expression.reference("module", leaf.module.role.router.rawValue, "module", leaf.module.callName)
      .at(.string(name))
  }

  /// What the manifest says was called otherwise, and the links of it.
  private var renames: [Move] {
    var former: [String: [String]] = [:]
    for item in stack.manifest.resources + stack.manifest.apps where !item.was.isEmpty {
      former[item.name.value] = item.was.map(\.value)
    }
    guard !former.isEmpty else { return [] }
    var moves: [Move] = []
    var seen: Set<String> = []
    for item in stack.deployments.flatMap(\.items) where item.host == nil {
      guard let names = item.isOwn ? former[item.name] : item.formerNames, !names.isEmpty,
        seen.insert("\(item.leaf.module.callName)/\(item.name)").inserted
      else { continue }
      // Terraform follows a chain from wherever a state stands in it.
      for (was, next) in zip(names, names.dropFirst() + [item.name]) {
        moves.append((address(item.leaf, was), address(item.leaf, next)))
      }
    }
    return moves
  }

  // MARK: - Handovers

  /// A link beside the resource whose work it does.
  private struct Handover {
    var key: String
    var resource: Expression
    var link: Expression
    /// In how many environments the item, and the link, are deployed.
    var items = 0
    var links = 0
  }

  /// Links that do the work of a leaf's resource, now or in earlier runs.
  var links: [String] {
    Array(Set(candidates.filter { $0.links > 0 }.map(\.key) + formerLinks)).sorted()
  }

  /// Resources that change hands, which only move in the state.
  ///
  /// They would else be deleted after their successors were made, which undoes what these did.
  private var handovers: [Move] {
    candidates.compactMap { candidate in
      if candidate.links == candidate.items { return (candidate.resource, candidate.link) }
      if candidate.links == 0, formerLinks.contains(candidate.key) {
        return (candidate.link, candidate.resource)
      }
      return nil
    }
  }

  private var candidates: [Handover] {
    var result: [String: Handover] = [:]
    for provider in stack.providers {
      for module in stack.catalog.modules(of: provider.name, roles: [.link]) {
        guard let each = module.each, let path = each.takesOver?.split(separator: "."),
          path.count == 2
        else { continue }
        collect(module, each, path.map(String.init), into: &result)
      }
    }
    return result.values.sorted { $0.key < $1.key }
  }

  private func collect(
    _ link: ModuleSpec, _ each: ModuleSpec.Each, _ path: [String],
    into result: inout [String: Handover]
  ) {
    for item in stack.deployments.flatMap(\.items)
    where item.isOwn && item.management != .existing
      && each.types.contains(item.leaf.module.type)
      && item.leaf.module.provider == link.provider
    {
      let key = "\(link.callName)/\(item.name)"
      var source = address(item.leaf, item.name).dot(path[0]).dot(path[1])
      let block = item.leaf.module.resources.first { $0.labels.map(\.text) == path }
      let isCounted = stack.standIns(of: item.leaf) != nil
      if isCounted || block?.body.attribute("count") != nil { source = source.at(.number(0)) }
      let target = Expression.reference("module", "links", "module", link.callName)
        .at(.string(item.name)).dot(path[0]).dot(path[1])
      result[
        key,
        default: Handover(key: key, resource: source, link: target)
      ].items += 1
    }
    for item in stack.deployments.flatMap(\.items) where item.leaf.module.callName == link.callName
    {
      result["\(link.callName)/\(item.name)"]?.links += 1
    }
  }
}
