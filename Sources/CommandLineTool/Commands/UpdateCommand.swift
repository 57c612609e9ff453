import Files
import Operations

extension Command {
  private static let diff = Option.flag("diff", "Show what changes in each file.")

  /// The command `update`.
  static let update = Command(
    words: ["update"],
    summary: "Bring the generated files up to date with app.json.",
    discussion: """
      Everything is computed first: if the manifest has an error or a file is in
      conflict, nothing is written. A file that you edited is kept as long as what is
      generated for it stays the same. If that changes too, or a file that webkit
      didn't write is in the way, you decide with --force or --keep. To get the
      generated text of an edited file back, delete it and update.

      .webkit/infra.json remembers what was written; commit it with the files. What
      would delete or replace something that holds data is an error, unless
      --allow-replace names it.
      """,
    options: [
      .flag("check", "Write nothing; exit with 3 if anything would change."), diff,
      .flag("force", "Replace files in conflict."),
      Option(
        name: "keep", placeholder: "path", isRepeatable: true,
        help: "Leave this file as it is, in conflict or not; may be repeated."),
      .flag(
        "prune-providers",
        "Forget providers that left the manifest. Only when no state holds anything of theirs."),
      Option(
        name: "allow-replace", placeholder: "name", isRepeatable: true,
        help: "Let this app or resource be replaced or given up, with its data; may be repeated."),
      ownSpecs,
    ],
    exitCodes: [
      (.done, "done, or nothing to do"),
      (.failed, "the manifest has errors, a file is in conflict or can't be written"),
      (.differencesFound, "--check found that files would change"), (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      var options = UpdateOptions()
      options.isCheck = call.arguments.has("check")
      options.forces = call.arguments.has("force")
      options.prunesProviders = call.arguments.has("prune-providers")
      options.replaceable = call.arguments.values("allow-replace")
      for text in call.arguments.values("keep") {
        let written = text.hasPrefix("./") ? String(text.dropFirst(2)) : text
        guard let path = RelativePath(written) else {
          let fault = RelativePath.fault(in: written)?.rawValue ?? ""
          call.view.show(.wrongPath("keep", text, fault), of: "update")
          return .wrongUsage
        }
        options.keptPaths.insert(path)
      }
      return call.update(options)
    })

  /// The command `drift`.
  static let drift = Command(
    words: ["drift"],
    summary: "Say which generated files differ from what app.json asks for.",
    discussion: "The same as `webkit update --check`: nothing is written.",
    options: [diff, ownSpecs],
    exitCodes: [
      (.done, "the files are up to date"),
      (.failed, "the manifest has errors, or a file is in conflict"),
      (.differencesFound, "files would change"), (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      var options = UpdateOptions()
      options.isCheck = true
      return call.update(options)
    })
}

extension Call {
  fileprivate func update(_ options: UpdateOptions) -> ExitCode {
    attempt { () throws(OperationError) in
      let project = try Project(directory: directory)
      let report = try Operations.update(project, with: chosenGenerator(), options) {
        view.showWaiting()
      }
      let outcome = UpdateOutcome(
        report: report, isCheck: options.isCheck, showsDifferences: arguments.has("diff"))
      view.show(outcome)
      return outcome.exitCode
    }
  }
}
