import Diagnostics
import Files
import JSON
import Operations
import Platform

/// Shows results to a program: one JSON object a line, all on standard output.
struct JSONView: View {
  /// The format of the lines.
  ///
  /// It grows when a member changes its meaning or goes; new members and new types of lines don't
  /// count.
  static let format = 1

  let output: Output

  func begin() {
    write(
      "version",
      [("format", .number(Self.format)), ("webkit", .string(webkitVersion))])
  }

  func show(_ problem: UsageProblem, of command: String?) {
    let help = problem.help ?? "Run `webkit help\(command.map { " " + $0 } ?? "")`."
    showError("usage", problem.summary, help: help)
  }

  func show(_ error: OperationError) {
    showError(error.kind == .wrongUsage ? "usage" : "failure", error.summary, help: error.help)
  }

  func show(_ diagnostics: Diagnostics) { output.write(JSONRenderer().render(diagnostics)) }

  func showWaiting() { write("waiting", []) }

  func show(_ outcome: UpdateOutcome) {
    let report = outcome.report
    for change in report.changes { show(change, outcome) }
    output.write(JSONRenderer().render(report.diagnostics))
    let counts = FileChange.Kind.allCases.map { kind in
      (kind.rawValue, JSONNode.number(report.changes.count { $0.kind == kind }))
    }
    write(
      "update",
      [
        ("applied", .bool(report.isComplete && !outcome.isProposal)),
        ("differs", .bool(report.writesAnything || report.hasConflicts)),
        ("complete", .bool(report.isComplete)),
      ] + counts + [
        ("unchanged", .number(report.unchangedCount)),
        ("exit", .number(Int(outcome.exitCode.rawValue))),
      ])
  }

  private func show(_ change: FileChange, _ outcome: UpdateOutcome) {
    var members: [(String, JSONNode)] = [
      ("path", .string(change.path.text)), ("action", .string(change.kind.rawValue)),
      ("conflict", change.conflict.map { .string($0.rawValue) } ?? .null),
      ("difference", outcome.difference(of: change).map { .string($0) } ?? .null),
    ]
    if change.conflict == .edited {
      // Both are null where it isn't known what was generated last.
      let texts = change.base == nil ? [] : change.conflictDifferences
      members.append(("owner_difference", texts.first.map { .string($0) } ?? .null))
      members.append(("generated_difference", texts.last.map { .string($0) } ?? .null))
    }
    write("file", members)
  }

  func show(_ report: ValidationReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    write("validation", [("valid", .bool(!report.diagnostics.hasErrors))])
  }

  func show(_ report: EnvironmentFileReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    guard !report.diagnostics.hasErrors else { return }
    let place: (String, JSONNode) =
      report.path.map { ("path", .string($0)) } ?? ("text", .string(report.text))
    write("environment-file", [place, ("variables", .number(report.count))])
  }

  func show(_ report: EnvironmentPushReport, removesOtherKeys: Bool) {
    output.write(JSONRenderer().render(report.diagnostics))
    guard !report.diagnostics.hasErrors else { return }
    write(
      "environment-push",
      [
        ("app", .string(report.app)), ("host", .string(report.host)),
        ("path", .string(report.path)), ("variables", .number(report.count)),
        ("changed", .bool(report.isChanged)), ("added_keys", .number(report.addedKeys)),
        (removesOtherKeys ? "removed_keys" : "other_keys", .number(report.otherKeys)),
      ])
  }

  func show(_ report: CheckReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    write("validation", [("valid", .bool(!report.diagnostics.hasErrors))])
  }

  func show(_ report: InfrastructureReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    for check in report.checks {
      let outcome = check.isSkipped ? "skipped" : check.errors.isEmpty ? "passed" : "failed"
      write(
        "check",
        [
          ("topic", .string(check.topic.rawValue)), ("outcome", .string(outcome)),
          ("errors", .number(check.errors.count)),
        ])
    }
    write(
      "validation",
      [
        ("valid", .bool(!report.diagnostics.hasErrors)),
        ("environments", .array(report.environments.map { .string($0) })),
        ("files", .number(report.fileCount)),
      ])
  }

  func show(_ outcome: FormatOutcome) {
    let report = outcome.report
    for file in report.files where file.isChanged || outcome.showsTexts {
      write(
        "file",
        [
          ("path", .string(file.path)),
          ("action", .string(file.isWritten ? "formatted" : file.isChanged ? "differs" : "none")),
          ("difference", outcome.difference(of: file).map { .string($0) } ?? .null),
          (
            "text",
            outcome.showsTexts ? .string(String(decoding: file.after, as: UTF8.self)) : .null
          ),
        ])
    }
    output.write(JSONRenderer().render(report.diagnostics))
    write(
      "format",
      [
        ("files", .number(report.fileCount)), ("changed", .number(report.changedFiles.count)),
        ("applied", .bool(outcome.writes)), ("valid", .bool(!report.diagnostics.hasErrors)),
        ("exit", .number(Int(outcome.exitCode.rawValue))),
      ])
  }

  func show(_ report: InitialisationReport) {
    write(
      "created",
      [
        ("path", .string(report.path)), ("name", .string(report.name)),
        ("schema", .string(report.schema)),
      ])
  }

  /// Says no more than the first line does.
  func showVersion() {}

  func showText(_ text: String) { write("text", [("text", .string(text))]) }

  private func showError(_ kind: String, _ summary: String, help: String) {
    write(
      "error",
      [("kind", .string(kind)), ("summary", .string(summary)), ("help", .string(help))])
  }

  func write(_ type: String, _ members: [(String, JSONNode)]) {
    output.write(JSONPrinter.printCompact(.object([("type", .string(type))] + members)) + "\n")
  }
}
