import ProviderModel

/// What an environment costs a month before a change and after it, with the same prices.
public struct CostDifference: Sendable {
  /// What an item, or an account, costs before and after.
  public struct Row: Sendable, Equatable {
    /// The item's name; for what an account pays once, its provider's title and the part.
    public var name: String
    /// The sums before, by currency in order; empty where it wasn't there.
    public var before: [Money]
    /// The sums after it.
    public var after: [Money]

    /// Makes a row.
    public init(name: String, before: [Money], after: [Money]) {
      self.name = name
      self.before = before
      self.after = after
    }
  }

  /// The environment.
  public var environment: String
  /// The sums before, by currency in order; nil where nobody knows what there was.
  public var before: [Money]?
  /// The sums after it.
  public var after: [Money]
  /// What doesn't cost the same, in the order of the deployment; what is gone comes last.
  public var rows: [Row]
  /// Whether everything that is counted afterwards has a price.
  public var isComplete: Bool

  /// Compares.
  ///
  /// - Parameters:
  ///   - environment: The environment's name.
  ///   - before: What it costs before; nil where nobody knows.
  ///   - after: What it costs afterwards; nil where nothing is left of it.
  public init(_ environment: String, before: EnvironmentCost?, after: EnvironmentCost?) {
    self.environment = environment
    self.before = before?.totals
    self.after = after?.totals ?? []
    isComplete = !(after?.items.contains(where: \.isIncomplete) ?? false)
    guard let before else {
      rows = []
      return
    }
    let (old, new) = (before.rows, after?.rows ?? [])
    let former = Dictionary(old.map { ($0.key, $0) }) { first, _ in first }
    let latter = Set(new.map(\.key))
    let all =
      new.map { Row(name: $0.name, before: former[$0.key]?.amounts ?? [], after: $0.amounts) }
      + old.filter { !latter.contains($0.key) }
      .map { Row(name: $0.name, before: $0.amounts, after: []) }
    rows = all.filter { !$0.changes.isEmpty }
  }

  /// How much more it costs, by currency in order; empty where it costs the same or nobody knows.
  public var changes: [Money] { before.map { Money.changes(from: $0, to: after) } ?? [] }
}

extension CostDifference.Row {
  /// How much more it costs, by currency in order; never empty.
  public var changes: [Money] { Money.changes(from: before, to: after) }
}

extension Money {
  /// How much more one sum is than another, by currency; what is alike isn't named.
  fileprivate static func changes(from before: [Money], to after: [Money]) -> [Money] {
    sums(after + before.map { Money(currency: $0.currency, amount: $0.amount.negated) })
      .filter { $0.amount != Number(0) }
  }
}

extension EnvironmentCost {
  /// What is counted: items by their role and name, and what the account pays once.
  fileprivate var rows: [(key: String, name: String, amounts: [Money])] {
    items.filter { $0.exemption == nil }.map {
      ("\($0.role.rawValue) \($0.name)", $0.name, $0.amounts)
    }
      + charges.map { charge in
        let name = "\(charge.provider.title), \(charge.part)"
        return ("account \(name)", name, [charge.amount])
      }
  }
}
