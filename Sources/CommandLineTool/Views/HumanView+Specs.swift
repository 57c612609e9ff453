import Diagnostics
import Operations
import Platform
import ProviderModel
import SpecTools

extension HumanView {
  func show(_ providers: [ListedProvider]) {
    for (index, provider) in providers.enumerated() {
      let words =
        provider.aliases.isEmpty ? "" : ", also \(provider.aliases.joined(separator: ", "))"
      let head = Style.bold.paint("\(provider.name): \(provider.title)", isOn: outputColor)
      output.write(
        "\(index == 0 ? "" : "\n")\(head)\(words) (\(provider.source) \(provider.version))\n")
      let rows = provider.leaves.map { leaf in
        [
          leaf.role, ([leaf.type] + leaf.aliases).joined(separator: ", "),
          leaf.resourceTypes.joined(separator: ", "),
        ]
      }
      let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
      for row in rows {
        let cells = zip(row, widths).map { cell, width in
          cell + String(repeating: " ", count: width - cell.count)
        }
        output.write("  " + (cells + [row[2]]).joined(separator: "  ") + "\n")
      }
    }
  }

  func show(_ report: SpecReport) {
    show(report.diagnostics)
    for leaf in report.coverage ?? [] { show(leaf) }
    if let coverage = report.coverage {
      let missing = coverage.map(\.missing.count).reduce(0, +)
      if missing > 0 {
        showError(
          missing == 1
            ? "1 argument is left out without a reason"
            : "\(missing) arguments are left out without a reason",
          help: "Give each an input, or say in `leaves_out` why it has none.")
      }
    }
    guard !report.fails else { return }
    let leaves = report.leafCount == 1 ? "1 leaf is" : "\(report.leafCount) leaves are"
    let tick = Style.good.paint("✓", isOn: outputColor)
    output.write("\(tick) \(leaves) right in \(visible(report.folder))\n")
  }

  func show(_ report: NewSpecReport) {
    show(report.diagnostics)
    guard let draft = report.draft, !report.diagnostics.hasErrors else { return }
    output.write(report.paths.map { visible($0) + "\n" }.joined())
    let choices = draft.choiceCount
    errors.write(
      """
      Wrote \(report.paths.count) files. Next:
        - decide where `# Choose:` stands (\(choices == 1 ? "1 choice" : "\(choices) choices")),
        - check with `webkit spec check`, and `--coverage` for what no manifest reaches.

      """)
  }

  func show(_ report: SpecFilesReport) {
    show(report.diagnostics)
    guard !report.diagnostics.hasErrors else { return }
    output.write(report.changed.map { visible($0) + "\n" }.joined())
    if report.changed.isEmpty {
      errors.write("Up to date: \(report.count) files.\n")
    } else if report.isCheck {
      errors.write("\(report.changed.count) of \(report.count) files differ.\n")
    } else {
      errors.write("Wrote \(report.changed.count) of \(report.count) files.\n")
    }
  }

  private func show(_ leaf: LeafCoverage) {
    output.write(
      """
      \(leaf.provider)/\(leaf.type): \(leaf.reachedCount) reached, \(leaf.leftOut.count) left out, \
      \(leaf.missing.count) missing

      """)
    let width = leaf.leftOut.map(\.name.count).max() ?? 0
    for item in leaf.leftOut {
      let padding = String(repeating: " ", count: width - item.name.count)
      output.write("  left out  \(item.name)\(padding)  \(visible(item.reason ?? ""))\n")
    }
    for item in leaf.missing {
      output.write("  \(Style.bad.paint("missing ", isOn: outputColor))  \(item.name)\n")
    }
  }
}
