import AppManifest
import Diagnostics
import Operations
import Platform

extension Option {
  static let detects = flag(
    "detect", "Find out first what exists already, and make none of it again.")
  static let writes = flag("write", "Write what was found into app.json, as --manage says.")
  static let manages = Option(
    name: "manage", placeholder: "how", choices: ["existing", "adopt"],
    help: "With --write: existing (the default) uses it as it is, adopt takes it over.")
}

extension Command {
  /// The command `infra detect`.
  static let detect = Command(
    words: ["infra", "detect"],
    summary: "Find out what of app.json exists already.",
    discussion: """
      Asks the state, then the providers, and changes nothing. Each resource and app
      is absent, found, ambiguous (there are several), managed (the state has it),
      unknown (with the provider's reason) or can't be detected.

      With --write, what is found and not decided yet gets `manage` and `id` of this
      environment in app.json; its other bytes stay. `existing` only reads the thing.
      `adopt` gives it to Terraform: its settings follow app.json from then on.
      """,
    options: Option.running + [.writes, .manages],
    exitCodes: [
      (.done, "nothing stands in the way of what app.json says"), (.failed, "failed"),
      (.differencesFound, "something exists that would be made again, or isn't there"),
      (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.attempt { () throws(OperationError) in
        let report = try call.detected()
        guard !report.diagnostics.hasErrors else { return .failed }
        return report.hasConflicts ? .differencesFound : .done
      }
    })

  /// The command `infra import`.
  static let importing = Command(
    words: ["infra", "import"],
    summary: "Take what exists into the state: plan, ask, do it.",
    discussion: """
      Without a name everything that app.json marks as `adopt` is imported. The plan
      shows what that changes; what isn't imported is left alone, but for what the
      imports need and isn't there yet. What would lose data has to be named by
      --allow-destroy.

      With --resource or --app, and --id, one item is imported with those of its parts
      that are there; app.json stays as it is.
      """,
    options: Option.running + [
      .value("resource", "name", "Import this resource alone."),
      .value("app", "name", "Import this app alone."),
      .value("id", "id", "What its provider calls it; `infra detect` finds it."),
      .autoApprove, .allowDestroy,
    ],
    exitCodes: [
      (.done, "imported, or nothing was left to import"), (.failed, "failed"),
      (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      let names = [call.arguments.value("resource"), call.arguments.value("app")]
      switch (names.compactMap(\.self).count, call.arguments.value("id")) {
      case (0, nil): return call.adopt()
      case (1, let id?): return call.importOne(id)
      case (0, _): return call.refuse("`--id` needs the name of what it is the id of")
      case (1, nil): return call.refuse("the id is needed")
      default: return call.refuse("one thing is imported at a time")
      }
    })
}

extension Call {
  fileprivate func refuse(_ summary: String) -> ExitCode {
    view.show(
      UsageProblem(
        summary: summary, help: "Write `webkit infra import --resource <name> --id <id>`."),
      of: "infra import")
    return .wrongUsage
  }

  /// Finds out what exists, and shows it.
  fileprivate func detected() throws(OperationError) -> DetectionReport {
    var options = DetectionOptions()
    options.run = runOptions
    let word = arguments.value("manage")
    if arguments.has("write") {
      options.recording = word.flatMap(Item.Management.init(rawValue:)) ?? .existing
    } else if word != nil {
      throw OperationError(
        "`--manage` says what is written, and nothing is", help: "Add `--write`.", kind: .wrongUsage
      )
    }
    let report = try Operations.detect(
      Operations.Project(directory: directory), options, with: generator, in: environment,
      tell: view.show)
    view.show(report)
    return report
  }

  fileprivate func adopt() -> ExitCode {
    carryOut { project, agree throws(OperationError) in
      var options = AdoptionOptions()
      options.run = runOptions
      options.destroyable = arguments.values("allow-destroy")
      return try Operations.adopt(
        project, options, with: generator, in: environment, tell: view.show, confirm: agree)
    }
  }

  fileprivate func importOne(_ id: String) -> ExitCode {
    carryOut { project, agree throws(OperationError) in
      let app = arguments.value("app")
      var options = ImportOptions(
        item: app ?? arguments.value("resource") ?? "", isApp: app != nil, id: id)
      options.run = runOptions
      options.destroyable = arguments.values("allow-destroy")
      return try importItem(
        project, options, with: generator, in: environment, tell: view.show, confirm: agree)
    }
  }

  /// Imports after the plan was agreed to, and shows what became of it.
  private func carryOut(
    _ work: (Operations.Project, (RunReport) throws(OperationError) -> Bool) throws(OperationError)
      ->
      RunReport
  ) -> ExitCode {
    attempt { () throws(OperationError) in
      let isAgreed = try isAgreedAlready("the import", look: "infra plan")
      let report = try work(Operations.Project(directory: directory)) {
        report throws(OperationError) in
        view.showPlan(report)
        return isAgreed ? true : try agrees("Import this?")
      }
      view.showImported(report)
      return report.isDone ? .done : .failed
    }
  }

  /// Finds out what exists before an apply; what was found is written down where that is wished.
  ///
  /// An apply makes nothing a second time: where something was found that app.json would make, it
  /// ends here. What nobody could tell of is left to the person who is asked.
  ///
  /// - Returns: Whether the apply may go on.
  func detectFirst(isAttended: Bool) throws(OperationError) -> Bool {
    let report = try detected()
    guard !report.diagnostics.hasErrors else { return false }
    if report.hasRecorded {
      var options = UpdateOptions()
      options.replaceable = report.givenUp
      let updated = UpdateOutcome(
        report: try update(Operations.Project(directory: directory), with: generator, options),
        isCheck: false,
        showsDifferences: false)
      view.show(updated)
      guard updated.exitCode == .done else { return false }
    }
    if let error = report.reasonNotToApply(isAttended: isAttended) { throw error }
    return true
  }
}
