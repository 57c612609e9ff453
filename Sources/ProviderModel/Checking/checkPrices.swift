import HCL

/// Tables of prices say what they are, and some price reads every one of them.
func checkPriceTables(_ check: inout SpecCheck) {
  let modules = check.catalog.modules(of: check.provider.name)
  let readings = modules.flatMap(\.prices).flatMap(\.expressions).flatMap(\.tableReadings)
  for (name, table) in check.provider.prices.sorted(by: { $0.key < $1.key }) {
    let place = check.places.origin(of: [("prices", name)])
    checkFacts(of: name, table, &check)
    let rows = readings.filter { $0.table == name }.map { Value(literal: $0.row)?.scalarText }
    guard !rows.isEmpty else {
      check.report(
        "unused", "no price reads the table `\(name)`", at: place,
        help: "Use it in the `amount` of a `price`, or take the table out.")
      continue
    }
    // Where a row is computed, any may be meant.
    let named = rows.compactMap(\.self)
    guard named.count == rows.count else { continue }
    for row in table.amounts.keys.sorted() where !named.contains(row) {
      check.report(
        "unused", "no price reads the row `\(row)` of the table `\(name)`",
        at: check.places.origin(of: row, in: "amounts", of: [("prices", name)]))
    }
  }
}

private func checkFacts(
  of name: String, _ table: ProviderSpec.PriceTable, _ check: inout SpecCheck
) {
  let block = [("prices", name)]
  func tell(_ argument: String, _ summary: String) {
    check.report(
      "prices", "`\(argument)` of the prices `\(name)` \(summary)",
      at: check.places.origin(ofArgument: argument, of: block))
  }
  let levels = ["A", "B", "C"]
  if Pattern("^[A-Z]{3}$")?.matches(table.currency) != true {
    tell("currency", "has to be three capital letters, as `USD`")
  }
  if Pattern("^20[0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")?.matches(table.asOf)
    != true
  {
    tell("as_of", "has to be a day, as `2026-01-31`")
  }
  if !levels.contains(table.confidence) { tell("confidence", "has to be A, B or C") }
  for (row, level) in table.confidences.sorted(by: { $0.key < $1.key }) {
    if !levels.contains(level) { tell("confidences", "has to say A, B or C of `\(row)`") }
    if table.amounts[row] == nil { tell("confidences", "tells of `\(row)`, which is no row") }
  }
  for (row, amount) in table.amounts.sorted(by: { $0.key < $1.key }) where amount < Number(0) {
    tell("amounts", "can't be below zero, as `\(row)` is")
  }
}

/// Prices can be worked out: from tables of one currency, and to a number.
func checkPrices(of module: ModuleSpec, _ check: inout SpecCheck) {
  for price in module.prices {
    var found: [String] = []
    if let usage = price.usage, !module.inputsAndSettings.contains(where: { $0.name == usage }) {
      found.append("names the setting `\(usage)`, which there isn't")
    }
    if price.isOnce, price.free != nil {
      found.append("has a `free` part, though an account pays it once")
    }
    let readings = price.expressions.flatMap(\.tableReadings)
    let currencies = Set(readings.compactMap { check.provider.prices[$0.table]?.currency })
    if currencies.count > 1 {
      found.append("mixes \(currencies.sorted().joined(separator: " and "))")
    }
    if readings.isEmpty, !price.isMetered, !price.expressions.contains(where: \.usesWholeTable) {
      found.append("reads no table of prices, so that nobody knows where its amount comes from")
    }
    for expression in price.expressions {
      found += problems(expression, price, of: module, check)
    }
    for problem in found {
      check.report("price", "the price `\(price.name)` \(problem)", at: price.amount.origin)
    }
  }
}

/// What an expression of a price may ask for.
private let allowedRoots: Set = [
  "environment", "inputs", "prices", "refs", "settings", "values", "var",
]

private func problems(
  _ expression: Expression, _ price: ModuleSpec.Price, of module: ModuleSpec,
  _ check: borrowing SpecCheck
) -> [String] {
  let roots = expression.roots()
  let others = roots.subtracting(allowedRoots).sorted()
  if !others.isEmpty { return others.map { "can't mention `\($0)`" } }
  if expression.usesWholeTable { return ["uses a table of prices as a whole: ask it for a row"] }
  let inputs = module.defaultsWhereAllAreKnown(in: expression)
  guard let inputs, roots.isSubset(of: ["inputs", "prices", "values", "var"]) else { return [] }
  let prices = check.provider.prices.mapValues {
    Value.object($0.amounts.mapValues(Value.number))
  }
  let scope = FixedScope([
    "values": .object(check.provider.values), "prices": .object(prices), "var": .object(inputs),
    "inputs": .object(inputs),
  ])
  let evaluator = Evaluator(scope)
  let asksForMissing = expression.tableReadings.contains { reading in
    let row = evaluator.value(of: reading.row).scalarText
    return row.map { check.provider.prices[reading.table]?.amounts[$0] == nil } ?? false
  }
  switch evaluator.value(of: expression) {
  case .number: return []
  case .null where price.isMetered: return []
  // That is said where the row is asked for.
  case .null where asksForMissing, .unknown where asksForMissing: return []
  case .null: return ["comes to nothing where all is as by default, and isn't `metered`"]
  case .unknown: return ["can't be worked out where all is as by default"]
  case let other: return ["comes to \(other.kindName), and has to be a number"]
  }
}

extension ModuleSpec.Price {
  /// What is worked out for it.
  fileprivate var expressions: [Expression] { [amount, free].compactMap(\.self) }
}

extension ModuleSpec {
  /// The defaults of all inputs and settings; nil where one that an expression asks for has none.
  fileprivate func defaultsWhereAllAreKnown(in expression: Expression) -> [String: Value]? {
    var defaults: [String: Value] = [:]
    for spec in inputsAndSettings where spec.defaultExpression != nil {
      var conversion = TypeConversion(fillsDefaults: true)
      defaults[spec.name] = conversion.convert(spec.defaultValue ?? .null, to: spec.type)
    }
    let asked = expression.allPaths.filter { ["var", "inputs"].contains($0[0]) }.map { $0[1] }
    return asked.allSatisfy { defaults[$0] != nil } ? defaults : nil
  }
}

extension Expression {
  /// The tables of prices that it asks, and for which row.
  fileprivate var tableReadings: [(table: String, row: Expression)] {
    var result: [(table: String, row: Expression)] = []
    visit { node in
      switch node {
      case .attribute:
        guard let path = node.attributePath, path.count == 3, path[0] == "prices" else { return }
        result.append((path[1], .string(path[2])))
      case .index(let access):
        guard let path = access.base.attributePath, path.count == 2, path[0] == "prices" else {
          return
        }
        result.append((path[1], access.key))
      default: return
      }
    }
    return result
  }

  /// Whether a table of prices stands where a row is needed.
  fileprivate var usesWholeTable: Bool {
    var mentions = 0
    visit { node in
      if case .variable(let variable) = node, variable.name == "prices" { mentions += 1 }
    }
    return mentions > tableReadings.count
  }
}
