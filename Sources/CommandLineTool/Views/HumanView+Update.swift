import Diagnostics
import Files
import Operations
import Platform

extension HumanView {
  func show(_ outcome: UpdateOutcome) {
    let report = outcome.report
    for change in report.changes {
      output.write(line(of: change, isProposal: outcome.isProposal))
      for difference in outcome.differences(of: change) { output.write(paint(difference)) }
    }
    // Of what was said when the files were written, the next run says only how much there is.
    let isQuiet = report.isComplete && report.changes.isEmpty && !report.writesAnything
    if !isQuiet { show(report.diagnostics) }
    if !report.isComplete {
      errors.write("Nothing was written.\n")
    } else if report.hasConflicts {
      showConflicts(report)
    } else {
      errors.write(summary(of: outcome) + (isQuiet ? findings(report.diagnostics) : "") + "\n")
    }
  }

  func line(of change: FileChange, isProposal: Bool) -> String {
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
    case (_, .edited) where change.base == nil:
      " (edited by hand, and its generated text has changed; what was generated last isn't known "
        + "here, since only the run that writes it keeps it)"
    case (_, .edited): " (edited by hand, and its generated text has changed)"
    case (_, .foreign): " (webkit didn't write it)"
    case (_, .notAFile): " (there is something that isn't a file)"
    default: ""
    }
  }

  func paint(_ difference: String) -> String {
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
    var help: [String] = []
    if let first = conflicts.first(where: { $0.conflict != .notAFile }) {
      help.append(
        """
        `--force` takes the generated text\(conflicts.count == 1 ? "" : " of all of them"); `--keep \
        \(first.path)` keeps yours\(conflicts.count == 1 ? "" : ", and may be repeated").
        """)
    }
    if let first = conflicts.first(where: { $0.conflict == .notAFile }) {
      help.append("Move \(first.path) away, since it isn't a file, and run the command again.")
    }
    let summary = "\(count) in conflict, so nothing was written"
    showError(summary, help: help.joined(separator: " "))
  }

  /// One line without its end.
  private func summary(of outcome: UpdateOutcome) -> String {
    let report = outcome.report
    let files = report.unchangedCount == 1 ? "1 file" : "\(report.unchangedCount) files"
    guard report.writesAnything || !report.changes.isEmpty else {
      return "Up to date: \(files) unchanged."
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
    var text = parts.joined(separator: ", ")
    let written: [FileChange.Kind] = [.written, .changed, .removed]
    if report.writesAnything && !report.changes.contains(where: { written.contains($0.kind) }) {
      text += outcome.isProposal ? "; only the records differ" : "; only the records differed"
      text += " (.webkit/infra.json)"
    }
    if outcome.isCheck && report.writesAnything { text += "; run `webkit update`" }
    return text + "."
  }

  /// How many findings there are and what shows them; empty if there are none.
  private func findings(_ diagnostics: Diagnostics) -> String {
    let warnings = diagnostics.sorted().count { $0.severity == .warning }
    guard warnings > 0 else { return "" }
    let count = warnings == 1 ? "1 warning is" : "\(warnings) warnings are"
    return " \(count) shown by `webkit infra validate`."
  }
}
