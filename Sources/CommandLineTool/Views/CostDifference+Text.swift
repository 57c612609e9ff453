import Generation
import ProviderModel

extension CostDifference {
  /// It in a sentence: `USD 54.00 a month, +12.00 since the last apply here (db +12.00)`.
  var sentence: String {
    let sum = after.isEmpty ? "nothing" : after.map(\.text).joined(separator: ", ")
    var text = "\(sum) a month" + (isComplete ? "" : ", and what has no price")
    guard before != nil else { return text }
    if rows.isEmpty { return text + ", as at the last apply here" }
    let items = rows.map { "\($0.name) \($0.changes.map(\.signed).joined(separator: ", "))" }
    if changes.isEmpty {
      text += ", as at the last apply here in all"
    } else {
      text += ", \(changes.map(\.signed).joined(separator: ", ")) since the last apply here"
    }
    return text + " (\(items.joined(separator: "; ")))"
  }
}

extension CostDifference {
  /// Differences in aligned columns.
  static func lines(_ differences: [CostDifference]) -> String {
    differences.map { difference in
      let rows = difference.rows.map { ($0.name, cells($0.before, $0.after)) }
      let widths = (
        rows.map(\.0.count).max() ?? 0, rows.map(\.1.0.count).max() ?? 0,
        rows.map(\.1.1.count).max() ?? 0
      )
      let lines = rows.map { name, cells in
        "  \(padded(name, widths.0))  \(padded(cells.0, widths.1)) -> "
          + "\(padded(cells.1, widths.2))  \(cells.2)\n"
      }
      return "\(difference.environment)\n\(lines.joined())total: \(difference.total)\n"
    }
    .joined(separator: "\n")
  }

  /// Differences as Markdown, a table for each environment.
  static func markdown(_ differences: [CostDifference]) -> String {
    differences.map { difference in
      var text = "## Cost of \(difference.environment)\n\n"
      if !difference.rows.isEmpty {
        text += "| item | before | after | a month |\n|---|---:|---:|---:|\n"
        for row in difference.rows {
          let cells = cells(row.before, row.after)
          text += "| \(row.name) | \(cells.0) | \(cells.1) | \(cells.2) |\n"
        }
        text += "\n"
      }
      return text + "Total: **\(difference.total)**\n"
    }
    .joined(separator: "\n")
  }

  private var total: String {
    let after = Self.sum(after)
    let rest = isComplete ? "" : ", and what has no price"
    guard let before, !changes.isEmpty else { return "\(after) a month, as before\(rest)" }
    return "\(Self.sum(before)) -> \(after) a month, "
      + changes.map(\.signed).joined(separator: ", ") + rest
  }

  private static func cells(_ before: [Money], _ after: [Money]) -> (String, String, String) {
    let row = Row(name: "", before: before, after: after)
    return (sum(before), sum(after), row.changes.map(\.signed).joined(separator: ", "))
  }

  private static func sum(_ amounts: [Money]) -> String {
    amounts.isEmpty ? "nothing" : amounts.map(\.text).joined(separator: ", ")
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: width - text.count)
  }
}

extension Money {
  /// A change in a sentence: `+USD 12.00`, `-EUR 3.50`.
  fileprivate var signed: String {
    amount.text.hasPrefix("-") ? "-\(currency) \(amount.negated.cents)" : "+\(text)"
  }
}
