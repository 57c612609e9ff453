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

      Secrets come from variables of their names or from TF_VAR_secrets, outputs of
      resources from what the last `webkit infra apply` on this machine kept, or from
      what `terraform output -json` printed.
      """,
    options: [
      .value("app", "name", "The app."),
      .value("environment", "name", "The environment, or dev for the owner's machine."),
      .value("outputs", "file", "What `terraform output -json` printed; - is standard input."),
      .value("output", "file", "The file to write, with the permissions 0600."),
    ],
    exitCodes: [
      (.done, "done"), (.failed, "a value is missing or unfit; nothing is written"),
      (.wrongUsage, "wrong usage"),
    ],
    run: { call in
      for name in ["app", "environment"] where !call.arguments.has(name) {
        call.view.show(.missingOption(name), of: "env generate")
        return .wrongUsage
      }
      return call.attempt { () throws(OperationError) in
        let project = try Project(directory: call.directory)
        var options = EnvironmentFileOptions(
          app: call.arguments.value("app") ?? "",
          environment: call.arguments.value("environment") ?? "",
          output: call.arguments.value("output"))
        if let path = call.arguments.value("outputs") {
          options.outputsName = path == "-" ? "standard input" : path
          options.outputs = try call.bytes(of: path)
        }
        let report = try Operations.generateEnvironmentFile(
          project, options, with: call.generator, in: call.environment)
        call.view.show(report)
        return report.diagnostics.hasErrors ? .failed : .done
      }
    })
}

extension Call {
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
