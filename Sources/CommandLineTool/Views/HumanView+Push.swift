import Diagnostics
import Operations
import Platform

extension HumanView {
  func show(_ report: EnvironmentPushReport, removesOtherKeys: Bool) {
    show(report.diagnostics)
    guard !report.diagnostics.hasErrors else { return }
    let (app, host, path) = (visible(report.app), visible(report.host), visible(report.path))
    let variables = report.count == 1 ? "1 variable" : "\(report.count) variables"
    errors.write(
      report.isChanged
        ? "\(host) has the \(variables) of \(app) in \(path).\n"
        : "\(host) had the \(variables) of \(app) in \(path) already.\n")
    let added = report.addedKeys == 1 ? "1 key" : "\(report.addedKeys) keys"
    if report.addedKeys > 0 { errors.write("\(added) more may log in there.\n") }
    guard report.otherKeys > 0 else { return }
    let others = report.otherKeys == 1 ? "1 key" : "\(report.otherKeys) keys"
    errors.write(
      removesOtherKeys
        ? "\(others) may log in there no longer.\n"
        : "\(others) may log in there that app.json doesn't name: `--remove-other-keys` ends that.\n"
    )
  }
}
