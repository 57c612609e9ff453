import Operations
import Platform

extension Option {
  /// The options of all commands that run the engine.
  static let running: [Option] = [
    .value("environment", "name", "The environment; needed where there are several."),
    .value("engine", "name", "The terraform or tofu to run: a name on PATH, or a path."),
    .value("local-infra", "folder", "Run the tree in this folder, with this project's data."),
  ]
}

extension Command {
  /// The command `infra exec`.
  static let execute = Command(
    words: ["infra", "exec"],
    summary: "Run any command of Terraform or OpenTofu on the project's tree.",
    discussion: """
      The tree has to be that of app.json. It is initialised first where need be, for
      the environment's own state, and commands that take variables get the project's.

      Of the variables of the shell the engine gets those that it, the providers of
      this project and the place of its state need, and no others: --env adds one.

        webkit infra exec -- state list
        webkit infra exec --environment staging -- console
      """,
    operands: ["argument..."],
    options: Option.running + [
      Option(
        name: "env", placeholder: "name", isRepeatable: true,
        help: "Let the engine see this variable, too.")
    ],
    exitCodes: [
      (.done, "the engine's command is done"),
      (.failed, "it failed, or couldn't be run; other codes are the engine's own"),
      (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      guard !call.arguments.operands.isEmpty else {
        call.view.show(.missingEngineCommand(), of: "infra exec")
        return .wrongUsage
      }
      return call.execute(call.arguments.operands, isInteractive: call.input.isTerminal)
    })
}

extension Call {
  /// Runs a command of the engine.
  func execute(_ words: [String], isInteractive: Bool) -> ExitCode {
    attempt { () throws(OperationError) in
      let report = try Operations.execute(
        Project(directory: directory), words, runOptions, with: generator, in: environment,
        isInteractive: isInteractive, tell: view.show)
      guard let end = report.end else {
        view.show(report)
        return .failed
      }
      return .engine(end.code)
    }
  }

  /// How the engine is to be run.
  var runOptions: RunOptions {
    var options = RunOptions()
    options.environment = arguments.value("environment")
    options.engine = arguments.value("engine")
    options.localTree = arguments.value("local-infra")
    options.passedVariables = arguments.values("env")
    return options
  }
}

extension UsageProblem {
  fileprivate static func missingEngineCommand() -> UsageProblem {
    UsageProblem(
      summary: "a command of the engine is needed",
      help: "Write it behind `--`, for example `webkit infra exec -- state list`.")
  }
}
