import Diagnostics
import Operations

extension Command {
  /// The command `spec docs`.
  static let documentSpecs = Command(
    words: ["spec", "docs"],
    summary: "Write the reference of every provider: README.md beside its specs.",
    discussion: """
      Every type with its inputs, outputs, resources and import ids, the credentials,
      settings and prices, all from the specs alone. Equal specs give equal files.
      """,
    options: [
      .flag("check", "Write nothing; exit with 3 if a file differs."),
      .value("specs", "dir", "The folder of specs; without it ProviderSpecs."),
    ],
    exitCodes: [
      (.done, "done, or nothing to do"), (.failed, "a file can't be read or written"),
      (.differencesFound, "--check found files that differ"), (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.attempt { () throws(OperationError) in
        let report = try Operations.documentSpecs(
          try call.specs(), isCheck: call.arguments.has("check"))
        call.view.show(report)
        return report.isCheck && !report.changed.isEmpty ? .differencesFound : .done
      }
    })

  /// The command `spec excerpt`.
  static let excerptSchemas = Command(
    words: ["spec", "excerpt"],
    summary: "Cut what specs use out of whole schemas of providers.",
    discussion: """
      Writes schema.json and constraints.json beside each provider.hcl: the types
      that leaves name, without words for people, an attribute a line, so that a new
      release of a provider can be read as a difference. The folder holds whole
      schemas, as terraform providers schema -json prints them, in a file for each
      provider that is called as the last part of its source, and below constraints/
      what that format lacks, under the same names.
      """,
    operands: ["dir"],
    options: [
      .flag("check", "Write nothing; exit with 3 if a file differs."),
      .value("specs", "dir", "The folder of specs; without it ProviderSpecs."),
    ],
    exitCodes: [
      (.done, "done, or nothing to do"),
      (.failed, "a schema lacks a type, or a file can't be read"),
      (.differencesFound, "--check found files that differ"), (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      guard let schemas = call.arguments.operands.first else {
        call.view.show(.missingSchemas(), of: "spec excerpt")
        return .wrongUsage
      }
      return call.attempt { () throws(OperationError) in
        let report = try Operations.excerptSchemas(
          of: try call.specs(), from: schemas, in: call.directory,
          isCheck: call.arguments.has("check"))
        call.view.show(report)
        if report.diagnostics.hasErrors { return .failed }
        return report.isCheck && !report.changed.isEmpty ? .differencesFound : .done
      }
    })

  /// The command `spec fmt`.
  static let formatSpecs = Command(
    words: ["spec", "fmt"],
    summary: "Bring specs into the layout of `terraform fmt`.",
    discussion: """
      The order of arguments and blocks stays as it is; `webkit spec check` says where
      an argument stands behind a block.
      """,
    options: [
      .flag("check", "Write nothing; exit with 3 if anything would change."),
      .flag("diff", "Show what changes in each file."),
      .value("specs", "dir", "The folder of specs; without it ProviderSpecs."),
    ],
    exitCodes: [
      (.done, "done, or nothing to do"),
      (.failed, "a file has errors of syntax, or can't be read or written"),
      (.differencesFound, "--check found that files would change"), (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.attempt { () throws(OperationError) in
        let isCheck = call.arguments.has("check")
        let report = try Operations.formatSpecs(try call.specs(), isCheck: isCheck)
        let outcome = FormatOutcome(
          report: report, isCheck: isCheck, lists: true, writes: !isCheck,
          showsDifferences: call.arguments.has("diff"))
        call.view.show(outcome)
        return report.diagnostics.hasErrors ? .failed : outcome.exitCode
      }
    })
}

extension Call {
  /// The specs that the command works on.
  func specs() throws(OperationError) -> SpecFolder {
    try SpecFolder(arguments.value("specs"), in: directory)
  }
}
