import Diagnostics
import Operations

extension Command {
  /// The option that names the folder of specs.
  static let specs = Option.value(
    "specs", "dir",
    "The folder of specs; without it ProviderSpecs, or else those that are part of webkit.")

  /// The command `spec list`.
  static let listSpecs = Command(
    words: ["spec", "list"],
    summary: "List providers, their types and what each makes.",
    options: [specs],
    exitCodes: [
      (.done, "done"), (.failed, "a spec can't be read"), (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.attempt { () throws(OperationError) in
        call.view.show(Operations.listSpecs(try call.specs()))
        return .done
      }
    })

  /// The command `spec check`.
  static let checkSpecs = Command(
    words: ["spec", "check"],
    summary: "Check specs against providers' schemas, each other and what is recorded.",
    discussion: """
      Looks at all of them, and shows what it finds in the folders and files that are
      named. Schemas and constraints stand beside the specs, as `webkit spec new` and
      scripts/excerpt-schemas.py write them. Addresses in a state and defaults that
      replace something must stay as they are recorded in ../golden beside the specs.

      With --coverage it lists for each leaf the arguments of its resources that no
      manifest reaches, each with the reason from `leaves_out`, and fails where there
      is none. Deprecated arguments and those that the provider makes don't count.
      """,
    operands: ["path..."],
    options: [
      specs,
      .flag("coverage", "List the arguments that no manifest reaches."),
      .value("addresses", "file", "Recorded addresses; without it ../golden/addresses.txt."),
      .value(
        "defaults", "file", "Recorded defaults; without it ../golden/frozen-defaults.txt."),
    ],
    exitCodes: [
      (.done, "no errors"), (.failed, "errors, or arguments are left out without a reason"),
      (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.attempt { () throws(OperationError) in
        var options = SpecCheckOptions()
        options.paths = call.arguments.operands
        options.coverage = call.arguments.has("coverage")
        options.addresses = call.arguments.value("addresses")
        options.defaults = call.arguments.value("defaults")
        let report = try checkSpecFolder(try call.specs(), options, in: call.directory)
        call.view.show(report)
        return report.fails ? .failed : .done
      }
    })
}

extension Call {
  /// The specs that the command works on.
  func specs() throws(OperationError) -> SpecFolder {
    try SpecFolder(arguments.value("specs"), in: directory)
  }
}
