import Diagnostics
import HCL

/// Every table has the rows that are asked for by name, and one for the default of an input by
/// which it is asked.
func checkTables(of module: ModuleSpec, _ check: inout SpecCheck) {
  let prices = check.provider.prices.mapValues {
    Value.object($0.amounts.mapValues(Value.number))
  }
  let scope = FixedScope([
    "values": .object(check.provider.values), "prices": .object(prices),
  ])
  for expression in module.ownExpressions {
    for (path, origin) in expression.paths() where path.count == 3 && path[0] == "prices" {
      guard let rows = check.provider.prices[path[1]]?.amounts, rows[path[2]] == nil else {
        continue
      }
      check.report(
        "no-row", "`prices.\(path[1])` has no row `\(path[2])`", at: origin,
        help: nearestMatch(path[2], in: rows.keys.sorted()).map { "Did you mean `\($0)`?" })
    }
    expression.visit { node in
      guard let (table, key) = node.tableAccess, let root = table.attributePath?.first,
        ["values", "prices"].contains(root), let path = key.attributePath, path.count == 2,
        ["var", "config", "inputs"].contains(path[0]),
        let variable = module.inputsAndSettings.first(where: { $0.name == path[1] }),
        let standard = variable.defaultValue?.scalarText,
        let rows = Evaluator(scope).value(of: table).attributes, rows[standard] == nil
      else { return }
      check.report(
        "no-row",
        "`\(Printer.print(table))` has no row `\(standard)`, the default of `\(variable.name)`",
        at: node.origin,
        help: nearestMatch(standard, in: rows.keys.sorted()).map { "Did you mean `\($0)`?" })
    }
  }
}

extension Expression {
  /// The table and the key of `table[key]` and `lookup(table, key)`.
  ///
  /// A call with a third argument has an answer for whatever isn't there.
  fileprivate var tableAccess: (table: Expression, key: Expression)? {
    switch self {
    case .index(let access): return (access.base, access.key)
    case .call(let call):
      guard call.name == "lookup", call.arguments.count == 2 else { return nil }
      return (call.arguments[0].value, call.arguments[1].value)
    default: return nil
    }
  }
}
