import AppManifest
import Checking
import Diagnostics
import Evaluation
import Files
import Foundation
import Generation
import HCL
import Operations
import ProviderModel
import ProviderSpecs

// Measures checking inside of one process; `scripts/check-throughput.sh` drives it.

let usage = """
  usage: CheckBenchmark tree FOLDER [ROUNDS]
         CheckBenchmark project FOLDER [ROUNDS]
         CheckBenchmark robustness [FACTOR [NAME]...]

  """

/// Reads the arguments and does what they say.
func runBenchmark(_ arguments: [String]) throws {
  guard arguments.count > 1 || arguments.first == "robustness" else { throw Failure(usage) }
  let number = arguments.dropFirst(2).first.flatMap(Int.init)
  switch arguments[0] {
  case "tree": try measureTree(arguments[1], rounds: number ?? 20)
  case "project": try measureProject(arguments[1], rounds: number ?? 20)
  case "robustness":
    measureRobustness(
      scale: arguments.dropFirst().first.flatMap(Double.init) ?? 1,
      names: Array(arguments.dropFirst(2)))
  default: throw Failure(usage)
  }
}

/// Why the benchmark can't run.
struct Failure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

do {
  try runBenchmark(Array(CommandLine.arguments.dropFirst()))
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(64)
}
