import Diagnostics
import Operations

extension Command {
  /// The command `infra diff`.
  static let compareEnvironments = Command(
    words: ["infra", "diff"],
    summary: "Say what two environments of app.json don't have alike.",
    discussion: """
      Items, settings, variables and domains are compared; names in the cloud aren't,
      since each environment has its own. Nothing is run, and no secret is shown.

        webkit infra diff staging production
      """,
    operands: ["environment", "other"],
    exitCodes: [
      (.done, "they are alike"), (.failed, "app.json has errors"),
      (.differencesFound, "they differ"), (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      let names = call.arguments.operands
      guard names.count == 2 else {
        call.view.show(
          UsageProblem(
            summary: "two environments are needed",
            help: "Write, for example, `webkit infra diff staging production`."), of: "infra diff")
        return .wrongUsage
      }
      return call.attempt { () throws(OperationError) in
        let report = try Operations.compareEnvironments(
          Project(directory: call.directory), names[0], names[1], with: call.generator)
        call.view.show(report)
        if report.diagnostics.hasErrors { return .failed }
        return report.differences.isEmpty ? .done : .differencesFound
      }
    })
}
