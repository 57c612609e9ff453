import Diagnostics
import Operations
import Platform

extension HumanView {
  func show(_ report: ValidationReport) {
    show(report.diagnostics)
    if !report.diagnostics.hasErrors { output.write("\(tick) app.json is valid\n") }
  }

  func show(_ report: CheckReport) {
    show(report.diagnostics)
    guard !report.diagnostics.hasErrors else { return }
    output.write("\(tick) \(visible(report.directory)) is valid Terraform\n")
  }

  func show(_ report: InfrastructureReport) {
    show(report.diagnostics)
    for check in report.checks {
      if check.isSkipped {
        let sign = Style.faint.paint("-", isOn: outputColor)
        output.write("\(sign) \(check.topic.skippedText)\n")
      } else if check.errors.isEmpty {
        output.write("\(tick) \(text(of: check.topic, report))\n")
      }
      for error in check.errors {
        output.write("\(cross) \(visible(error.summary))\(place(of: error))\n")
      }
    }
  }

  func show(_ report: EnvironmentFileReport) {
    show(report.diagnostics)
    guard !report.diagnostics.hasErrors else { return }
    guard let path = report.path else { return output.write(report.text) }
    errors.write(
      "Wrote \(visible(path)): \(report.count == 1 ? "1 variable" : "\(report.count) variables").\n"
    )
  }

  private var tick: String { Style.good.paint("✓", isOn: outputColor) }
  private var cross: String { Style.bad.paint("✗", isOn: outputColor) }

  private func text(
    of topic: InfrastructureReport.Topic, _ report: InfrastructureReport
  ) -> String {
    switch topic {
    case .schema: "Schema valid"
    case .references: "All resource references resolve"
    case .support: "Provider/type combinations supported"
    case .configuration:
      "Configuration complete for \(report.environments.joined(separator: ", "))"
    case .tree:
      report.fileCount == 1
        ? "Generated Terraform well-formed (1 file)"
        : "Generated Terraform well-formed (\(report.fileCount) files)"
    }
  }

  private func place(of error: Diagnostic) -> String {
    guard let location = error.location else { return "" }
    let start = location.file.position(at: location.range.start)
    return " (\(visible(location.file.name)):\(start.line):\(start.column))"
  }
}

extension InfrastructureReport.Topic {
  /// What is shown when earlier errors kept the question from being asked.
  fileprivate var skippedText: String {
    switch self {
    case .schema: "Schema not checked"
    case .references: "References not checked"
    case .support: "Provider/type combinations not checked"
    case .configuration: "Configuration not checked"
    case .tree: "Generated Terraform not checked"
    }
  }
}
