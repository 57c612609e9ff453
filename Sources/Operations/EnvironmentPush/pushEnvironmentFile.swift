import AppManifest
public import Diagnostics
import Files
import Generation
public import Platform

/// What is brought, and where to.
public struct EnvironmentPushOptions: Sendable {
  /// The file.
  public var file: EnvironmentFileOptions
  /// The machine, as ssh knows it; nil for the address in the outputs.
  public var host: String?
  /// Its port; nil for what ssh takes by itself.
  public var port: String?
  /// Whether keys that app.json doesn't name may log in no longer.
  public var removesOtherKeys = false
  /// Whether somebody at a terminal may be asked for what opens a key.
  public var isInteractive = false

  /// Makes options that ask for nothing special.
  public init(_ file: EnvironmentFileOptions) { self.file = file }
}

/// What an app's machine has now.
public struct EnvironmentPushReport: Sendable {
  /// The findings; with errors nothing was brought.
  public var diagnostics = Diagnostics()
  /// The app.
  public var app = ""
  /// The machine.
  public var host = ""
  /// The file there.
  public var path = ""
  /// How many variables it holds.
  public var count = 0
  /// Whether it is another than before, which starts the app anew.
  public var isChanged = false
  /// How many keys may log in that couldn't before.
  public var addedKeys = 0
  /// How many keys there are beside those of app.json; they were removed if that was asked for.
  public var otherKeys = 0
}

/// Brings the file of an app's variables to its machine, and the keys of those who may log in.
///
/// Nothing of it is written on this machine. On the other one the old file stays until the new one is
/// there as a whole.
///
/// - Throws: When the app has no machine, its address isn't known, or the machine can't be reached.
public func pushEnvironmentFile(
  _ project: Project, _ options: EnvironmentPushOptions, with generator: Generator,
  in environment: Environment
) throws(OperationError) -> EnvironmentPushReport {
  var report = EnvironmentPushReport()
  var file = EnvironmentFileReport(diagnostics: Diagnostics())
  let manifest = generator.read(try project.manifest(), &report.diagnostics)
  let made = try Records(of: project).memory
  let needs = manifest.flatMap {
    generator.make($0, made, Generator.Permissions(), &report.diagnostics)?.needs
  }
  guard let manifest, let needs, !report.diagnostics.hasErrors else { return report }
  let app = try manifest.app(named: options.file.app, in: options.file.environment)
  let machine = try needs.machine(of: app.name.value, in: options.file.environment)
  let outputs = try AppOutputs(options.file.withKeptOutputs(of: project))
  var host = options.host ?? ""
  if host.isEmpty { host = try outputs.address(of: machine, in: options.file.environment) }
  let connection = try MachineConnection(
    to: host, port: options.port, project, isInteractive: options.isInteractive, in: environment)
  try file.fill(for: options.file, manifest, outputs, project, environment)
  report.diagnostics = file.diagnostics
  guard !report.diagnostics.hasErrors else { return report }
  let pushed = PushedFile(
    app: app.name.value, bytes: Array(file.text.utf8),
    keys: outputs.texts("authorized_keys", ofApp: machine),
    removesOtherKeys: options.removesOtherKeys)
  try makeKnownHosts(of: project)
  let answer = try connection.bring(pushed)
  (report.app, report.host, report.path) = (app.name.value, host, pushed.path)
  (report.count, report.isChanged) = (file.count, answer.isChanged)
  (report.addedKeys, report.otherKeys) = (answer.addedKeys, answer.otherKeys)
  return report
}

/// ssh makes the file, but not its folder.
private func makeKnownHosts(of project: Project) throws(OperationError) {
  try mapErrors { () throws(FileError) in
    try project.folder.makeFolder(.webkit, access: .everybody)
  }
}

extension MachineConnection {
  fileprivate func bring(_ file: PushedFile) throws(OperationError) -> PushedFile.Answer {
    let end = try run(PushedFile.script, file.words, input: file.input)
    switch PushedFile.Refusal(rawValue: end.code) {
    case .noFolder:
      throw OperationError(
        "\(host) isn't set up for apps: it has no /etc/apps",
        help: "A new machine takes some minutes: look at `cloud-init status` on it.")
    case .notWritable:
      throw OperationError(
        "\(Self.user) can't write \(file.path) on \(host)",
        help: "The folders /etc/apps and ~/.ssh have to be that user's own, and the disk not full.")
    case .incomplete:
      throw OperationError(
        "the file didn't arrive on \(host) as it was sent",
        help: "What was there is there still. Run the command again.")
    case nil: break
    }
    guard end.code == 0, let answer = PushedFile.answer(end.output) else {
      let said = end.errors.split(whereSeparator: \.isNewline).suffix(3).joined(separator: " / ")
      throw OperationError(
        "the file couldn't be put in its place on \(host) (code \(end.code))",
        help: said.isEmpty ? "It says nothing of why." : "It says: \(said)")
    }
    guard answer.digest == file.digest else {
      throw OperationError(
        "\(file.path) on \(host) isn't what was sent",
        help: "Somebody else may have written it at the same time. Run the command again.")
    }
    return answer
  }
}

extension RunNeeds {
  /// The app on whose machine an app is.
  fileprivate func machine(
    of app: String, in environment: String
  ) throws(OperationError) -> String {
    guard let apps = machines[environment] else {
      throw OperationError(
        "nothing is deployed in `\(environment)`",
        help: "There is \(listed(environments, "and")).", kind: .wrongUsage)
    }
    if let machine = apps[app] { return machine }
    let others = apps.keys.sorted()
    throw OperationError(
      "`\(app)` isn't on a machine that a file can be brought to",
      help: "Its provider hands it its variables at `webkit infra apply`. "
        + (others.isEmpty ? "No app is on a machine." : "On machines: \(listed(others, "and"))."),
      kind: .wrongUsage)
  }
}

extension AppOutputs {
  /// The address of an app's machine: a public one, else one in a private network.
  fileprivate func address(
    of app: String, in environment: String
  ) throws(OperationError) -> String {
    for name in ["ip_address", "ipv6_address", "private_ip"] {
      if let address = text(name, ofApp: app) { return address }
    }
    throw OperationError(
      isKnown
        ? "the outputs of \(environment) have no address of `\(app)`"
        : "no outputs of \(environment) are known here",
      help: """
        `webkit infra apply` keeps them; `webkit infra output --refresh` asks the state. \
        Or name the machine: `--host <name>`.
        """)
  }
}
