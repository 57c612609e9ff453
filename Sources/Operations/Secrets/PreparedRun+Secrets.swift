import Diagnostics
import Files
import Generation
import HCL
import Platform

extension PreparedRun {
  /// The variable by which the engine takes the secrets of apps.
  static let secretsVariable = "TF_VAR_secrets"

  /// Finds the secrets that a command of the engine needs, and those alone, and looks whether the
  /// credentials are there.
  ///
  /// - Parameters:
  ///   - arguments: The command and all behind it; empty for one that the tree's variables don't matter to.
  ///   - lacking: The credentials that it needs and nobody gave.
  ///   - project: The project.
  ///   - environment: The variables of this process.
  ///   - diagnostics: Where to report what is wrong with secrets, and then all else that is missing.
  /// - Returns: Whether everything could be had.
  /// - Throws: When credentials alone are missing, or what holds secrets can't be read at all.
  mutating func isReady(
    for arguments: [String], lacking: [RunNeeds.Credential], _ project: Project,
    _ environment: Environment, into diagnostics: inout Diagnostics
  ) throws(OperationError) -> Bool {
    guard try !addSecrets(for: arguments, project, environment, into: &diagnostics) else {
      try checkCredentials(lacking)
      return true
    }
    do throws(OperationError) {
      try checkCredentials(lacking)
    } catch {
      diagnostics.append(Diagnostic(.error, "run.credentials", error.summary, help: error.help))
    }
    return false
  }

  private mutating func addSecrets(
    for arguments: [String], _ project: Project, _ environment: Environment,
    into diagnostics: inout Diagnostics
  ) throws(OperationError) -> Bool {
    guard !neededSecrets.isEmpty, Self.needsSecrets(arguments) else { return true }
    var found = Diagnostics()
    let secrets = try SecretValues(neededSecrets, of: project, in: environment, into: &found)
    // Whoever hands in variables of their own may have these among them, which the engine finds out.
    if found.hasErrors || !takesOwnVariables(arguments, environment) {
      for secret in secrets.missing { found.append(.missing(secret)) }
    }
    let text = Self.text(secrets.values)
    // A variable is `NAME=value` and the byte that ends it.
    let size = Self.secretsVariable.utf8.count + text.utf8.count + 2
    if size > EnvironmentFile.limit { found.append(.tooMany(target.environment, size)) }
    diagnostics.append(contentsOf: found)
    variables.appSecrets = text
    variables.hidden.insert(secrets.values.values.flatMap(\.values))
    return !found.hasErrors
  }

  /// Whether a command evaluates the tree's variables; a finished plan holds them.
  static func needsSecrets(_ arguments: [String]) -> Bool {
    let words = arguments.drop { $0.hasPrefix("-") }
    guard let command = words.first, EngineVariables.commandsWithData.contains(command) else {
      return false
    }
    guard command == "apply", let last = words.dropFirst().last, !last.hasPrefix("-") else {
      return true
    }
    let before = words.dropLast().last ?? ""
    let takesValue = [
      "var", "var-file", "target", "replace", "state", "state-out", "backup", "lock-timeout",
      "parallelism",
    ]
    return before.hasPrefix("-") && takesValue.contains(String(before.drop { $0 == "-" }))
  }

  private func takesOwnVariables(_ arguments: [String], _ environment: Environment) -> Bool {
    let command = arguments.first { !$0.hasPrefix("-") } ?? ""
    let options = [environment["TF_CLI_ARGS"], environment["TF_CLI_ARGS_\(command)"]]
    if arguments.contains(where: { $0.drop { $0 == "-" }.hasPrefix("var") })
      || options.contains(where: { $0?.contains("-var") == true })
    {
      return true
    }
    let files = (try? FileSystem.entries(of: directory)) ?? []
    return files.contains { file in
      file.name != "project.auto.tfvars.json"
        && (["terraform.tfvars", "terraform.tfvars.json"].contains(file.name)
          || [".auto.tfvars", ".auto.tfvars.json"].contains(where: file.name.hasSuffix))
    }
  }

  /// Secrets as the engine reads them from a variable.
  private static func text(_ values: [String: [String: String]]) -> String {
    func object<Value>(_ items: [String: Value], _ make: (Value) -> Expression) -> Expression {
      .object(
        items.sorted { $0.key < $1.key }.map { ($0.key, make($0.value)) }, multiline: false)
    }
    return Printer.print(object(values) { object($0, Expression.string) })
  }
}

extension Diagnostic {
  fileprivate static func tooMany(_ environment: String, _ size: Int) -> Diagnostic {
    Diagnostic(
      .error, "secret.too-long",
      "The secrets of \(environment) take \(size) bytes, and Terraform can be handed \(EnvironmentFile.limit)",
      help: "Put long ones into a store of the app.")
  }
}
