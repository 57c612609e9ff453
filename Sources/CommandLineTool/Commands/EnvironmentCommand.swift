import Diagnostics
import Operations
import Platform

extension Command {
  /// The command `env generate`.
  static let generateEnvironmentFile = Command(
    words: ["env", "generate"],
    summary: "Write the file of an app's variables, as its machine reads it.",
    discussion: """
      A line NAME="value" for each variable that the app sees while it runs; systemd
      and a shell read it alike. It holds secrets, so a file is for its owner alone.
      Without --output it goes to standard output.

      Secrets come from variables of their names or from TF_VAR_secrets, else from
      their file of sops; outputs of resources from what the last `webkit infra apply`
      on this machine kept, or from what `terraform output -json` printed.
      """,
    options: [
      .value("app", "name", "The app."),
      .value("environment", "name", "The environment, or dev for the owner's machine."),
      .outputs,
      .value("output", "file", "The file to write, with the permissions 0600."),
    ],
    exitCodes: [
      (.done, "done"), (.failed, "a value is missing or unfit; nothing is written"),
      (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.withFileOptions(of: "env generate") { options throws(OperationError) in
        var options = options
        options.output = call.arguments.value("output")
        let report = try Operations.generateEnvironmentFile(
          Project(directory: call.directory), options, with: call.generator, in: call.environment)
        call.view.show(report)
        return report.diagnostics.hasErrors ? .failed : .done
      }
    })

  /// The command `env push`.
  static let pushEnvironmentFile = Command(
    words: ["env", "push"],
    summary: "Bring the file of an app's variables to its machine.",
    discussion: """
      The file that `env generate` makes goes through ssh to /etc/apps/<app>.env. It
      takes the old one's place as a whole, and the app starts anew if it changed.
      Nothing of it is written here. Keys that the app's ssh_keys name are added to
      those that may log in as deploy.

      The machine's address comes from the outputs, keys and all else from ssh's own
      settings. Keys of machines are kept in .webkit/known_hosts: a machine that was
      never met is taken as it is, one whose key changed is refused.
      """,
    options: [
      .value("app", "name", "The app."),
      .value("environment", "name", "The environment."),
      .outputs,
      .value("host", "name", "The machine, as ssh knows it, instead of that of the outputs."),
      .value("port", "number", "The port that its ssh listens at."),
      .flag("remove-other-keys", "Let nobody log in whose key app.json doesn't name."),
    ],
    exitCodes: [
      (.done, "the machine has the file"),
      (.failed, "it has what it had: something is missing, or it can't be reached"),
      (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      call.withFileOptions(of: "env push") { file throws(OperationError) in
        var options = EnvironmentPushOptions(file)
        options.host = call.arguments.value("host")
        options.port = call.arguments.value("port")
        options.removesOtherKeys = call.arguments.has("remove-other-keys")
        options.isInteractive = call.input.isTerminal
        let report = try Operations.pushEnvironmentFile(
          Project(directory: call.directory), options, with: call.generator, in: call.environment)
        call.view.show(report, removesOtherKeys: options.removesOtherKeys)
        return report.diagnostics.hasErrors ? .failed : .done
      }
    })
}

extension Option {
  fileprivate static let outputs = Option.value(
    "outputs", "file", "What `terraform output -json` printed; - is standard input.")
}

extension Call {
  /// Does the work for an app in an environment, both of which have to be named.
  fileprivate func withFileOptions(
    of command: String, _ work: (EnvironmentFileOptions) throws(OperationError) -> ExitCode
  ) -> ExitCode {
    for name in ["app", "environment"] where !arguments.has(name) {
      view.show(.missingOption(name), of: command)
      return .wrongUsage
    }
    return attempt { () throws(OperationError) in
      var options = EnvironmentFileOptions(
        app: arguments.value("app") ?? "", environment: arguments.value("environment") ?? "")
      if let path = arguments.value("outputs") {
        options.outputsName = path == "-" ? "standard input" : path
        options.outputs = try bytes(of: path)
      }
      return try work(options)
    }
  }

  /// The bytes of a file in the project's folder, or of standard input for `-`.
  fileprivate func bytes(of path: String) throws(OperationError) -> [UInt8] {
    do throws(FileError) {
      if path == "-" { return try input.read() }
      return try FileSystem.read(path.hasPrefix("/") ? path : "\(directory)/\(path)")
    } catch {
      throw OperationError(error)
    }
  }
}
