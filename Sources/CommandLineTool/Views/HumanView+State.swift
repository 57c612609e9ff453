import Diagnostics
import Operations
import Platform

extension HumanView {
  func showCopies(_ report: StateReport) {
    show(report.diagnostics)
    guard !report.diagnostics.hasErrors else { return }
    for copy in report.copies { output.write(line(copy)) }
    if report.copies.isEmpty {
      errors.write("No copy of the state of \(report.environment) is kept here.\n")
    }
  }

  func showRestoring(_ copy: StateCopy, of environment: String) {
    output.write("\(environment) gets the state of\n\(line(copy))")
  }

  func showRestored(_ report: StateReport) {
    show(report.diagnostics)
    guard let copy = report.restored else { return }
    errors.write(
      """
      The state of \(report.environment) is copy \(copy.number) again; what it was is a copy now.
      Look at `webkit infra plan` before anything else.

      """)
  }

  private func line(_ copy: StateCopy) -> String {
    let resources = copy.resourceCount == 1 ? "1 resource" : "\(copy.resourceCount) resources"
    return "\(copy.number)  \(timestamp(copy.madeAt))  serial \(copy.serial), \(resources)\n"
  }
}
