import Files
import Operations
import Platform

extension HumanView {
  func show(_ outcome: UpdateOutcome) {
    let report = outcome.report
    show(report.diagnostics)
    guard report.isComplete else {
      errors.write("Nothing was written.\n")
      return
    }
    for change in report.changes {
      output.write(line(of: change, isProposal: outcome.isProposal))
      if let difference = outcome.difference(of: change) { output.write(paint(difference)) }
    }
    if report.hasConflicts {
      showConflicts(report)
    } else {
      errors.write(summary(of: outcome))
    }
  }

  private func line(of change: FileChange, isProposal: Bool) -> String {
    let (done, proposed, style): (String, String, Style) =
      switch change.kind {
      case .written: ("wrote", "write", .good)
      case .changed: ("changed", "change", .changed)
      case .kept: ("kept", "keep", .faint)
      case .removed: ("removed", "remove", .bad)
      case .released: ("left", "leave", .faint)
      case .conflict: ("conflict", "conflict", .bad)
      }
    let word = isProposal ? proposed : done
    let padding = String(repeating: " ", count: 10 - word.count)
    return style.paint(word, isOn: outputColor) + padding + visible(change.path.text)
      + remark(on: change) + "\n"
  }

  private func remark(on change: FileChange) -> String {
    switch (change.kind, change.conflict) {
    case (.kept, _): " (yours: it differs from what is generated)"
    case (.released, _): " (no longer generated, but edited by hand: it is yours now)"
    case (_, .edited): " (edited by hand, and its generated text has changed)"
    case (_, .foreign): " (webkit didn't write it)"
    case (_, .notAFile): " (not a file)"
    default: ""
    }
  }

  private func paint(_ difference: String) -> String {
    let lines = difference.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { line in
      let text = visible(String(line))
      let style: Style? =
        switch line.first {
        case "+": line.hasPrefix("+++ ") ? .bold : .good
        case "-": line.hasPrefix("--- ") ? .bold : .bad
        case "@": .faint
        default: nil
        }
      return style?.paint(text, isOn: outputColor) ?? text
    }
    .joined(separator: "\n")
  }

  private func showConflicts(_ report: UpdateReport) {
    let conflicts = report.changes.filter { $0.kind == .conflict }
    let count = conflicts.count == 1 ? "1 file is" : "\(conflicts.count) files are"
    let decidable = conflicts.filter { $0.conflict != .notAFile }
    var help = "Move away what isn't a file."
    if let first = decidable.first {
      help = """
        `--force` takes the generated text of all of them; `--keep \(first.path)` keeps yours, and \
        may be repeated.
        """
    }
    showError("\(count) in conflict, so nothing was written", help: help)
  }

  private func summary(of outcome: UpdateOutcome) -> String {
    let report = outcome.report
    let files = report.unchangedCount == 1 ? "1 file" : "\(report.unchangedCount) files"
    guard report.writesAnything || !report.changes.isEmpty else {
      return "Up to date: \(files) unchanged.\n"
    }
    let words: [(FileChange.Kind, String, String)] = [
      (.written, "written", "to write"), (.changed, "changed", "to change"),
      (.removed, "removed", "to remove"), (.kept, "kept", "to keep"),
      (.released, "left", "to leave"),
    ]
    var parts: [String] = words.compactMap { kind, done, proposed in
      let count = report.changes.count { $0.kind == kind }
      return count == 0 ? nil : "\(count) \(outcome.isProposal ? proposed : done)"
    }
    parts.append("\(report.unchangedCount) unchanged")
    var text = parts.joined(separator: ", ") + ".\n"
    let written: [FileChange.Kind] = [.written, .changed, .removed]
    if report.writesAnything && !report.changes.contains(where: { written.contains($0.kind) }) {
      text += outcome.isProposal ? "Only the records differ: " : "Only the records differed: "
      text += ".webkit/infra.json.\n"
    }
    if outcome.isCheck && report.writesAnything {
      text += "Not up to date: run `webkit update`.\n"
    }
    return text
  }
}
