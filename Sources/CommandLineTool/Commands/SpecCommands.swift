import Diagnostics
import Operations

extension Command {
  /// The option that names the folder of specs.
  static let specs = Option.value(
    "specs", "dir",
    "The folder of specs; without it ProviderSpecs, or else those that are part of webkit.")

  /// The option of commands that generate from other specs than those that are part of webkit.
  static let ownSpecs = Option.value(
    "specs", "dir", "Generate from the specs in this folder, to try them out.")

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
      `webkit spec excerpt` write them. Addresses in a state and defaults that replace
      something must stay as they are recorded in ../golden beside the specs.

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

extension Command {
  /// The command `spec new`.
  static let newSpec = Command(
    words: ["spec", "new"],
    summary: "Write the spec of a resource type from its schema.",
    discussion: """
      It passes `webkit spec check` as it is: an input for every argument, blocks
      as lists and objects, outputs for what the provider makes. Lines that begin with
      `# Choose:` name the choices that a person has to make. A provider without a
      folder gets one, with provider.hcl and the part of the schema that is used; in
      one that is there schema.json grows by the type.
      """,
    operands: ["type"],
    options: [
      .value(
        "schema", "file", "The provider's schema: the output of terraform providers schema -json."),
      .value(
        "constraints", "file",
        "What that format lacks: allowed values, ranges, what replaces."),
      .value("provider", "name", "The manifest's word for the provider."),
      .value("output", "file", "The leaf: <specs>/<provider>/<type>.hcl."),
      .value("specs", "dir", "The folder of specs; without it ProviderSpecs."),
    ],
    exitCodes: [
      (.done, "done"), (.failed, "the schema lacks the type, or there is a spec already"),
      (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      guard let type = call.arguments.operands.first, let schema = call.arguments.value("schema")
      else {
        call.view.show(.missingSchema(), of: "spec new")
        return .wrongUsage
      }
      var options = NewSpecOptions(schema: schema, type: type)
      options.constraints = call.arguments.value("constraints")
      options.provider = call.arguments.value("provider")
      options.output = call.arguments.value("output")
      options.specs = call.arguments.value("specs")
      return call.attempt { () throws(OperationError) in
        let report = try Operations.newSpec(options, in: call.directory)
        call.view.show(report)
        return report.diagnostics.hasErrors ? .failed : .done
      }
    })
}
