import Diagnostics
import Operations

extension Command {
  private static let checked: [(code: ExitCode, meaning: String)] = [
    (.done, "no errors"), (.failed, "errors"), (.wrongUsage, "wrong usage"),
  ]

  /// The command `validate`.
  static let validate = Command(
    words: ["validate"],
    summary: "Check app.json alone: its form, keys, names and values.",
    discussion: "Nothing is generated or written. `webkit infra validate` checks more.",
    options: [ownSpecs],
    exitCodes: checked,
    run: { call in
      call.attempt { () throws(OperationError) in
        let project = try Project(directory: call.directory)
        let report = try Operations.validate(project, with: call.chosenGenerator())
        call.view.show(report)
        return report.diagnostics.hasErrors ? .failed : .done
      }
    })

  /// The command `infra validate`.
  static let validateInfrastructure = Command(
    words: ["infra", "validate"],
    summary: "Check app.json for every environment, and the Terraform that it gives.",
    discussion: """
      Needs no network, no credentials and no Terraform. Nothing is written. Files of
      your own beside the generated ones aren't looked at; `webkit check infra` checks
      the folder as it stands.
      """,
    options: [ownSpecs],
    exitCodes: checked,
    run: { call in
      call.attempt { () throws(OperationError) in
        let project = try Project(directory: call.directory)
        let report = try Operations.validateInfrastructure(project, with: call.chosenGenerator())
        call.view.show(report)
        return report.diagnostics.hasErrors ? .failed : .done
      }
    })
}
