import Diagnostics
import Operations
import Platform

extension Option {
  fileprivate static let target = Option(
    name: "target", placeholder: "address", isRepeatable: true, takesOneHyphen: true,
    help: "Plan for this resource and what it needs alone; may be given several times.")
  fileprivate static let replace = Option(
    name: "replace", placeholder: "address", isRepeatable: true, takesOneHyphen: true,
    help: "Destroy this resource and make it anew; may be given several times.")
  static let autoApprove = Option(
    name: "auto-approve", isSwitch: true, takesOneHyphen: true,
    help: "Don't ask; needed where nobody is at a terminal.")
  fileprivate static let dryRun = Option.flag(
    "dry-run", "Say what the run would begin with; no engine, no cloud.")
  static let allowDestroy = Option(
    name: "allow-destroy", placeholder: "name", isRepeatable: true,
    help: "Let this item lose its data, by being destroyed or made anew.")
}

extension Command {
  private static let runCodes: [(code: ExitCode, meaning: String)] = [
    (.done, "done"), (.failed, "failed; what was done until then stands in the state"),
    (.wrongUsage, "wrong usage"),
  ]

  /// The command `infra plan`.
  static let plan = Command(
    words: ["infra", "plan"],
    summary: "Show what an apply would do; nothing changes.",
    discussion: """
      A table of resources: what is done to each and why, what loses data in front.
      Below it stands how much harm it can do. Values aren't shown, so no secret is.
      """,
    options: Option.running + [
      .target, .replace, .dryRun,
      .flag("destroy", "Plan to destroy everything."),
      .value("graph", "file", "Draw what it does: as .svg or .dot, else as Mermaid."),
      .value("out", "file", "Keep the plan, with the permissions 0600: it holds secrets in clear."),
      Option(
        name: "detailed-exitcode", isSwitch: true, takesOneHyphen: true,
        help: "End with 2 where the plan has changes."),
    ],
    exitCodes: [
      (.done, "planned"), (.failed, "failed"),
      (.changesPresent, "the plan has changes (--detailed-exitcode)"), (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.attempt { () throws(OperationError) in
        if call.arguments.has("dry-run") { return try call.rehearse() }
        var options = call.planOptions
        options.destroys = call.arguments.has("destroy")
        options.output = call.arguments.value("out")
        options.isDrawn = call.arguments.value("graph") != nil
        let report = try Operations.plan(
          Project(directory: call.directory), options, with: call.generator,
          in: call.environment, tell: call.view.show)
        call.view.show(report)
        if let path = call.arguments.value("graph"), let graph = report.graph {
          let format = path.split(separator: ".").last.map(String.init)
          try writeText(graph.text(as: format), to: path, in: call.directory)
        }
        guard report.isDone else { return .failed }
        let tellsChanges = call.arguments.isOn("detailed-exitcode")
        return tellsChanges && report.plan?.isEmpty == false ? .changesPresent : .done
      }
    })

  /// The command `infra apply`.
  static let apply = Command(
    words: ["infra", "apply"],
    summary: "Make what app.json describes: plan, ask, do it.",
    discussion: """
      What would lose data has to be named by --allow-destroy. The outputs are kept
      for `webkit infra output`.

      With --detect it does what `infra detect` does before it plans. Where something
      exists that app.json would make a second time, it says so and does nothing; with
      --write it writes that into app.json, updates the tree, and goes on.
      """,
    options: Option.running + [
      .target, .replace, .dryRun, .autoApprove, .allowDestroy, .detects, .writes, .manages,
    ],
    exitCodes: runCodes,
    run: { call in call.apply { _ in } })

  /// The command `infra destroy`.
  static let destroy = Command(
    words: ["infra", "destroy"],
    summary: "Destroy everything that an environment has: plan, ask, do it.",
    discussion: """
      What holds data has to be named by --allow-destroy. At the end the state is
      asked what is left; anything that is makes it fail.
      """,
    options: Option.running + [.target, .dryRun, .autoApprove, .allowDestroy],
    exitCodes: runCodes,
    run: { call in call.apply { $0.plan.destroys = true } })

  /// The command `infra refresh`.
  static let refresh = Command(
    words: ["infra", "refresh"],
    summary: "Bring the state to what there is: look, ask, write it down.",
    discussion: """
      Nothing but the state changes. What was changed behind its back is listed first.
      """,
    options: Option.running + [.target, .dryRun, .autoApprove],
    exitCodes: runCodes,
    run: { call in call.apply { $0.plan.refreshesOnly = true } })

  /// The command `infra unlock`.
  static let unlock = Command(
    words: ["infra", "unlock"],
    summary: "Take away the lock of a run that died.",
    discussion: """
      The id stands in the error that names the lock and who holds it. Be sure that
      nobody works on the state: two who write it at once lose what one of them did.
      """,
    operands: ["id"],
    options: Option.running,
    exitCodes: [(.done, "unlocked"), (.failed, "failed"), (.wrongUsage, "wrong usage")],
    run: { call in
      guard let id = call.arguments.operands.first else {
        call.view.show(
          UsageProblem(
            summary: "the id of the lock is needed",
            help: "It stands in the error of the run that found the lock."), of: "infra unlock")
        return .wrongUsage
      }
      return call.execute(["force-unlock", "-force", id], isInteractive: false)
    })

  /// The command `infra output`.
  static let output = Command(
    words: ["infra", "output"],
    summary: "Show the outputs of the last apply.",
    discussion: """
      They come from what the last apply on this machine kept, so no credential is
      needed; --refresh asks the state. With a name, its value alone is shown.
      """,
    operands: ["name"],
    options: Option.running + [
      .flag("refresh", "Ask the state."),
      .flag("show-sensitive", "Show secrets, too."),
    ],
    exitCodes: [(.done, "shown"), (.failed, "there are none"), (.wrongUsage, "wrong usage")],
    run: { call in
      call.attempt { () throws(OperationError) in
        let report = try Operations.outputs(
          Project(directory: call.directory), call.runOptions,
          refreshes: call.arguments.has("refresh"), with: call.generator, in: call.environment,
          tell: call.view.show)
        return try call.show(report)
      }
    })
}

extension Call {
  fileprivate var planOptions: PlanOptions {
    var options = PlanOptions()
    options.run = runOptions
    options.targets = arguments.values("target")
    options.replacements = arguments.values("replace")
    return options
  }

