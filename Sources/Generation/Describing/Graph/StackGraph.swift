/// What a stack holds and what refers to what, in columns.
public struct StackGraph: Sendable {
  /// What it is of.
  public var title: String
  /// The nodes, column by column.
  public var nodes: [Node]
  /// The references, in the order of the nodes that they begin at; each once.
  public var edges: [Edge]

  /// A column of the picture, from left to right.
  public enum Column: String, Sendable, CaseIterable {
    /// Who is told.
    case notifications
    /// What apps need.
    case resources
    /// What runs.
    case apps
    /// What joins them.
    case links
    /// What watches them.
    case monitoring

    /// What stands above it.
    public var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
  }

  /// An item, or several that differ in their names alone.
  public struct Node: Sendable, Hashable {
    /// What tells it from all others: `apps/web`.
    public var key: String
    /// Where it stands.
    public var column: Column
    /// The larger of its two lines.
    public var name: String
    /// The smaller one.
    public var detail: String
    /// Whether it exists without this project.
    public var isExisting = false
    /// The names of the items that it stands for.
    public var items: [String] = []
    /// What a plan does to it; nil where there is no plan.
    public var mark: Mark?
  }

  /// A reference: one node needs another, or belongs to it.
  public struct Edge: Sendable, Hashable {
    /// The index of the node that refers.
    public var source: Int
    /// The index of the node that is referred to.
    public var target: Int
  }

  /// Whether it shows what a plan does.
  var isOfPlan: Bool { nodes.contains { $0.mark != nil } }

  /// The columns that hold anything.
  var columns: [Column] {
    Column.allCases.filter { column in nodes.contains { $0.column == column } }
  }
}
