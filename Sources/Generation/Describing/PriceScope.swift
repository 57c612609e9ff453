import AppManifest
import ProviderModel

/// What the expressions of a price see: what all of a leaf's see, with tables that remember what
/// was read of them.
final class PriceScope: EvaluationScope {
  private let surroundings: any EvaluationScope
  private let tables: [(name: String, table: ProviderSpec.PriceTable)]
  /// What the rows that were read are based on.
  private(set) var evidence: Set<PriceEvidence> = []
  /// The currency of what was read; nil while nothing was.
  private(set) var currency: String?
  /// The rows that were asked for and aren't there.
  private(set) var missing: Set<String> = []

  init(_ surroundings: any EvaluationScope, _ prices: [String: ProviderSpec.PriceTable]) {
    self.surroundings = surroundings
    tables = prices.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Handles of its own, of all tables and of each one; those of the surroundings aren't below 0.
  private enum Kind {
    static let tables = -1
    static let table = -2
  }

  func root(_ name: String) -> Value? {
    name == "prices" ? .handle(Value.Handle(kind: Kind.tables, id: 0)) : surroundings.root(name)
  }

  func attribute(_ name: String, of handle: Value.Handle) -> Value {
    switch handle.kind {
    case Kind.tables:
      guard let index = tables.firstIndex(where: { $0.name == name }) else { return .null }
      return .handle(Value.Handle(kind: Kind.table, id: index))
    case Kind.table: return row(name, of: tables[handle.id].table)
    default: return surroundings.attribute(name, of: handle)
    }
  }

  private func row(_ name: String, of table: ProviderSpec.PriceTable) -> Value {
    guard let amount = table.amounts[name] else {
      missing.insert(name)
      return .null
    }
    currency = currency ?? table.currency
    evidence.insert(
      PriceEvidence(
        confidence: table.confidence(of: name), asOf: table.asOf, source: table.source))
    return .number(amount)
  }
}

extension DeploymentResolver {
  /// The parts of what an entry costs, in the order of the spec; those that aren't in use are none.
  func pricedParts(of index: Int) -> [PricePart] {
    let entry = entries[index]
    guard entry.host == nil, entry.management != .existing else { return [] }
    return entry.leaf.module.prices.compactMap { price in
      let scope = PriceScope(EntryScope(self, index), entry.leaf.provider.prices)
      let evaluator = Evaluator(scope)
      let value = evaluator.value(of: price.amount)
      // No price was looked up for what isn't in use.
      if scope.currency == nil, value == .number(Number(0)) { return nil }
      let amount = money(value, scope)
      let free = price.free.flatMap { money(evaluator.value(of: $0), scope) }
      return PricePart(
        name: price.name, amount: amount, gap: amount == nil ? gap(price, scope) : nil,
        isOnce: price.isOnce, free: free,
        evidence: amount == nil ? [] : scope.evidence.sorted())
    }
  }

  private func money(_ value: Value, _ scope: PriceScope) -> Money? {
    guard case .number(let amount) = value, let currency = scope.currency else { return nil }
    return Money(currency: currency, amount: amount)
  }

  private func gap(_ price: ModuleSpec.Price, _ scope: PriceScope) -> PricePart.Gap {
    if !scope.missing.isEmpty { return .missing(rows: scope.missing.sorted()) }
    return price.isMetered ? .usage(setting: price.usage) : .unknown
  }
}
