import Diagnostics
import Operations
import Platform

extension Command {
  private static func codes(_ done: String) -> [(code: ExitCode, meaning: String)] {
    [(.done, done), (.failed, "failed"), (.wrongUsage, "wrong usage")]
  }

  /// The command `infra state init`.
  static let prepareStore = Command(
    words: ["infra", "state", "init"],
    summary: "Make the place where the state is kept, and find out whether it locks.",
    discussion: """
      A bucket is made if there is none; it keeps what is overwritten, and strangers
      can't read it. Whether two runs at once can both write is tried. What is as it
      should be stays, so that it may be called any number of times.

      It asks the store through curl. Without curl it shows what to run by hand.
      """,
    options: Option.running,
    exitCodes: [
      (.done, "the place is ready"), (.failed, "failed, or the state isn't safe there"),
      (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.attempt { () throws(OperationError) in
        let report = try Operations.prepareStore(
          Project(directory: call.directory), call.runOptions, with: call.generator,
          in: call.environment)
        call.view.show(report)
        return report.diagnostics.hasErrors || report.commands != nil ? .failed : .done
      }
    })

  /// The command `infra state list`.
  static let listState = Command(
    words: ["infra", "state", "list"],
    summary: "List the addresses of all that the state holds.",
    options: Option.running,
    exitCodes: codes("listed"),
    run: { call in
      call.attempt { () throws(OperationError) in
        let contents = try stateContents(
          Project(directory: call.directory), call.runOptions, with: call.generator,
          in: call.environment)
        call.view.showAddresses(contents)
        return contents.diagnostics.hasErrors ? .failed : .done
      }
    })

  /// The command `infra state show`.
  static let showState = Command(
    words: ["infra", "state", "show"],
    summary: "Show what the state holds of a resource; secrets aren't shown.",
    operands: ["address"],
    options: Option.running,
    exitCodes: codes("shown"),
    run: { call in
      guard let address = call.arguments.operands.first else {
        return call.wants("an address", "infra state show")
      }
      return call.attempt { () throws(OperationError) in
        let contents = try stateContents(
          Project(directory: call.directory), of: address, call.runOptions,
          with: call.generator, in: call.environment)
        call.view.showAttributes(contents, of: address)
        return contents.diagnostics.hasErrors ? .failed : .done
      }
    })

  /// The command `infra state pull`.
  static let pullState = Command(
    words: ["infra", "state", "pull"],
    summary: "Write the whole state, secrets in clear, to standard output or a file.",
    options: Option.running + [
      .value("output", "file", "Write it there, for its owner alone, with the permissions 0600.")
    ],
    exitCodes: codes("written"),
    run: { call in
      call.attempt { () throws(OperationError) in
        let contents = try Operations.pullState(
          Project(directory: call.directory), to: call.arguments.value("output"),
          call.runOptions, with: call.generator, in: call.environment)
        call.view.showPulled(contents)
        return contents.diagnostics.hasErrors ? .failed : .done
      }
    })

  /// The command `infra state backup`.
  static let backUpState = Command(
    words: ["infra", "state", "backup"],
    summary: "Keep a copy of the state as it is now.",
    discussion: """
      Each command that writes the state keeps one before and after, in
      .webkit/cache/states, for its owner alone: the last ten of an environment. They
      hold secrets in clear.

      Commands that write refuse a state that is gone, older than the last copy, or
      another one. --accept says that the state is right as it is.
      """,
    options: Option.running + [
      .flag("accept", "Go on with the state as it is, whatever it was before.")
    ],
    exitCodes: codes("kept"),
    run: { call in
      call.attempt { () throws(OperationError) in
        let report = try Operations.backUpState(
          Project(directory: call.directory), call.runOptions,
          accepts: call.arguments.has("accept"), with: call.generator, in: call.environment)
        call.view.showBackedUp(report)
        return report.diagnostics.hasErrors ? .failed : .done
      }
    })

  /// The command `infra state versions`.
  static let listStateVersions = Command(
    words: ["infra", "state", "versions"],
    summary: "List what the state was: the copies kept here, the bucket's versions.",
    discussion: """
      `webkit infra state restore` puts any of them back. A bucket keeps versions once
      `webkit infra state init` told it to.
      """,
    options: Option.running + [
      .flag("copies", "List the copies alone, which needs no credentials.")
    ],
    exitCodes: codes("listed"),
    run: { call in
      call.attempt { () throws(OperationError) in
        let report = try formerStates(
          Project(directory: call.directory), call.runOptions,
          asksStore: !call.arguments.has("copies"), with: call.generator, in: call.environment)
        call.view.showFormerStates(report)
        return report.diagnostics.hasErrors || report.commands != nil ? .failed : .done
      }
    })
}

extension Call {
  /// Says that a word is missing behind a command.
  func wants(_ what: String, _ command: String) -> ExitCode {
    view.show(
      UsageProblem(
        summary: "\(what) is needed", help: "`webkit infra state list` lists the addresses."),
      of: command)
    return .wrongUsage
  }
}
