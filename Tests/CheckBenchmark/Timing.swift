import Checking
import Diagnostics
import Evaluation
import Foundation
import ProviderSpecs

/// Seconds of CPU time that this process has used.
func processTime() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Shows the best time of some rounds of some work, and the first, which found nothing ready.
func measure(_ name: String, rounds: Int, _ work: () throws -> Int) rethrows {
  var first = 0.0
  var best = Double.infinity
  var result = 0
  for round in 0..<max(1, rounds) {
    let start = processTime()
    result = try work()
    let time = processTime() - start
    if round == 0 { first = time }
    best = min(best, time)
  }
  let title = name.padding(toLength: 12, withPad: " ", startingAt: 0)
  print(
    title
      + String(format: "%9.2f ms  (first %9.2f ms, result %d)", best * 1000, first * 1000, result))
}

/// The schemas that are part of webkit, looked through anew.
func schemas(areWhole: Bool) -> [SchemaSource] {
  EmbeddedSpecs.files.filter { $0.path.hasSuffix("/schema.json") }.map { file in
    let demands = String(file.path.dropLast("schema.json".utf8.count)) + "constraints.json"
    var constraints: (@Sendable () -> SourceFile)?
    if let text = EmbeddedSpecs.files.first(where: { $0.path == demands })?.text {
      constraints = { SourceFile(name: demands, text: text) }
    }
    return SchemaSource(
      SourceFile(name: file.path, text: file.text), isWhole: areWhole, constraints: constraints)
  }
}

/// The functions of Terraform, read anew.
func functions() -> FunctionTable {
  var ignored = Diagnostics()
  let text = EmbeddedSpecs.files.first { $0.path == "terraform/functions.json" }?.text ?? ""
  return FunctionTable(SourceFile(name: "functions.json", text: text), into: &ignored)
}
