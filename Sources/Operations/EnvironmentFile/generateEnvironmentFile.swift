import AppManifest
public import Diagnostics
import Files
import JSON
public import Platform
import ProviderModel

/// Which file is wanted, and where values come from.
public struct EnvironmentFileOptions: Sendable {
  /// The app.
  public var app: String
  /// The environment.
  public var environment: String
  /// What `terraform output -json` printed, which tells outputs of resources and secrets; nil to
  /// take what the last apply on this machine kept.
  public var outputs: [UInt8]?
  /// What messages call it.
  public var outputsName: String
  /// The file to write; nil to return the text alone.
  public var output: String?

  /// Makes options.
  public init(
    app: String, environment: String, outputs: [UInt8]? = nil, outputsName: String = "",
    output: String? = nil
  ) {
    self.app = app
    self.environment = environment
    self.outputs = outputs
    self.outputsName = outputsName
    self.output = output
  }
}

/// The file of an app's variables.
public struct EnvironmentFileReport: Sendable {
  /// The findings; with errors there is no file.
  public var diagnostics: Diagnostics
  /// The text of the file.
  public var text = ""
  /// How many variables it holds.
  public var count = 0
  /// The file that was written, as messages call it.
  public var path: String?
}

/// Makes the file of an app's variables, which is for its owner alone.
///
/// A secret is taken from the variable of its name in `surroundings`, else from the variable
/// `TF_VAR_secrets`, else from the outputs.
///
/// - Throws: When the manifest can't be read or the file can't be written.
public func generateEnvironmentFile(
  _ project: Project, _ options: EnvironmentFileOptions, with generator: Generator,
  in surroundings: Environment
) throws(OperationError) -> EnvironmentFileReport {
  var report = EnvironmentFileReport(diagnostics: Diagnostics())
  let manifest = generator.read(try project.manifest(), &report.diagnostics)
  guard let manifest, !report.diagnostics.hasErrors else { return report }
  let app = try manifest.app(named: options.app, in: options.environment)
  let sources = try ValueSources(options.withKeptOutputs(of: project), surroundings)
  var variables: [String: String] = [:]
  for variable in manifest.variables(of: app, in: options.environment)
  where variable.scope != .build {
    let location = manifest.location(variable.name.range)
    guard let value = sources.value(of: variable, app: app.name.value) else {
      report.diagnostics.append(.noValue(of: variable, at: location))
      continue
    }
    if let problem = EnvironmentFile.problem(variable.name.value, value) {
      report.diagnostics.append(.unfit(variable.name.value, problem, at: location))
    }
    variables[variable.name.value] = value
  }
  guard !report.diagnostics.hasErrors else { return report }
  report.count = variables.count
  report.text = EnvironmentFile.text(variables)
  if let output = options.output {
    try writeForOwner(Array(report.text.utf8), to: output, in: project)
    report.path = output
  }
  return report
}

extension EnvironmentFileOptions {
  /// With the outputs that the last apply kept, unless others are given.
  fileprivate func withKeptOutputs(
    of project: Project
  ) throws(OperationError) -> EnvironmentFileOptions {
    guard outputs == nil else { return self }
    let path = try outputsPath(environment)
    var options = self
    options.outputs = try mapErrors { () throws(FileError) in try project.folder.read(path) }
    options.outputsName = path.text
    return options
  }
}

/// Where the values of variables come from that the manifest doesn't hold.
private struct ValueSources {
  let surroundings: Environment
  let secrets: JSONNode?
  let outputs: JSONNode?

  init(
    _ options: EnvironmentFileOptions, _ surroundings: Environment
  ) throws(OperationError) {
    self.surroundings = surroundings
    secrets = try surroundings.text("TF_VAR_secrets").map { text throws(OperationError) in
      try Self.object(Array(text.utf8), "TF_VAR_secrets", "Write app, then variable, in JSON.")
    }
    outputs = try options.outputs.map { bytes throws(OperationError) in
      try Self.object(
        bytes, options.outputsName, "Hand in what `terraform output -json` printed.")
    }
  }

