import Foundation

// Measures the HCL module; `scripts/hcl-throughput.sh` and `scripts/hcl-robustness.sh` drive it.

let usage = """
  usage: HCLBenchmark throughput [--rounds N] [--stage NAME]... [--join BYTES] [--grow BYTES] PATH...
         HCLBenchmark errors FILE...
         HCLBenchmark laws FILE...
         HCLBenchmark nesting FORM LEVELS parse|print|equal|hash|visit|rewrite KILOBYTES
         HCLBenchmark robustness [--scale FACTOR] [NAME]...

  """

/// Reads the arguments and does what they say.
func runBenchmark(_ arguments: [String]) throws {
  var rest = arguments[...]
  guard let command = rest.popFirst() else { throw Failure(usage) }
  var numbers = ["--rounds": 10.0, "--join": 0, "--grow": 0, "--scale": 1]
  var stages: [Stage] = []
  var names: [String] = []
  while let argument = rest.popFirst() {
    if argument == "--stage" {
      guard let stage = rest.popFirst().flatMap(Stage.init) else { throw Failure(usage) }
      stages.append(stage)
    } else if numbers[argument] != nil {
      guard let number = rest.popFirst().flatMap(Double.init) else { throw Failure(usage) }
      numbers[argument] = number
    } else {
      names.append(argument)
    }
  }
  switch command {
  case "throughput" where !names.isEmpty:
    var corpus = try Corpus(paths: names)
    corpus.join(to: Int(numbers["--join"] ?? 0))
    corpus.grow(to: Int(numbers["--grow"] ?? 0))
    measureThroughput(
      corpus, stages: stages.isEmpty ? Stage.allCases : stages,
      rounds: max(1, Int(numbers["--rounds"] ?? 1)))
  case "robustness":
    try measureRobustness(scale: numbers["--scale"] ?? 1, names: names)
  case "errors": try showErrors(names)
  case "laws": try showBrokenLaws(names)
  case "nesting" where names.count == 4:
    guard let levels = Int(names[1]), let kilobytes = Int(names[3]) else { throw Failure(usage) }
    try tryNesting(names[0], levels: levels, work: names[2], kilobytes: kilobytes)
  default: throw Failure(usage)
  }
}

do {
  try runBenchmark(Array(CommandLine.arguments.dropFirst()))
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(64)
}
