import Generation
import ProviderModel

/// The costs of an environment as lines of a table, whoever writes it.
struct CostTable {
  /// A line: what is paid for of an item, how much, and what there is to say of it.
  struct Row {
    var item: String
    var title: String
    var part: String
    var amount: String
    var note: String
  }

  var environment: String
  var rows: [Row] = []
  /// The sums, as `USD 20.00`.
  var totals: [String]
  /// Types that cost nothing, with the number of their items where it isn't one.
  var free: [String]
  /// Types of which no price is known, likewise.
  var unpriced: [String]
  /// Items that aren't counted, with the reason.
  var uncounted: [String]

  init(_ costs: EnvironmentCost, _ sources: inout PriceSources) {
    environment = costs.name
    totals = costs.totals.map(\.text)
    let counted = costs.items.filter { $0.exemption == nil }
    free = []
    unpriced = Self.types(of: counted.filter { !$0.hasPrices }).map(\.text)
    uncounted = costs.items.compactMap { item in
      switch item.exemption {
      case .existing: "`\(item.name)` (exists already)"
      case .sharesMachine(let host): "`\(item.name)` (runs on `\(host)`)"
      case nil: nil
      }
    }
    for item in counted where !item.isFree {
      for (index, part) in item.parts.enumerated() {
        rows.append(
          Row(
            item: index == 0 ? item.name : "", title: index == 0 ? item.type.title : "",
            part: part.name, amount: Self.amount(part), note: Self.note(part, item, &sources)))
      }
    }
    for (text, evidence) in Self.types(of: counted.filter(\.isFree)) {
      free.append("\(text) \(sources.marks(evidence))")
    }
    for charge in costs.charges {
      rows.append(
        Row(
          item: "(\(charge.provider.title))", title: "account",
          part: charge.amount.amount < Number(0) ? "\(charge.part), free" : charge.part,
          amount: charge.amount.text,
          note: "\(sources.marks(charge.evidence)) for \(names(charge.items))"))
    }
  }

  private static func amount(_ part: PricePart) -> String {
    guard let amount = part.amount else { return "not priced" }
    return part.isOnce ? "below" : amount.text
  }

  private static func note(
    _ part: PricePart, _ item: ItemCost, _ sources: inout PriceSources
  ) -> String {
    if part.isOnce, part.amount != nil { return "once an account" }
    return switch part.gap {
    case .usage(let setting?): "depends on use: say `\(setting)` in its config"
    case .usage(nil): "depends on use"
    case .missing(let rows): "no price is known for \(names(rows))"
    case .unknown: "no price is known for one set up like this"
    case nil: sources.marks(part.evidence)
    }
  }

  /// The types of items: one item by its name, several by their number.
  private static func types(
    of items: [ItemCost]
  ) -> [(text: String, evidence: [PriceEvidence])] {
    var groups: [String: [ItemCost]] = [:]
    var order: [String] = []
    for item in items {
      let key = "\(item.provider.title): \(item.type.title)"
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(item)
    }
    return order.map { key in
      let items = groups[key] ?? []
      let number = items.count == 1 ? "`\(items[0].name)`" : "(\(items.count))"
      return ("\(key) \(number)", Set(items.flatMap(\.parts).flatMap(\.evidence)).sorted())
    }
  }
}

extension ItemCost {
  /// Whether all of it is known to cost nothing.
  fileprivate var isFree: Bool {
    hasPrices && !isIncomplete && parts.allSatisfy { $0.amount?.amount == Number(0) }
  }
}

/// Names in a sentence, each as it is written in app.json.
private func names(_ names: [String]) -> String {
  names.map { "`\($0)`" }.joined(separator: ", ")
}

/// The sources of all prices of a report, numbered as they come.
struct PriceSources {
  private(set) var list: [PriceEvidence] = []

  /// The numbers of what a price was worked out with: `[1][2]`.
  mutating func marks(_ evidence: [PriceEvidence]) -> String {
    evidence.map { source in
      if let index = list.firstIndex(of: source) { return "[\(index + 1)]" }
      list.append(source)
      return "[\(list.count)]"
    }
    .joined()
  }

  /// The sources in the order of their numbers: `confidence A, as of 2026-01-31, https://...`.
  var texts: [String] {
    list.map { source in
      "confidence \(source.confidence), as of \(source.asOf)"
        + (source.source.map { ", \($0)" } ?? "")
    }
  }
}

extension Money {
  /// It in a table: `USD 20.00`.
  var text: String { "\(currency) \(amount.cents)" }
}

extension Number {
  /// The number to the nearest hundredth; what is less but not nothing says so.
  var cents: String {
    if text.hasPrefix("-") { return "-" + negated.cents }
    let parts = multiplied(by: Number(100)).text.split(separator: ".")
    var units = Number(String(parts.first ?? "0")) ?? Number(0)
    if let digit = parts.dropFirst().first?.first, digit >= "5" { units = units.adding(Number(1)) }
    if units == Number(0), self != Number(0) { return "0.01 at most" }
    let digits = String(repeating: "0", count: max(0, 3 - units.text.count)) + units.text
    return "\(digits.dropLast(2)).\(digits.suffix(2))"
  }
}
