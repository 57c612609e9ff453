import Operations
import Platform

extension Command {
  /// The command `infra lock`.
  static let lock = Command(
    words: ["infra", "lock"],
    summary: "Write the lock file of providers, for several machines.",
    discussion: """
      The packages of the providers are downloaded and their checksums written to
      `.terraform.lock.hcl` in the tree, which belongs into git. From then on every
      run takes these and no others. It serves macOS and Linux on both usual
      processors, unless --platform says otherwise. To take newer providers, delete
      the file first.
      """,
    options: [
      .value("engine", "name", "The terraform or tofu to run: a name on PATH, or a path."),
      Option(
        name: "platform", placeholder: "system_processor", isRepeatable: true,
        help: "A machine to serve, as linux_amd64; may be given several times."),
      .value("fs-mirror", "folder", "Take the packages from this folder, without a network."),
    ],
    exitCodes: [(.done, "locked"), (.failed, "failed"), (.wrongUsage, "wrong usage")],
    run: { call in
      call.attempt { () throws(OperationError) in
        var options = LockOptions()
        options.run = call.runOptions
        let platforms = call.arguments.values("platform")
        if !platforms.isEmpty { options.platforms = platforms }
        options.mirrorFolder = call.arguments.value("fs-mirror")
        let report = try lockProviders(
          Project(directory: call.directory), options, with: call.generator, in: call.environment,
          tell: call.view.show)
        call.view.show(report)
        return report.end == .exited(0) ? .done : .failed
      }
    })
}
