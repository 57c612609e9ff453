import Diagnostics
import Files
import JSON
import Platform

/// Files of sops in a project, which are decrypted by the program itself and never written in clear.
struct EncryptedFiles {
  private let program: String
  private let project: Project
  private let variables: [String: String]

  init(_ program: String, of project: Project, in environment: Environment) {
    self.program = program
    self.project = project
    variables = Self.variables(of: environment)
  }

  /// What a file holds.
  ///
  /// - Throws: When the path leads out of the project, or sops can't be run.
  func read(_ path: String) throws(OperationError) -> Result<JSONNode, EncryptedFileFailure> {
    let relative = RelativePath(path)
    let entry = try relative.map { path throws(OperationError) in
      try mapErrors { () throws(FileError) in try project.folder.entry(path) }
    }
    switch entry {
    case .file: break
    case .absent, nil: return .failure(.absent)
    case .folder, .other: return .failure(.noFile)
    }
    let (output, errors) = (CollectedOutput(), CollectedOutput())
    // Behind the folder's name no path looks like an option.
    var call = ProgramCall(
      program, ["-d", "--output-type", "json", "\(project.folder.name)/\(path)"],
      environment: variables)
    (call.output, call.errors) = (output.stream, errors.stream)
    // It may ask at the terminal for what opens a key.
    call.interruption = .left
    let end = try runAsIs(call)
    guard end == .exited(0) else {
      return .failure(EncryptedFileFailure(end, errors.text, hiding: Array(variables.values)))
    }
    // What stands in it is secret, so that no finding may quote it.
    var unshown = Diagnostics()
    let node = parseJSON(SourceFile(name: path, bytes: output.bytes), into: &unshown)
    guard let node, !unshown.hasErrors, node.members != nil else { return .failure(.noObject) }
    return .success(node)
  }

  // MARK: - What sops sees

  private static let names: Set = [
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "TERM", "TMPDIR", "TZ", "DISPLAY",
    "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "SSH_AUTH_SOCK", "HTTP_PROXY", "HTTPS_PROXY",
    "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy",
  ]
  /// Keys of age and PGP, and what the key services that sops knows read: nobody else's business.
  private static let prefixes = [
    "SOPS_", "GNUPG", "GPG_", "AWS_", "AZURE_", "GOOGLE_", "CLOUDSDK_", "VAULT_", "HUAWEICLOUD_",
    "LC_", "XDG_", "SSL_CERT_",
  ]

  private static func variables(of environment: Environment) -> [String: String] {
    var variables = environment.all.filter { name, _ in
      names.contains(name) || prefixes.contains { name.hasPrefix($0) }
    }
    // Where some keep the key of age; what sops finds by itself goes before.
    let given = ["SOPS_AGE_KEY", "SOPS_AGE_KEY_FILE", "SOPS_AGE_KEY_CMD"]
    if let home = environment.text("HOME"), given.allSatisfy({ environment.text($0) == nil }) {
      let settings = environment.text("XDG_CONFIG_HOME") ?? "\(home)/.config"
      let file = "\(home)/.config/webkit/age.key"
      if FileSystem.kind(of: "\(settings)/sops/age/keys.txt") == nil,
        FileSystem.kind(of: file) == .file
      {
        variables["SOPS_AGE_KEY_FILE"] = file
      }
    }
    return variables
  }
}
