import AppManifest
public import Diagnostics
import Files
import Generation
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
/// `TF_VAR_secrets`, else from its file of sops; one that has none from the outputs.
///
/// - Throws: When the manifest can't be read or the file can't be written.
public func generateEnvironmentFile(
  _ project: Project, _ options: EnvironmentFileOptions, with generator: Generator,
  in surroundings: Environment
) throws(OperationError) -> EnvironmentFileReport {
  var report = EnvironmentFileReport(diagnostics: Diagnostics())
  let manifest = generator.read(try project.manifest(), &report.diagnostics)
  guard let manifest, !report.diagnostics.hasErrors else { return report }
  let outputs = try AppOutputs(options.withKeptOutputs(of: project))
  try report.fill(for: options, manifest, outputs, project, surroundings)
  guard !report.diagnostics.hasErrors else { return report }
  if let output = options.output {
    try writeForOwner(Array(report.text.utf8), to: output, in: project)
    report.path = output
  }
  return report
}

extension EnvironmentFileReport {
  /// Makes the text of the file, or reports why that can't be.
  ///
  /// - Throws: When there is no such app or environment, or what holds secrets can't be read.
  mutating func fill(
    for options: EnvironmentFileOptions, _ manifest: Manifest, _ outputs: AppOutputs,
    _ project: Project, _ surroundings: Environment
  ) throws(OperationError) {
    let app = try manifest.app(named: options.app, in: options.environment)
    let variables = try values(
      of: app, manifest, options.environment, outputs, project, surroundings, &diagnostics)
    guard !diagnostics.hasErrors else { return }
    count = variables.count
    text = EnvironmentFile.text(variables)
  }
}

/// The variables that an app sees while it runs; those that can't be had are reported.
private func values(
  of app: Item, _ manifest: Manifest, _ environment: String, _ outputs: AppOutputs,
  _ project: Project, _ surroundings: Environment, _ diagnostics: inout Diagnostics
) throws(OperationError) -> [String: String] {
  let name = app.name.value
  let wanted = manifest.variables(of: app, in: environment).filter { $0.scope != .build }
  let secrets = wanted.compactMap { RunNeeds.Secret($0, of: name, in: environment, manifest) }
  let known = try SecretValues(secrets, of: project, in: surroundings, into: &diagnostics)
  var values = known.values[name] ?? [:]
  for secret in known.missing {
    values[secret.name] = outputs.value(secret.name, of: name)
    if values[secret.name] == nil { diagnostics.append(.missing(secret)) }
  }
  for variable in wanted {
    switch variable.source {
    case .value(let text): values[variable.name.value] = text
    case .secret: break
    case .resource(let reference):
      let location = manifest.location(variable.name.range)
      values[variable.name.value] = outputs.value(of: reference, for: variable.name.value, of: name)
      if values[variable.name.value] == nil {
        diagnostics.append(.noOutput(variable.name.value, reference, at: location))
      }
    }
    if let value = values[variable.name.value],
      let problem = EnvironmentFile.problem(variable.name.value, value)
    {
      diagnostics.append(
        .unfit(variable.name.value, problem, at: manifest.location(variable.name.range)))
    }
  }
  return values
}

extension Manifest {
  /// The app of a name.
  func app(
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
  fileprivate static func noOutput(
    _ name: String, _ reference: ResourceReference, at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      .error, "environment.no-output",
      "`\(name)` is the `\(reference.output)` of `\(reference.resource)`, which only a state knows",
      at: location,
      help:
        "Run `webkit infra output --refresh`, or hand in what `terraform output -json` printed: `--outputs FILE`, or `--outputs -`."
    )
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
