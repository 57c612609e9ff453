import Diagnostics
import Generation
import Operations
import Platform

extension HumanView {
  func show(_ report: DetectionReport) {
    show(report.diagnostics)
    guard !report.environment.isEmpty else { return }
    let rows = DetectionTable(report).rows
    let widths = [
      rows.map(\.name.count).max() ?? 0, rows.map(\.title.count).max() ?? 0,
      rows.map(\.status.count).max() ?? 0,
    ]
    for row in rows {
      let status = row.style.paint(row.status, isOn: outputColor)
      let blanks = row.notes.isEmpty ? "" : blanks(widths[2] - row.status.count + 2)
      let notes = row.notes.map { visible(Self.oneLine($0)) }.joined(separator: "; ")
      output.write(
        "\(visible(row.name))\(self.blanks(widths[0] - row.name.count + 2))\(row.title)"
          + "\(self.blanks(widths[1] - row.title.count + 2))\(status)\(blanks)\(notes)\n")
    }
    output.write("\(report.environment): \(summary(rows))\n")
    if let next = next(report) { errors.write(next) }
  }

  func showImported(_ report: RunReport) {
    show(report.diagnostics)
    guard report.plan != nil, report.end == .exited(0) else { return }
    errors.write(
      report.changedNothing
        ? "Nothing is left to import in \(report.environment).\n"
        : "Imported into the state of \(report.environment).\n")
  }

  private func summary(_ rows: [DetectionTable.Row]) -> String {
    let words = [
      "found", "ambiguous", "unknown", "can't be detected", "managed", "absent",
    ]
    let counts = words.map { word in (word, rows.count { $0.status == word }) }
    let parts = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
    return parts.isEmpty ? "nothing to look for" : parts.joined(separator: ", ")
  }

  private func next(_ report: DetectionReport) -> String? {
    if report.hasRecorded {
      return """
        app.json was changed. Next: `\(report.updateCommand)`\
        \(report.items.contains { $0.waitsForImport } ? ", then `webkit infra import`" : "").

        """
    }
    guard report.items.contains(where: { $0.conflict == .wouldBeMadeAgain }) else { return nil }
    return """
      To use what exists as it is: `webkit infra detect --write`. To take it over, so that its \
      settings follow app.json: `webkit infra detect --write --manage adopt`.

      """
  }

  private func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  private static func oneLine(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: " ")
  }
}
