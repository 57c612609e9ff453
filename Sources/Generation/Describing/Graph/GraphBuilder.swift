import AppManifest
import ProviderModel

/// Makes graphs of deployments.
struct GraphBuilder {
  /// More items than a page can show are summed up by type.
  private static let limit = 80

  private var keys: [String: String] = [:]
  private var nodes: [(node: StackGraph.Node, count: Int)] = []
  private var indices: [String: Int] = [:]
  private var references: [(source: String, target: String)] = []
  private let isSummary: Bool

  /// The graph of the resources and apps of all environments.
  static func items(_ deployments: [Deployment], title: String) -> StackGraph {
    var builder = GraphBuilder(deployments)
    for deployment in deployments { builder.addItems(of: deployment) }
    return builder.graph(title)
  }

  /// The graph of everything in an environment.
  static func everything(_ deployment: Deployment, title: String) -> StackGraph {
    var builder = GraphBuilder([deployment])
    builder.addItems(of: deployment)
    builder.addOthers(of: deployment)
    return builder.graph(title)
  }

  private init(_ deployments: [Deployment]) {
    let names = Set(deployments.flatMap(\.items).filter(\.isOwn).map(\.name))
    isSummary = names.count > Self.limit
  }

  // MARK: - Nodes

  private mutating func addItems(of deployment: Deployment) {
    for item in deployment.items where item.isOwn && keys[item.name] == nil {
      let module = item.leaf.module
      let column: StackGraph.Column = module.role == .app ? .apps : .resources
      let key = "\(column.rawValue)/\(isSummary ? module.callName : item.name)"
      keys[item.name] = key
      add(
        StackGraph.Node(
          key: key, column: column, name: isSummary ? module.title : item.name,
          detail: isSummary ? "" : module.title,
          isExisting: !isSummary && item.management == .existing, items: [item.name]))
    }
    for item in deployment.items where item.isOwn {
      for name in item.neighbours { refer(from: keys[item.name], to: keys[name]) }
    }
  }

  /// Links, monitors and notifications; those of one type that refer to the same are one node.
  private mutating func addOthers(of deployment: Deployment) {
    let others = deployment.items.filter { !$0.isOwn }
    var keysOfLeaves: [String: [String]] = [:]
    for item in others {
      let module = item.leaf.module
      let column: StackGraph.Column =
        switch module.role {
        case .notification: .notifications
        case .monitor: .monitoring
        case .link, .resource, .app: .links
        }
      let names = [item.subject].compactMap(\.self) + item.neighbours
      let targets = Set(names.compactMap { keys[$0] }).sorted()
      let key = ([column.rawValue, module.callName] + targets).joined(separator: "/")
      add(
        StackGraph.Node(
          key: key, column: column, name: module.title, detail: item.name, items: [item.name]))
      for target in targets { refer(from: key, to: target) }
      if !keysOfLeaves[item.leafWord, default: []].contains(key) {
        keysOfLeaves[item.leafWord, default: []].append(key)
      }
    }
    for item in others {
      for peer in item.leaf.module.peers.sorted() {
        for source in keysOfLeaves[item.leafWord] ?? [] {
          for target in keysOfLeaves[peer] ?? [] { refer(from: source, to: target) }
        }
      }
    }
  }

  private mutating func add(_ node: StackGraph.Node) {
    if let index = indices[node.key] {
      nodes[index].count += 1
      nodes[index].node.items += node.items
      return
    }
    indices[node.key] = nodes.count
    nodes.append((node, 1))
  }

  private mutating func refer(from source: String?, to target: String?) {
    guard let source, let target, source != target else { return }
    references.append((source, target))
  }

  // MARK: - The whole

  private func graph(_ title: String) -> StackGraph {
    var order: [Int] = []
    for column in StackGraph.Column.allCases {
      order += nodes.indices.filter { nodes[$0].node.column == column }
    }
    var places: [String: Int] = [:]
    for (place, index) in order.enumerated() { places[nodes[index].node.key] = place }
    var seen: Set<StackGraph.Edge> = []
    var edges: [StackGraph.Edge] = []
    for reference in references {
      guard let source = places[reference.source], let target = places[reference.target] else {
        continue
      }
      let edge = StackGraph.Edge(source: source, target: target)
      if seen.insert(edge).inserted { edges.append(edge) }
    }
    let sorted = edges.enumerated().sorted {
      ($0.element.source, $0.offset) < ($1.element.source, $1.offset)
    }
    return StackGraph(
      title: title, nodes: order.map(shown), edges: sorted.map(\.element))
  }

  private func shown(_ index: Int) -> StackGraph.Node {
    var (node, count) = nodes[index]
    if isSummary, node.detail.isEmpty {
      node.detail = "\(count)"
    } else if count > 1 {
      node.detail = "\(count) of them"
    }
    return node
  }
}

extension DeployedItem {
  /// Its leaf, as specs name it among `peers`.
  fileprivate var leafWord: String { "\(leaf.module.provider).\(leaf.module.type)" }

  /// The items that it refers to by its variables or its config, or whose machine it is on.
  fileprivate var neighbours: [String] {
    var names: [String] = []
    for variable in variables {
      if case .output(let resource, _, _, _) = variable.source { names.append(resource) }
    }
    for (_, reference) in references {
      let values =
        reference.attributes.map { $0.sorted { $0.key < $1.key }.map(\.value) }
        ?? reference.elements ?? [reference]
      names += values.compactMap(\.scalarText)
    }
    return names + mentions + [host].compactMap(\.self)
  }
}
