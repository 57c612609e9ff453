import Diagnostics
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
      .flag("markdown", "Write Markdown, for a comment or a page."), ownSpecs,
    ],
    exitCodes: [
      (.done, "shown"), (.failed, "the manifest has errors"), (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.attempt { () throws(OperationError) in
        let report = try Operations.costs(
          of: Project(directory: call.directory), in: call.arguments.value("environment"),
          with: try call.chosenGenerator())
        if call.arguments.has("markdown"), let costs = report.costs {
          call.view.show(report.diagnostics)
          call.view.showText(CostText(costs).markdown)
        } else {
          call.view.show(report)
        }
        return report.costs == nil ? .failed : .done
      }
    })
}
