import Diagnostics
import Files
import Generation
import JSON
import Operations
import Platform

extension JSONView {
  func show(_ report: ExecutionReport) {
    output.write(JSONRenderer().render(report.diagnostics))
  }

  func show(_ message: EngineMessage) {
    switch message {
    case .finding(let finding):
      var findings = Diagnostics()
      findings.append(finding)
      output.write(JSONRenderer().render(findings))
    case .progress(let text): write("progress", [("text", .string(text))])
    case .step(let step):
      write(
        "progress",
        [
          ("text", .string(step.text)), ("address", .string(step.address)),
          ("phase", .string(step.phase.rawValue)),
          ("seconds", step.seconds.map { .number($0) } ?? .null),
        ])
    }
  }

  func show(_ report: RunReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    showPlan(report)
  }

  func showPlan(_ report: RunReport) {
    guard let plan = report.plan else { return }
    for change in plan.changes {
      write(
        "planned-change",
        [
          ("action", .string(change.action.rawValue)), ("address", .string(change.address)),
          ("resource_type", .string(change.type)), ("item", text(change.item)),
          ("arguments", texts(change.arguments)), ("reason", text(change.reason)),
          ("former_address", text(change.formerAddress)),
          ("imported", .bool(change.isImported)), ("stateful", .bool(change.isStateful)),
          ("loses_data", .bool(change.losesData)),
        ])
    }
    let counts = PlannedChange.Action.allCases.map { action in
      (action.rawValue, JSONNode.number(plan.count(action)))
    }
    write(
      "plan",
      [
        ("environment", .string(report.environment)), ("empty", .bool(plan.isEmpty)),
        ("outputs", texts(plan.outputs)), ("drifted", texts(plan.drifted)),
        ("risk", .string(plan.risk.level.rawValue)), ("reasons", texts(plan.risk.reasons)),
        ("cost", report.cost.map(costs) ?? .null),
      ] + counts)
  }

  func showApplied(_ report: RunReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    write(
      "applied",
      [
        ("environment", .string(report.environment)), ("done", .bool(report.isDone)),
        ("left", texts(report.left)),
      ])
  }

  func ask(_ question: String, answer: String) {
    write("question", [("text", .string(question)), ("answer", .string(answer))])
  }

  func show(_ report: OutputsReport, showsSecrets: Bool) {
    output.write(JSONRenderer().render(report.diagnostics))
    for item in report.outputs {
      let isHidden = item.isSensitive && !showsSecrets
      write(
        "output",
        [
          ("name", .string(item.name)), ("sensitive", .bool(item.isSensitive)),
          ("value", isHidden ? .null : item.value),
        ])
    }
    if let seconds = report.readAt { write("outputs", [("read_at", .number(seconds))]) }
  }

  func show(_ rehearsal: Rehearsal) {
    output.write(JSONRenderer().render(rehearsal.diagnostics))
    guard !rehearsal.environment.isEmpty else { return }
    write(
      "rehearsal",
      [
        ("environment", .string(rehearsal.environment)), ("ready", .bool(rehearsal.isReady)),
        ("current", .bool(rehearsal.isCurrent)),
        ("changes", texts(rehearsal.changes.map(\.path.text))),
        ("data", texts(rehearsal.dataFiles)), ("state", .string(rehearsal.stateFile)),
        ("variables", texts(rehearsal.variables)),
        ("missing", texts(rehearsal.missing.compactMap(\.names.first))),
      ])
  }

  func show(_ report: LockReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    guard report.end == .exited(0) else { return }
    write("locked", [("path", .string(report.path)), ("changed", .bool(report.isChanged))])
  }

  func show(_ report: ComparisonReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    for difference in report.differences {
      let values = zip(report.environments, [difference.first, difference.second])
      write(
        "difference",
        [
          ("item", .string(difference.item)), ("key", text(difference.key)),
          ("values", .object(values.map { ($0, text($1)) })),
        ])
    }
  }

  private func text(_ text: String?) -> JSONNode { text.map { .string($0) } ?? .null }
  private func texts(_ texts: [String]) -> JSONNode { .array(texts.map { .string($0) }) }
}
