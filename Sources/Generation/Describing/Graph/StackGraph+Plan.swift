extension StackGraph {
  /// What a plan does to a node; the later ones are worse.
  public enum Mark: Int, Sendable, CaseIterable, Comparable {
    /// Nothing.
    case unchanged
    /// It is known under another name, or comes into the state, or leaves it; nothing is done to it.
    case recorded
    /// It is made.
    case created
    /// It is changed as it stands.
    case changed
    /// It is destroyed and made anew.
    case replaced
    /// It is destroyed.
    case destroyed

    /// By how bad they are.
    public static func < (left: Mark, right: Mark) -> Bool { left.rawValue < right.rawValue }

    /// What is written beside it; empty for what stays as it is.
    public var word: String {
      switch self {
      case .unchanged: ""
      case .recorded: "recorded"
      case .created: "create"
      case .changed: "change"
      case .replaced: "replace"
      case .destroyed: "destroy"
      }
    }

    /// The looks of a node: fill and line.
    var colors: (fill: String, line: String) {
      switch self {
      case .unchanged: ("#f7fafc", "#a0aec0")
      case .recorded: ("#e3eefb", "#2b6cb0")
      case .created: ("#e2f5e9", "#2f855a")
      case .changed: ("#fdf0d5", "#b7791f")
      case .replaced: ("#efe8fb", "#6b46c1")
      case .destroyed: ("#fde8e8", "#c53030")
      }
    }
  }

  /// What a plan does to an item.
  public struct PlannedItem: Sendable {
    /// The module that holds it: `resources`, `apps`, `links` or `monitoring`.
    public var router: String
    /// Its name.
    public var name: String
    /// What it is, for one that is no longer in the graph.
    public var type: String
    /// What is done.
    public var mark: Mark

    /// Makes one.
    public init(router: String, name: String, type: String, mark: Mark) {
      self.router = router
      self.name = name
      self.type = type
      self.mark = mark
    }
  }

  /// The graph with what a plan does to each node; items that are gone from the manifest are added.
  ///
  /// - Parameter items: What the plan does, in any order; of several for one node the worst counts.
  /// - Returns: The graph; each of its nodes has a mark.
  public func marked(by items: [PlannedItem]) -> StackGraph {
    var graph = self
    for index in graph.nodes.indices { graph.nodes[index].mark = .unchanged }
    let order = items.sorted { ($0.router, $0.name, $0.type) < ($1.router, $1.name, $1.type) }
    for item in order {
      let columns = Column.of(item.router)
      let index = graph.nodes.firstIndex { node in
        columns.contains(node.column) && node.items.contains(item.name)
      }
      if let index {
        graph.nodes[index].mark = max(graph.nodes[index].mark ?? .unchanged, item.mark)
      } else {
        let column = columns.first ?? .resources
        let node = Node(
          key: "\(column.rawValue)/\(item.name)/\(item.mark.word)", column: column, name: item.name,
          detail: item.type, items: [item.name], mark: item.mark)
        graph.add(node)
      }
    }
    return graph
  }

  /// Adds a node as the last one of its column.
  private mutating func add(_ node: Node) {
    let order = Column.allCases
    let place = order.firstIndex(of: node.column) ?? 0
    let index =
      nodes.firstIndex { (order.firstIndex(of: $0.column) ?? 0) > place } ?? nodes.endIndex
    nodes.insert(node, at: index)
    for edge in edges.indices {
      if edges[edge].source >= index { edges[edge].source += 1 }
      if edges[edge].target >= index { edges[edge].target += 1 }
    }
  }
}

extension StackGraph.Column {
  /// The columns of what a module of the tree holds.
  fileprivate static func of(_ router: String) -> [StackGraph.Column] {
    router == "monitoring"
      ? [.monitoring, .notifications] : [StackGraph.Column(rawValue: router) ?? .resources]
  }
}