  private static func object(
    _ bytes: [UInt8], _ name: String, _ help: String
  ) throws(OperationError) -> JSONNode {
    // What stands in it is secret, so that no finding may quote it.
    var unshown = Diagnostics()
    let node = parseJSON(SourceFile(name: name, bytes: bytes), into: &unshown)
    guard let node, !unshown.hasErrors, node.members != nil else {
      throw OperationError("\(name) is no JSON object", help: help)
    }
    return node
  }

  func value(of variable: Variable, app: String) -> String? {
    let name = variable.name.value
    switch variable.source {
    case .value(let text): return text
    case .secret:
      return surroundings[name] ?? secrets?.member(app)?.member(name)?.text
        ?? ofMachine(app, name)
    case .resource(let reference):
      // What the app's machine was given may be another output, such as that of a private network.
      return ofMachine(app, name)
        ?? text(output("resources")?.member(reference.resource)?.member(reference.output))
    }
  }

  private func ofMachine(_ app: String, _ name: String) -> String? {
    text(output("environments")?.member(app)?.member(name))
  }

  private func text(_ node: JSONNode?) -> String? { node.map(Value.init)?.scalarText }

  private func output(_ name: String) -> JSONNode? { outputs?.member(name)?.member("value") }
}

extension Manifest {
  /// The app of a name.
  fileprivate func app(
    named name: String, in environment: String
  ) throws(OperationError) -> Item {
    let known = environments + ["dev"]
    guard known.contains(environment) else {
      throw OperationError(
        "there is no environment `\(environment)`",
        help: nearestMatch(environment, in: known).map { "Did you mean `\($0)`?" }
          ?? "The environments are \(listed(known, "and")).", kind: .wrongUsage)
    }
    let names = apps.map(\.name.value)
    guard let app = apps.first(where: { $0.name.value == name }) else {
      throw OperationError(
        "there is no app `\(name)`",
        help: nearestMatch(name, in: names).map { "Did you mean `\($0)`?" }
          ?? (names.isEmpty ? "The manifest has none." : "The apps are \(listed(names, "and"))."),
        kind: .wrongUsage)
    }
    guard environment == "dev" || app.isDeployed(in: environment) else {
      throw OperationError(
        "`\(name)` isn't deployed in `\(environment)`", help: "Its `environments` leave it out.",
        kind: .wrongUsage)
    }
    return app
  }
}

extension Diagnostic {
  fileprivate static func noValue(
    of variable: Variable, at location: SourceLocation
  ) -> Diagnostic {
    let name = variable.name.value
    if case .resource(let reference) = variable.source {
      return Diagnostic(
        .error, "environment.no-output",
        "`\(name)` is the `\(reference.output)` of `\(reference.resource)`, which only a state knows",
        at: location,
        help:
          "Run `webkit infra output --refresh`, or hand in what `terraform output -json` printed: `--outputs FILE`, or `--outputs -`."
      )
    }
    return Diagnostic(
      .error, "environment.no-secret", "Nothing says the secret `\(name)`", at: location,
      help: "Export it as `\(name)`, or in `TF_VAR_secrets`.")
  }

  fileprivate static func unfit(
    _ name: String, _ problem: EnvironmentFile.Problem, at location: SourceLocation
  ) -> Diagnostic {
    switch problem {
    case .keptName:
      Diagnostic(
        .error, "environment.kept-name", "`\(name)` can't be set for an app on a machine",
        at: location, detail: "It would change the programs that start the app.",
        help: "Give the variable another name.")
    case .controlCharacter(let code):
      Diagnostic(
        .error, "environment.control-character",
        "The value of `\(name)` holds the control character U+\(hexadecimal(code))", at: location,
        detail: "systemd takes none but tabulators and newlines.",
        help: "Encode the value, for example in Base64.")
    case .tooLong:
      Diagnostic(
        .error, "environment.too-long",
        "`\(name)` is longer than the \(EnvironmentFile.limit) bytes that Linux allows a variable",
        at: location, help: "Put the value into a file or a store of the app.")
    }
  }

  private static func hexadecimal(_ code: UInt32) -> String {
    let digits = String(code, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
