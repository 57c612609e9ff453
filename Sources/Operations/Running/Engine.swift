import Checking
import Platform

/// The program that runs the tree, and its version.
public struct Engine: Sendable {
  /// The two programs that run a tree.
  public enum Kind: String, Sendable {
    /// HashiCorp Terraform.
    case terraform = "Terraform"
    /// OpenTofu.
    case opentofu = "OpenTofu"

    /// The name of the program.
    var program: String { self == .terraform ? "terraform" : "tofu" }
  }

  /// Which of the two it is.
  public let kind: Kind
  /// Its file.
  public let program: String
  /// Its version: `1.11.4`.
  public let version: String

  /// Finds the program and asks it for its version.
  ///
  /// - Parameters:
  ///   - name: A name or a path that the user gave; nil to take the one that the manifest asks for,
  ///     else Terraform, else OpenTofu.
  ///   - kind: The one that the manifest asks for.
  ///   - lowestVersion: The lowest version that may run the tree.
  ///   - environment: The variables of this process.
  ///   - project: Where the answers of programs are remembered.
  /// - Returns: The program.
  /// - Throws: When there is none, it doesn't answer, or it is too old.
  static func find(
    _ name: String?, _ kind: Kind?, atLeast lowestVersion: String, in environment: Environment,
    for project: Project
  ) throws(OperationError) -> Engine {
    let names = name.map { [$0] } ?? kind.map { [$0.program] } ?? ["terraform", "tofu"]
    for name in names {
      guard let program = findProgram(name, in: environment) else { continue }
      let engine = try Engine(program, in: environment, for: project)
      try engine.check(atLeast: lowestVersion)
      return engine
    }
    let listed = names.joined(separator: " or ")
    throw OperationError(
      names.first?.contains("/") == true
        ? "there is no program \(listed)" : "there is no \(listed) on PATH",
      help: """
        Install Terraform \(lowestVersion) or newer or OpenTofu, or name it: \
        `--engine <name or path>`.
        """)
  }

  private init(
    _ program: String, in environment: Environment, for project: Project
  ) throws(OperationError) {
    let known = KnownEngines(in: project)
    let fingerprint = programFingerprint(program)
    if let answer = fingerprint.flatMap(known.answer), let engine = Engine(program, answer) {
      self = engine
      return
    }
    let answer = try Self.ask(program, in: environment)
    guard let answer, let engine = Engine(program, answer) else {
      throw OperationError(
        "\(program) is neither Terraform nor OpenTofu", help: "Name one by `--engine <path>`.")
    }
    self = engine
    if let fingerprint { known.remember(answer, of: fingerprint) }
  }

  /// Reads a program's answer: `Terraform v1.11.4`, `OpenTofu v1.10.0`.
  private init?(_ program: String, _ answer: String) {
    let words = answer.split(separator: " ")
    guard words.count >= 2, let kind = Kind(rawValue: String(words[0])),
      let version = Version(String(words[1]))
    else { return nil }
    self.kind = kind
    self.program = program
    self.version = version.text
  }

  /// The first line that a program says of its version; nil where it says none.
  private static func ask(
    _ program: String, in environment: Environment
  ) throws(OperationError) -> String? {
    var call = ProgramCall(
      program, ["version"],
      environment: ["CHECKPOINT_DISABLE": "1", "PATH": environment["PATH"] ?? ""])
    let output = CollectedOutput()
    (call.output, call.errors) = (output.stream, output.stream)
    let end: ProgramEnd
    do throws(ProcessError) {
      end = try runProgram(call)
    } catch {
      throw OperationError(
        "\(program) can't be run: \(error.reason)", help: "Name another by `--engine <path>`.")
    }
    guard end == .exited(0) else {
      let words = visibleLines(output.text)
      throw OperationError(
        "`\(program) version` failed with \(end.code)",
        help: (words.isEmpty ? "" : words + "\n") + "Name another by `--engine <path>`.")
    }
    return output.text.split(separator: "\n").first.map(String.init)
  }

  private func check(atLeast lowestVersion: String) throws(OperationError) {
    guard let lowest = Version(lowestVersion), let own = Version(version), !(own < lowest) else {
      throw OperationError(
        "\(program) is \(kind.rawValue) \(version), which is too old",
        help: "The tree needs \(lowestVersion) or newer: install it, or name another by `--engine`."
      )
    }
  }
}