  fileprivate func apply(_ choose: (inout ApplyOptions) -> Void) -> ExitCode {
    attempt { () throws(OperationError) in
      if arguments.has("dry-run") { return try rehearse() }
      var options = ApplyOptions()
      options.plan = planOptions
      choose(&options)
      options.destroyable = arguments.values("allow-destroy")
      let isAgreed = try isAgreedAlready("the plan", look: "infra plan")
      if arguments.has("detect") {
        guard try detectFirst(isAttended: !isAgreed) else { return .failed }
      } else if arguments.has("write") || arguments.has("manage") {
        throw OperationError(
          "`--write` and `--manage` belong to `--detect`", help: "Add `--detect`.",
          kind: .wrongUsage)
      }
      let report = try Operations.apply(
        Project(directory: directory), options, with: generator, in: environment, tell: view.show
      ) { report throws(OperationError) in
        view.showPlan(report)
        return isAgreed
          ? true : try agrees(options.plan.destroys ? "Destroy all of this?" : "Do this?")
      }
      view.showApplied(report)
      return report.isDone ? .done : .failed
    }
  }

  fileprivate func rehearse() throws(OperationError) -> ExitCode {
    let rehearsal = try Operations.rehearse(
      Project(directory: directory), runOptions, with: generator, in: environment)
    view.show(rehearsal)
    return rehearsal.isReady ? .done : .failed
  }

  /// Whether nobody has to be asked; somebody has to be there otherwise.
  func isAgreedAlready(_ what: String, look: String) throws(OperationError) -> Bool {
    let isAgreed = arguments.isOn("auto-approve")
    guard isAgreed || input.isTerminal else {
      throw OperationError(
        "nobody is at a terminal to agree to \(what)",
        help: "Look at `webkit \(look)`, then add `--auto-approve`.", kind: .wrongUsage)
    }
    return isAgreed
  }

  /// Asks the person at the terminal.
  func agrees(_ question: String) throws(OperationError) -> Bool {
    view.ask(question, answer: "yes")
    do throws(FileError) {
      return try input.readLine() == "yes"
    } catch {
      throw OperationError(error)
    }
  }

  fileprivate func show(_ report: OutputsReport) throws(OperationError) -> ExitCode {
    guard !report.diagnostics.hasErrors else {
      view.show(report, showsSecrets: false)
      return .failed
    }
    guard let name = arguments.operands.first else {
      view.show(report, showsSecrets: arguments.has("show-sensitive"))
      return .done
    }
    guard let output = report.outputs.first(where: { $0.name == name }) else {
      let names = report.outputs.map { "`\($0.name)`" }
      throw OperationError(
        "there is no output `\(name)`",
        help: names.isEmpty ? "There is none at all." : "There is \(names.joined(separator: ", "))."
      )
    }
    guard !output.isSensitive || arguments.has("show-sensitive") else {
      throw OperationError("`\(name)` is a secret", help: "Add `--show-sensitive` to show it.")
    }
    view.showText(output.text + "\n")
    return .done
  }
}
