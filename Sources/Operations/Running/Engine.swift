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
  /// - Returns: The program.
  /// - Throws: When there is none, it doesn't answer, or it is too old.
  static func find(
    _ name: String?, _ kind: Kind?, atLeast lowestVersion: String, in environment: Environment
  ) throws(OperationError) -> Engine {
    let names = name.map { [$0] } ?? kind.map { [$0.program] } ?? ["terraform", "tofu"]
    for name in names {
      guard let program = findProgram(name, in: environment) else { continue }
      return try Engine(program, atLeast: lowestVersion, in: environment)
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
    _ program: String, atLeast lowestVersion: String, in environment: Environment
  ) throws(OperationError) {
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
    // `Terraform v1.11.4`, `OpenTofu v1.10.0`
    let words = output.text.split(separator: "\n").first?.split(separator: " ") ?? []
    guard end == .exited(0), words.count >= 2, let kind = Kind(rawValue: String(words[0])),
      let version = Version(String(words[1]))
    else {
      throw OperationError(
        "\(program) is neither Terraform nor OpenTofu", help: "Name one by `--engine <path>`.")
    }
    guard let lowest = Version(lowestVersion), !(version < lowest) else {
      throw OperationError(
        "\(program) is \(kind.rawValue) \(version.text), which is too old",
        help: "The tree needs \(lowestVersion) or newer: install it, or name another by `--engine`."
      )
    }
    self.kind = kind
    self.program = program
    self.version = version.text
  }
}
