import Generation

/// What a plan does to one resource.
public struct PlannedChange: Hashable, Sendable {
  /// What is done.
  public enum Action: String, Sendable, CaseIterable {
    /// It is destroyed and made anew.
    case replace
    /// It is destroyed.
    case delete
    /// It is changed as it stands.
    case update
    /// It is made.
    case create
    /// It exists, and comes into the state.
    case adopt = "import"
    /// It leaves the state, and stays where it is.
    case forget
    /// Its address changes, and nothing else.
    case move
    /// It is looked up when the rest is applied.
    case read
  }

  /// What is done.
  public var action: Action
  /// Where it is in the tree.
  public var address: String
  /// The type of resource.
  public var type: String
  /// The item of the manifest that it belongs to; nil for what belongs to none.
  public var item: String?
  /// The arguments that differ, or that a replacement is due to; names alone.
  public var arguments: [String] = []
  /// Why, in the engine's words, where it says: `replace_because_tainted`.
  public var reason: String?
  /// The address that it had.
  public var formerAddress: String?
  /// Whether it holds data.
  public var isStateful = false
  /// Whether it exists and comes into the state, whatever else is done to it.
  public var isImported = false

  /// Whether data is lost by it.
  public var losesData: Bool { isStateful && (action == .delete || action == .replace) }
}

/// How much a plan can do harm, and why.
public struct PlanRisk: Hashable, Sendable {
  /// How much.
  public enum Level: String, Sendable {
    /// Nothing changes.
    case none
    /// Something is made, or changed as it stands.
    case low
    /// Something is destroyed or replaced that can be had again, or what holds data is changed.
    case medium
    /// Something that holds data is destroyed or replaced.
    case high
  }

  /// How much.
  public var level = Level.none
  /// Why; sentences without full stops.
  public var reasons: [String] = []
}

/// A plan, for who has to judge it: never a value, so never a secret.
public struct Plan: Sendable {
  /// What is done, what loses data in front, then by action and address.
  public var changes: [PlannedChange] = []
  /// The outputs that change, by name in order.
  public var outputs: [String] = []
  /// The resources that were changed behind the state's back, by address in order.
  public var drifted: [String] = []
  /// Whether the engine planned to the end.
  public var isComplete = true

  /// Whether applying it would do anything.
  public var isEmpty: Bool { changes.allSatisfy { $0.action == .read } && outputs.isEmpty }

  /// How many resources have something done to them.
  public func count(_ action: PlannedChange.Action) -> Int {
    changes.count { $0.action == action }
  }

  /// How much harm it can do.
  public var risk: PlanRisk {
    var risk = PlanRisk()
    func raise(_ level: PlanRisk.Level, _ changes: [PlannedChange], _ what: String) {
      guard !changes.isEmpty else { return }
      if risk.level == .none || level == .high || risk.level == .low { risk.level = level }
      let names = Set(changes.map { $0.item ?? $0.address }).sorted()
      risk.reasons.append("\(what): \(names.joined(separator: ", "))")
    }
    let holding = changes.filter(\.isStateful)
    let others = changes.filter { !$0.isStateful }
    raise(.high, holding.filter { $0.action == .delete }, "data is destroyed")
    raise(.high, holding.filter { $0.action == .replace }, "what holds data is made anew, empty")
    raise(.medium, holding.filter { $0.action == .forget }, "what holds data is forgotten")
    raise(.medium, holding.filter { $0.action == .update }, "what holds data is changed")
    raise(.medium, others.filter { $0.action == .replace }, "replaced")
    raise(.medium, others.filter { $0.action == .delete }, "destroyed")
    if risk.level == .none, !isEmpty { risk.level = .low }
    return risk
  }
}

extension Plan {
  /// What it does to each item, for a picture; data sources and what belongs to no item aren't in it.
  var plannedItems: [StackGraph.PlannedItem] {
    changes.compactMap { change in
      guard let item = change.item, let mark = change.action.mark else { return nil }
      // `module.resources.module.acme_database["db"].acme_database.this`
      let router = change.address.split(separator: ".").dropFirst().first.map(String.init) ?? ""
      return StackGraph.PlannedItem(router: router, name: item, type: change.type, mark: mark)
    }
  }
}

extension PlannedChange.Action {
  fileprivate var mark: StackGraph.Mark? {
    switch self {
    case .create: .created
    case .update: .changed
    case .replace: .replaced
    case .delete: .destroyed
    case .adopt, .forget, .move: .recorded
    case .read: nil
    }
  }
}
