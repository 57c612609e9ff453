import Diagnostics
import Generation
import JSON
import Operations
import Platform

extension HumanView {
  func show(_ report: ExecutionReport) { show(report.diagnostics) }

  func show(_ message: EngineMessage) {
    switch message {
    case .finding(let finding):
      errors.write(TextRenderer(color: errorColor).render(finding))
    case .progress(let text): errors.write(visible(text) + "\n")
    case .step(let step): show(step)
    }
  }

  /// On a terminal one line tells what is being done, and what is done stays; elsewhere each step is a line.
  private func show(_ step: ResourceStep) {
    let isDone = [.done, .failed].contains(step.phase)
    if let status {
      if isDone { errors.write(visible(step.text) + "\n") }
      status.take(step)
    } else if step.phase != .reading, step.phase != .read {
      errors.write(visible(step.text) + "\n")
    }
  }

  func show(_ report: RunReport) {
    show(report.diagnostics)
    showPlan(report)
  }

  func showPlan(_ report: RunReport) {
    status?.end()
    guard let plan = report.plan else { return }
    output.write(text(of: plan, report.cost, in: report.environment))
  }

  func showApplied(_ report: RunReport) {
    status?.end()
    show(report.diagnostics)
    guard report.plan != nil else { return }
    if !report.left.isEmpty {
      showError(
        "\(report.left.count) resources are left in \(report.environment)",
        help: report.left.joined(separator: ", "))
    } else if report.end == .exited(0) {
      errors.write(
        report.changedNothing
          ? "\(report.environment) is as it should be.\n" : "Done in \(report.environment).\n")
    }
  }

  func ask(_ question: String, answer: String) {
    status?.end()
    errors.write("\(Style.bold.paint(question, isOn: errorColor)) Only `\(answer)` counts: ")
  }

  func show(_ report: OutputsReport, showsSecrets: Bool) {
    show(report.diagnostics)
    for item in report.outputs {
      let value =
        item.isSensitive && !showsSecrets
        ? "(secret)" : visible(JSONPrinter.printCompact(item.value))
      output.write("\(visible(item.name)) = \(value)\n")
    }
    if let seconds = report.readAt {
      errors.write("As of \(timestamp(seconds)); `--refresh` asks the state.\n")
    }
  }

  func show(_ report: ComparisonReport) {
    show(report.diagnostics)
    guard !report.diagnostics.hasErrors else { return }
    if report.differences.isEmpty {
      output.write("\(report.environments.joined(separator: " and ")) are alike.\n")
      return
    }
    for difference in report.differences {
      guard let key = difference.key else {
        let place = report.environments[difference.first == nil ? 1 : 0]
        output.write(visible("\(difference.item): only in \(place)\n"))
        continue
      }
      let values = [difference.first, difference.second].map { $0 ?? "(nothing)" }
      let sides = zip(report.environments, values).map { "\($0) \($1)" }
      output.write(
        visible("\(difference.item).\(key): \(sides.joined(separator: ", "))".singleLine) + "\n")
    }
  }

  func show(_ rehearsal: Rehearsal) {
    show(rehearsal.diagnostics)
    guard !rehearsal.environment.isEmpty else { return }
    for change in rehearsal.changes { output.write(line(of: change, isProposal: true)) }
    let data = rehearsal.dataFiles.joined(separator: ", ")
    for (name, text) in [
      ("environment", rehearsal.environment),
      ("tree", rehearsal.isCurrent ? "that of app.json" : "not that of app.json"),
      ("data", data), ("state", "as \(rehearsal.stateFile) says"),
      ("variables", rehearsal.variables.joined(separator: ", ")),
    ] {
      output.write(visible(name + String(repeating: " ", count: 13 - name.count) + text) + "\n")
    }
    for credential in rehearsal.missing {
      let names = credential.names.map { "`\($0)`" }.joined(separator: " or ")
      showError("a credential is missing", help: "Export \(names): \(credential.description).")
    }
    if !rehearsal.isCurrent {
      showError("the tree isn't what app.json says", help: "Run `webkit update`.")
    }
    errors.write("Nothing was run.\n")
  }

