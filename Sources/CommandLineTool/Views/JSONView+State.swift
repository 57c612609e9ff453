import Diagnostics
import JSON
import Operations
import Platform

extension JSONView {
  func showCopies(_ report: StateReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    for copy in report.copies { write("state-copy", members(copy, report.environment)) }
  }

  func showRestoring(_ copy: StateCopy, of environment: String) {
    write("state-copy", members(copy, environment))
  }

  func showRestored(_ report: StateReport) {
    output.write(JSONRenderer().render(report.diagnostics))
    guard let copy = report.restored else { return }
    write("state-restored", members(copy, report.environment))
  }

  private func members(_ copy: StateCopy, _ environment: String) -> [(String, JSONNode)] {
    [
      ("environment", .string(environment)), ("number", .number(copy.number)),
      ("made_at", .number(copy.madeAt)), ("serial", .number(copy.serial)),
      ("resources", .number(copy.resourceCount)),
    ]
  }
}
