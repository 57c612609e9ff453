import Diagnostics
import Operations
import Platform

extension Command {
  /// The command `infra state restore`.
  static let restoreState = Command(
    words: ["infra", "state", "restore"],
    summary: "Put a former state back: the last copy, that of a number, or a version.",
    discussion: """
      What was the state becomes a copy, and what isn't even a state is kept beside
      them. Nothing but the state changes: what was made since exists still, and
      nobody knows of it.

        webkit infra state restore 3
        webkit infra state restore --version 83b52b2e
      """,
    operands: ["number"],
    options: Option.running + [
      .value("version", "id", "Put back this version of the bucket's."),
      .autoApprove, .flag("force", "Replace a state that comes from another history, too."),
    ],
    exitCodes: [(.done, "restored"), (.failed, "failed"), (.wrongUsage, "wrong usage")],
    run: { call in call.restoreState() })

  /// The command `infra state migrate`.
  static let migrateState = Command(
    words: ["infra", "state", "migrate"],
    summary: "Take the state along to where app.json says that it is now.",
    discussion: """
      After `infra.backend` was changed and `webkit update`, in the folder that was
      applied last. The state is copied, written to the new place and compared; the
      former place keeps it, and nobody should apply to it any more.

      Variables that begin with FORMER_ hold for the former place alone:
      FORMER_TF_STATE_ACCESS_KEY.
      """,
    options: Option.running + [
      .autoApprove, .flag("force", "Replace a state that is there already; a copy is kept."),
    ],
    exitCodes: [
      (.done, "migrated, or it is there already"), (.failed, "failed"),
      (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.attempt { () throws(OperationError) in
        let isAgreed = try call.isAgreedAlready("it", look: "infra state versions")
        let report = try Operations.migrateState(
          Project(directory: call.directory), call.runOptions,
          isForced: call.arguments.has("force"), with: call.generator, in: call.environment,
          tell: call.view.show
        ) { state, origin, title throws(OperationError) in
          call.view.showMigrating(state, from: origin, to: title)
          return isAgreed ? true : try call.agrees("Take it along?")
        }
        call.view.showMigrated(report)
        return report.diagnostics.hasErrors ? .failed : .done
      }
    })

  /// The command `infra state forget`.
  static let forgetResources = Command(
    words: ["infra", "state", "forget"],
    summary: "Let go of resources: they stay as they are, and the state forgets them.",
    discussion: """
      A copy of the state is kept first. What app.json still describes, the next apply
      makes a second time.
      """,
    operands: ["address..."],
    options: Option.running + [.autoApprove],
    exitCodes: [(.done, "forgotten"), (.failed, "failed"), (.wrongUsage, "wrong usage")],
    run: { call in call.forgetResources() })
}

extension Call {
  fileprivate func restoreState() -> ExitCode {
    let word = arguments.operands.first
    let number = word.flatMap { Int($0) }
    if let word, number == nil {
      return misused(
        "`\(word)` isn't the number of a copy", "`webkit infra state versions` lists them.")
    }
    let version = arguments.value("version")
    guard version == nil || number == nil else {
      return misused("a copy and a version can't both be put back", "Name one of them.")
    }
    let former = version.map(FormerState.version) ?? number.map(FormerState.copy) ?? .lastCopy
    return attempt { () throws(OperationError) in
      let isAgreed = try isAgreedAlready("it", look: "infra state versions")
      let report = try Operations.restoreState(
        Project(directory: directory), former, runOptions, isForced: arguments.has("force"),
        with: generator, in: environment, tell: view.show
      ) { report throws(OperationError) in
        view.showRestoring(report)
        return isAgreed ? true : try agrees("Put it back?")
      }
      view.showRestored(report)
      return report.state == nil ? .failed : .done
    }
  }

  private func misused(_ summary: String, _ help: String) -> ExitCode {
    view.show(UsageProblem(summary: summary, help: help), of: "infra state restore")
    return .wrongUsage
  }

  fileprivate func forgetResources() -> ExitCode {
    let addresses = arguments.operands
    guard !addresses.isEmpty else { return wants("an address", "infra state forget") }
    return attempt { () throws(OperationError) in
      let isAgreed = try isAgreedAlready("it", look: "infra state list")
      let report = try Operations.forgetResources(
        Project(directory: directory), addresses, runOptions, with: generator, in: environment,
        tell: view.show
      ) { all, stateful throws(OperationError) in
        view.showForgetting(all, stateful: stateful)
        return isAgreed ? true : try agrees("Let go of them?")
      }
      view.showForgotten(report)
      return report.diagnostics.hasErrors ? .failed : .done
    }
  }
}
