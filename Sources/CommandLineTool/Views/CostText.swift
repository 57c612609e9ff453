import Generation

/// A report of costs for people: as lines of a terminal, or as Markdown.
struct CostText {
  private let tables: [CostTable]
  private let sources: PriceSources
  /// The sums over several environments; empty where there is only one.
  private let totals: [String]

  init(_ costs: CostReport) {
    var sources = PriceSources()
    tables = costs.environments.map { CostTable($0, &sources) }
    totals = costs.environments.count > 1 ? costs.totals.map(\.text) : []
    self.sources = sources
  }

  private static let remark =
    "Amounts are for a month, without taxes, and without traffic beyond what they include."

  // MARK: - Lines

  /// The report in aligned columns.
  var lines: String {
    var text = tables.map(lines).joined(separator: "\n")
    if !totals.isEmpty { text += "\nall environments: \(totals.joined(separator: ", "))\n" }
    let texts = sources.texts
    if !texts.isEmpty {
      text += "\nprices:\n"
      for (index, source) in texts.enumerated() { text += "  [\(index + 1)] \(source)\n" }
    }
    return text + Self.remark + "\n"
  }

  private func lines(_ table: CostTable) -> String {
    let widths = (
      table.rows.map(\.item.count).max() ?? 0, table.rows.map(\.part.count).max() ?? 0,
      table.rows.map(\.amount.count).max() ?? 0
    )
    var text = "\(table.environment)\n"
    for row in table.rows {
      let amount = String(repeating: " ", count: widths.2 - row.amount.count) + row.amount
      text += "  \(padded(row.item, widths.0))  \(padded(row.part, widths.1))  \(amount)"
      text += row.note.isEmpty ? "\n" : "  \(row.note)\n"
    }
    text += "total: \(total(table))\n"
    if !table.free.isEmpty { text += "costs nothing: \(table.free.joined(separator: ", "))\n" }
    if !table.unpriced.isEmpty {
      text += "no price is known: \(table.unpriced.joined(separator: ", "))\n"
    }
    if !table.uncounted.isEmpty {
      text += "not counted: \(table.uncounted.joined(separator: ", "))\n"
    }
    return text
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: width - text.count)
  }

  private func total(_ table: CostTable) -> String {
    table.totals.isEmpty ? "nothing that has a price" : table.totals.joined(separator: ", ")
  }

  // MARK: - Markdown

  /// The report as Markdown, a table for each environment.
  var markdown: String {
    var text = tables.map(markdown).joined(separator: "\n")
    if !totals.isEmpty { text += "\nAll environments: **\(totals.joined(separator: ", "))**\n" }
    let texts = sources.texts
    if !texts.isEmpty {
      text += "\nPrices:\n\n"
      for (index, source) in texts.enumerated() {
        text += "- \\[\(index + 1)\\] \(escaped(source))\n"
      }
    }
    return text + "\n" + Self.remark + "\n"
  }

  private func markdown(_ table: CostTable) -> String {
    var text = "## Cost of \(escaped(table.environment))\n\n"
    if !table.rows.isEmpty {
      text += "| item | what it is | part | a month | price |\n|---|---|---|---:|---|\n"
    }
    for row in table.rows {
      let cells = [row.item, row.title, row.part, row.amount, row.note].map(escaped)
      text += "| \(cells.joined(separator: " | ")) |\n"
    }
    if !table.rows.isEmpty { text += "\n" }
    text += "Total: **\(total(table))**\n"
    if !table.free.isEmpty {
      text += "\nCosts nothing: \(escaped(table.free.joined(separator: ", ")))\n"
    }
    if !table.unpriced.isEmpty {
      text += "\nNo price is known: \(escaped(table.unpriced.joined(separator: ", ")))\n"
    }
    if !table.uncounted.isEmpty {
      text += "\nNot counted: \(escaped(table.uncounted.joined(separator: ", ")))\n"
    }
    return text
  }

  /// A text on one line, with nothing that Markdown would take for its own but code.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "|", "[", "]", "*", "\\": result += "\\\(character)"
      case "<": result += "&lt;"
      case "\n", "\r\n", "\r": result += " "
      default: result.append(character)
      }
    }
    return result
  }
}
