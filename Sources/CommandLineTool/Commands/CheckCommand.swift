import Diagnostics
import Operations

extension Command {
  /// The command `check`.
  static let check = Command(
    words: ["check"],
    summary: "Check a folder of Terraform, without Terraform.",
    discussion: """
      Says what `terraform validate` would say, and what a reviewer would ask about:
      everything at once, in milliseconds, without network, providers or credentials.
      Modules in local folders are checked with it.

      The types that webkit's own specs use are checked; for others, make a file with
      `terraform providers schema -json` and name it by --schema. What no schema is
      known of is accepted, and a note says so.
      """,
    operands: ["folder"],
    options: [
      Option(
        name: "schema", placeholder: "file", isRepeatable: true,
        help: "Providers' schemas as Terraform prints them; may be repeated."),
      .value(
        "terraform-version", "version", "The version of Terraform that is to run it."),
    ],
    exitCodes: [
      (.done, "no errors"), (.failed, "errors, or a file can't be read"),
      (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.attempt { () throws(OperationError) in
        let report = try Operations.check(
          call.arguments.operands.first ?? call.directory,
          schemas: call.arguments.values("schema"),
          version: call.arguments.value("terraform-version"))
        call.view.show(report)
        return report.diagnostics.hasErrors ? .failed : .done
      }
    })
}
