public import ProviderModel

/// What a project costs a month, environment by environment.
public struct CostReport: Sendable {
  /// The environments, in order.
  public var environments: [EnvironmentCost]
  /// The sums over all of them, by currency in order; what an account pays once is in them once.
  public var totals: [Money]

  init(_ environments: [EnvironmentCost]) {
    self.environments = environments
    let items = environments.flatMap(\.items)
    totals = Money.sums(items.flatMap(\.ownAmounts) + accountCharges(of: items).map(\.amount))
  }
}

extension CostReport {
  /// The costs of one environment alone.
  public func limited(to environment: String) -> CostReport {
    CostReport(environments.filter { $0.name == environment })
  }
}

/// What an environment costs a month.
public struct EnvironmentCost: Sendable {
  /// Its name.
  public var name: String
  /// Its items in the order of the deployment, links and monitors behind resources and apps.
  public var items: [ItemCost]
  /// What the account pays or gets once, however many items there are.
  public var charges: [AccountCharge]
  /// The sums, by currency in order; what has no price isn't in them.
  public var totals: [Money]

  /// An environment that holds nothing.
  public static func nothing(in name: String) -> EnvironmentCost {
    EnvironmentCost(name: name, items: [])
  }

  init(name: String, items: [ItemCost]) {
    self.name = name
    self.items = items
    charges = accountCharges(of: items)
    totals = Money.sums(items.flatMap(\.ownAmounts) + charges.map(\.amount))
  }
}

/// What an item costs a month.
public struct ItemCost: Sendable {
  /// Its name.
  public var name: String
  /// What it is: a resource, an app, a link, ...
  public var role: ModuleSpec.Role
  /// Its provider's word and title.
  public var provider: (name: String, title: String)
  /// Its type's word and title.
  public var type: (name: String, title: String)
  /// Why it isn't counted; nil where it is.
  public var exemption: Exemption?
  /// Whether anything is known of what its type costs.
  public var hasPrices: Bool
  /// The parts that are in use, in the order of the spec.
  public var parts: [PricePart]

  /// Why an item isn't counted.
  public enum Exemption: Sendable, Equatable {
    /// It exists without this project.
    case existing
    /// It is on another item's machine.
    case sharesMachine(of: String)
  }

  /// The sums of what is paid for this item alone, by currency in order.
  public var amounts: [Money] { Money.sums(ownAmounts) }

  /// Whether a part of it, or all, has no price.
  public var isIncomplete: Bool {
    exemption == nil && (!hasPrices || parts.contains { $0.amount == nil })
  }

  var ownAmounts: [Money] { parts.filter { !$0.isOnce }.compactMap(\.amount) }
}

/// A part of what an item costs.
public struct PricePart: Sendable {
  /// What is paid for.
  public var name: String
  /// The amount a month; nil where it isn't known.
  public var amount: Money?
  /// Why the amount isn't known; nil where it is.
  public var gap: Gap?
  /// Whether the account pays it once for all items.
  public var isOnce: Bool
  /// What the account gets of it for nothing, over all items; nil where it gets nothing.
  public var free: Money?
  /// What the amount was worked out with, surest first, each once.
  public var evidence: [PriceEvidence]

  /// Why an amount isn't known.
  public enum Gap: Sendable, Equatable {
    /// It depends on use, which a setting can tell.
    case usage(setting: String?)
    /// There are no prices for these.
    case missing(rows: [String])
    /// There is no price for an item that is set up so.
    case unknown
  }
}

/// Where a price comes from.
public struct PriceEvidence: Sendable, Hashable, Comparable {
  /// How sure it is, `A` to `C`.
  public var confidence: String
  /// The day on which it was true, `YYYY-MM-DD`.
  public var asOf: String
  /// Where it was read; nil where nobody wrote it down.
  public var source: String?

  /// Makes evidence.
  public init(confidence: String, asOf: String, source: String?) {
    self.confidence = confidence
    self.asOf = asOf
    self.source = source
  }

  /// The surest first, then the oldest.
  public static func < (left: Self, right: Self) -> Bool {
    (left.confidence, left.asOf, left.source ?? "")
      < (right.confidence, right.asOf, right.source ?? "")
  }
}

/// What an account pays once, or gets for nothing of what its items cost.
public struct AccountCharge: Sendable {
  /// The provider's word and title.
  public var provider: (name: String, title: String)
  /// What is paid for.
  public var part: String
  /// The items that it is for.
  public var items: [String]
  /// The amount a month; below zero where the account gets something.
  public var amount: Money
  /// What the amount was worked out with.
  public var evidence: [PriceEvidence]
}

/// An exact amount of a currency.
public struct Money: Sendable, Hashable {
  /// The currency, as `USD`.
  public var currency: String
  /// The amount.
  public var amount: Number

  /// Makes an amount.
  public init(currency: String, amount: Number) {
    self.currency = currency
    self.amount = amount
  }

  /// The sums by currency, in the order of their names.
  static func sums(_ amounts: [Money]) -> [Money] {
    var sums: [String: Number] = [:]
    for money in amounts {
      sums[money.currency] = sums[money.currency, default: Number(0)].adding(money.amount)
    }
    return sums.sorted { $0.key < $1.key }.map { Money(currency: $0.key, amount: $0.value) }
  }
}

/// What the accounts pay once, or get for nothing, given what all items cost; parts of one
/// provider and name belong together.
private func accountCharges(of items: [ItemCost]) -> [AccountCharge] {
  var groups: [String: [(item: ItemCost, part: PricePart)]] = [:]
  var order: [String] = []
  for item in items {
    for part in item.parts where part.amount != nil && (part.isOnce || part.free != nil) {
      let key = "\(item.provider.name)/\(part.name)"
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append((item, part))
    }
  }
  return order.compactMap { key in
    guard let group = groups[key], let first = group.first else { return nil }
    let amounts = group.compactMap(\.part.amount)
    guard let currency = amounts.first?.currency else { return nil }
    let amount: Number
    if first.part.isOnce {
      amount = amounts.map(\.amount).max() ?? Number(0)
    } else {
      let free = group.compactMap(\.part.free?.amount).max() ?? Number(0)
      let sum = amounts.reduce(Number(0)) { $0.adding($1.amount) }
      amount = min(sum, free).negated
      // What costs nothing isn't made cheaper.
      if amount == Number(0) { return nil }
    }
    return AccountCharge(
      provider: first.item.provider, part: first.part.name, items: group.map(\.item.name),
      amount: Money(currency: currency, amount: amount),
      evidence: Set(group.flatMap(\.part.evidence)).sorted())
  }
}
