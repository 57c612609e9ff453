import Diagnostics
import Operations
import Platform

extension Command {
  /// The command `infra state list-copies`.
  static let listStateCopies = Command(
    words: ["infra", "state", "list-copies"],
    summary: "List the copies that are kept of the state.",
    discussion: """
      Each command that writes the state keeps one before, in .webkit/cache/states,
      for its owner alone: the last ten of an environment. They hold secrets in clear.
      """,
    options: Option.running,
    exitCodes: [(.done, "listed"), (.failed, "failed"), (.wrongUsage, "wrong usage")],
    run: { call in
      call.attempt { () throws(OperationError) in
        let report = try stateCopies(
          Project(directory: call.directory), call.runOptions, with: call.generator,
          in: call.environment)
        call.view.showCopies(report)
        return report.diagnostics.hasErrors ? .failed : .done
      }
    })

  /// The command `infra state restore`.
  static let restoreState = Command(
    words: ["infra", "state", "restore"],
    summary: "Put a copy back as the state: the last one, or that of a number.",
    discussion: """
      What was the state becomes a copy. Nothing but the state changes: what was made
      since the copy exists still, and nobody knows of it.
      """,
    operands: ["number"],
    options: Option.running + [
      .autoApprove, .flag("force", "Replace a state that comes from another history, too."),
    ],
    exitCodes: [(.done, "restored"), (.failed, "failed"), (.wrongUsage, "wrong usage")],
    run: { call in call.restoreState() })
}

extension Call {
  fileprivate func restoreState() -> ExitCode {
    let word = arguments.operands.first
    let number = word.flatMap { Int($0) }
    if let word, number == nil {
      view.show(
        UsageProblem(
          summary: "`\(word)` isn't the number of a copy",
          help: "`webkit infra state list-copies` lists them."), of: "infra state restore")
      return .wrongUsage
    }
    return attempt { () throws(OperationError) in
      let isAgreed = try isAgreedAlready("the copy", look: "infra state list-copies")
      let report = try Operations.restoreState(
        Project(directory: directory), number, runOptions, isForced: arguments.has("force"),
        with: generator, in: environment
      ) { report throws(OperationError) in
        if let copy = report.restored { view.showRestoring(copy, of: report.environment) }
        return isAgreed ? true : try agrees("Put it back?")
      }
      view.showRestored(report)
      return report.restored == nil ? .failed : .done
    }
  }
}
