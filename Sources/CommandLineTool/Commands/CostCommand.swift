import Diagnostics
import Generation
import Operations

extension Command {
  /// The command `infra cost`.
  static let cost = Command(
    words: ["infra", "cost"],
    summary: "Show what each environment costs a month.",
    discussion: """
      Per resource, per currency and in total, with where each price comes from, of
      which day it is and how sure: A was read from the source itself, C is old or
      second-hand. The prices stand in the specs, so neither network nor credentials
      are needed. What depends on use is worked out from what app.json expects, as
      `expected_gb`; what has no price is named, and isn't in the sums.
      """,
    options: [
      .value("environment", "name", "This environment alone, instead of all."),
      .value("compare", "file", "What changes against this former app.json alone."),
      .flag("markdown", "Write Markdown, for a comment or a page."), ownSpecs,
    ],
    exitCodes: [
      (.done, "shown"), (.failed, "the manifest has errors"), (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.attempt { () throws(OperationError) in
        let report = try call.costs()
        if call.arguments.has("markdown"), let costs = report.costs {
          call.view.show(report.diagnostics)
          call.view.showText(
            report.differences.map(CostDifference.markdown) ?? CostText(costs).markdown)
        } else {
          call.view.show(report)
        }
        return report.costs == nil ? .failed : .done
      }
    })
}

extension Call {
  fileprivate func costs() throws(OperationError) -> CostsReport {
    let (project, environment) = (try Project(directory: directory), arguments.value("environment"))
    let generator = try chosenGenerator()
    guard let path = arguments.value("compare") else {
      return try Operations.costs(of: project, in: environment, with: generator)
    }
    return try Operations.costs(
      of: project, comparedWith: path, in: environment, with: generator)
  }
}