  func show(_ report: LockReport) {
    show(report.diagnostics)
    guard report.end == .exited(0) else { return }
    errors.write(
      report.isChanged
        ? "\(report.path) is written: commit it.\n" : "\(report.path) is as it should be.\n")
  }

  // MARK: - Plans

  private func text(of plan: Plan, _ cost: CostDifference?, in environment: String) -> String {
    if plan.isEmpty && plan.drifted.isEmpty { return "Nothing changes in \(environment).\n" }
    var text = ""
    let changes = plan.changes.filter { $0.action != .read }
    let rows = changes.map { (mark($0), $0.item ?? "", $0.address, reason($0)) }
    let width = rows.map(\.1.count).max() ?? 0
    for (change, row) in zip(changes, rows) {
      let mark = style(change).paint(row.0, isOn: outputColor)
      let item = row.1 + String(repeating: " ", count: width - row.1.count)
      text += "\(mark)  \(visible(item))  \(visible(row.2))\(row.3)\n"
    }
    if !plan.outputs.isEmpty {
      text += "outputs that change: \(visible(plan.outputs.joined(separator: ", ")))\n"
    }
    if !plan.drifted.isEmpty {
      text += "changed behind the state's back: \(visible(plan.drifted.joined(separator: ", ")))\n"
    }
    text += "\(environment): \(counts(plan))\n"
    if let cost { text += "cost: \(visible(cost.sentence))\n" }
    let risk = plan.risk
    let reasons = risk.reasons.isEmpty ? "" : " (\(risk.reasons.joined(separator: "; ")))"
    return text + "risk: \(risk.level.rawValue)\(visible(reasons))\n"
  }

  private func mark(_ change: PlannedChange) -> String {
    let word = change.action.rawValue + (change.losesData ? " !" : "")
    return word + String(repeating: " ", count: max(0, 9 - word.count))
  }

  private func style(_ change: PlannedChange) -> Style {
    switch change.action {
    case .delete, .replace: .bad
    case .update, .move, .forget: .changed
    case .create, .adopt: .good
    case .read: .faint
    }
  }

  private func reason(_ change: PlannedChange) -> String {
    if let former = change.formerAddress { return "  (was \(visible(former)))" }
    if !change.arguments.isEmpty {
      let names = visible(change.arguments.joined(separator: ", "))
      let prefix = change.isImported ? "imported; " : ""
      return change.action == .replace
        ? "  (\(prefix)because of \(names))" : "  (\(prefix)\(names))"
    }
    guard let reason = change.reason else { return "" }
    return "  (\(visible(reason.split(separator: "_").joined(separator: " "))))"
  }

  private func counts(_ plan: Plan) -> String {
    let words: [(PlannedChange.Action, String)] = [
      (.create, "to create"), (.update, "to update"), (.replace, "to replace"),
      (.delete, "to destroy"), (.adopt, "to import"), (.forget, "to forget"), (.move, "to move"),
    ]
    let parts = words.filter { plan.count($0.0) > 0 }.map { "\(plan.count($0.0)) \($0.1)" }
    return parts.isEmpty ? "no resource changes" : parts.joined(separator: ", ")
  }

  /// A moment in UTC: `2026-08-01 12:30:05 UTC`.
  func timestamp(_ seconds: Int) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400)
    // Days are counted from March on, so that leap days come last (the civil calendar's period of
    // 400 years has 146,097 days).
    let shifted = days + 719_468
    let (era, day) = (shifted / 146_097, shifted % 146_097)
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
    let ofYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    let ofMonth = ofYear - (153 * month + 2) / 5 + 1
    let civilMonth = month < 10 ? month + 3 : month - 9
    let civilYear = year + era * 400 + (civilMonth <= 2 ? 1 : 0)
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = "\(civilYear)-\(padded(civilMonth))-\(padded(ofMonth))"
    return "\(date) \(padded(rest / 3_600)):\(padded(rest / 60 % 60)):\(padded(rest % 60)) UTC"
  }
}

extension String {
  /// The text with its line ends written out.
  fileprivate var singleLine: String { split(separator: "\n").joined(separator: "\\n") }
}
