import Files
import Platform

/// The way to an app's machine: the `ssh` of this machine, with its user's keys and settings.
struct MachineConnection {
  /// Who deploys, as the machine's template names it.
  static let user = "deploy"
  /// The keys of machines, so that everybody who works on the project expects the same.
  static let knownHosts = RelativePath(".webkit/known_hosts")

  private let program: String
  private let arguments: [String]
  private let variables: [String: String]
  /// The machine's name or address.
  let host: String
  /// What the file of known machines calls it.
  private let knownName: String

  /// Makes a way to a machine; nothing is opened yet.
  ///
  /// - Throws: When the host can't be one, or there is no ssh.
  init(
    to host: String, port: String?, _ project: Project, isInteractive: Bool,
    in environment: Environment
  ) throws(OperationError) {
    guard Self.isHost(host) else {
      throw OperationError(
        "`\(host)` is no name of a machine", help: "Write a name or an address: `--host <name>`.",
        kind: .wrongUsage)
    }
    if let port, UInt16(port) ?? 0 == 0 {
      throw OperationError(
        "`\(port)` is no port", help: "Write a number from 1 to 65535.", kind: .wrongUsage)
    }
    guard let program = findProgram("ssh", in: environment) else {
      throw OperationError(
        "there is no ssh on PATH",
        help: "Install OpenSSH's client, or write the file by `webkit env generate`.")
    }
    self.host = host
    knownName = port.map { $0 == "22" ? host : "'[\(host)]:\($0)'" } ?? host
    self.program = program
    variables = Self.variables(of: environment)
    let knownHosts = "\(project.folder.name)/\(Self.knownHosts?.text ?? "")"
      .split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
    // A machine that was never met is remembered; one whose key changed is refused.
    let options = [
      "StrictHostKeyChecking=accept-new", "HashKnownHosts=no",
      "UserKnownHostsFile=\"\(knownHosts)\" ~/.ssh/known_hosts ~/.ssh/known_hosts2",
      "BatchMode=\(isInteractive ? "no" : "yes")", "ConnectTimeout=15", "ServerAliveInterval=15",
      "ForwardAgent=no", "ForwardX11=no", "ClearAllForwardings=yes",
    ]
    arguments =
      ["-T"] + options.flatMap { ["-o", $0] } + (port.map { ["-p", $0] } ?? [])
      + ["--", "\(Self.user)@\(host)"]
  }

  /// What could be read as an option or as a command of somebody's settings is none.
  private static func isHost(_ text: String) -> Bool {
    let isFine = text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        || [".", ":", "-", "_", "%"].contains($0)
    }
    return isFine && !text.isEmpty && !text.hasPrefix("-")
  }

  /// Runs a script of a POSIX shell on the machine.
  ///
  /// - Parameters:
  ///   - script: The script; anybody on either machine may see it.
  ///   - words: Its arguments, `$1` and so on, which anybody may see as well.
  ///   - input: What it reads, which nobody else sees.
  /// - Returns: How it ended, and what it wrote.
  /// - Throws: When the machine can't be reached, or lets nobody in.
  func run(
    _ script: String, _ words: [String], input: [UInt8]
  ) throws(OperationError) -> (code: Int32, output: String, errors: String) {
    let command = (["sh", "-c", script, "webkit"] + words).map(Self.quoted).joined(separator: " ")
    let (output, errors) = (CollectedOutput(), CollectedOutput())
    var call = ProgramCall(program, arguments + [command], environment: variables)
    call.input = input
    (call.output, call.errors) = (output.stream, errors.stream)
    // It may ask at the terminal for what opens a key.
    call.interruption = .left
    let end = try runAsIs(call)
    // 255 is ssh's own; what the script may end with is less.
    guard end != .exited(255) else { throw failure(errors.text) }
    return (end.code, output.text, errors.text)
  }

  /// A word for a shell.
  private static func quoted(_ word: String) -> String {
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: #"'\''"#) + "'"
  }

  private static func variables(of environment: Environment) -> [String: String] {
    let names: Set = [
      "PATH", "HOME", "USER", "LOGNAME", "LANG", "TERM", "TMPDIR", "TZ", "DISPLAY",
      "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "SSH_AUTH_SOCK", "SSH_ASKPASS", "SSH_ASKPASS_REQUIRE",
    ]
    return environment.all.filter { names.contains($0.key) || $0.key.hasPrefix("LC_") }
  }

  // MARK: - What ssh says

  private func failure(_ errors: String) -> OperationError {
    let said = Self.lastLines(errors)
    let isNew = { (words: [String]) in words.contains { errors.contains($0) } }
    if isNew(["HOST IDENTIFICATION HAS CHANGED", "Host key verification failed"]) {
      return OperationError(
        "the machine at \(host) isn't the one that was there before",
        help: """
          Its key isn't the one in \(Self.knownHosts?.text ?? "") or in yours. If it was made anew, \
          forget the old one: `ssh-keygen -R \(knownName) -f \(Self.knownHosts?.text ?? "")`. \
          Otherwise somebody may be in between.
          """)
    }
    if isNew(["Permission denied", "Too many authentication failures"]) {
      return OperationError(
        "\(host) lets nobody in as \(Self.user) with the keys that are here",
        help: """
          Add one that the app's `ssh_keys` name to ssh-agent: `ssh-add <file>`. \
          ssh says: \(said)
          """)
    }
    if isNew(["resolve hostname"]) {
      return OperationError("there is no machine called \(host)", help: "ssh says: \(said)")
    }
    let reasons = [
      "refused", "timed out", "No route", "unreachable", "reset by", "closed by", "timeout",
    ]
    if isNew(reasons) {
      return OperationError(
        "\(host) can't be reached",
        help: """
          Look whether it runs, and whether its `ssh_addresses` let this one in; a new machine takes \
          some minutes. ssh says: \(said)
          """)
    }
    return OperationError("ssh to \(host) failed", help: "It says: \(said)")
  }

  private static func lastLines(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).suffix(3).joined(separator: " / ")
  }
}
