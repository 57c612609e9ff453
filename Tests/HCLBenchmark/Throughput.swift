import Diagnostics
import Foundation
import HCL

/// What is measured, in the order in which it is shown.
enum Stage: String, CaseIterable {
  /// Bytes to tokens.
  case lex
  /// Bytes to the full tree, with letting go of it.
  case parse
  /// Bytes to bytes in the standard layout.
  case format
  /// Trees to text in the standard layout.
  case print

  /// Does the work once for a corpus; a number that depends on all of it.
  func run(_ corpus: Corpus, bodies: [Body]) -> Int {
    switch self {
    case .lex: corpus.texts.reduce(0) { $0 + tokenCount(of: $1) }
    case .parse:
      corpus.texts.reduce(0) { count, text in
        var diagnostics = Diagnostics()
        let body = parseBody(SourceFile(name: "a.tf", bytes: text), into: &diagnostics)
        return count + body.items.count + diagnostics.items.count
      }
    case .format: corpus.texts.reduce(0) { $0 + HCL.Formatter.format($1).count }
    case .print: bodies.reduce(0) { $0 + Printer.print($1).utf8.count }
    }
  }
}

/// Seconds of CPU time that this process has used.
func processTime() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Shows the best throughput of some rounds for each stage.
func measureThroughput(_ corpus: Corpus, stages: [Stage], rounds: Int) {
  let megabytes = Double(corpus.count) / 1e6
  let bodies = corpus.texts.map { text in
    var diagnostics = Diagnostics()
    return parseBody(SourceFile(name: "a.tf", bytes: text), into: &diagnostics)
  }
  print("\(corpus.texts.count) texts, \(String(format: "%.2f", megabytes)) MB, best of \(rounds)")
  for stage in stages {
    var best = Double.infinity
    var result = 0
    for _ in 0..<rounds {
      let start = processTime()
      result = stage.run(corpus, bodies: bodies)
      best = min(best, processTime() - start)
    }
    let name = stage.rawValue.padding(toLength: 8, withPad: " ", startingAt: 0)
    print(
      name + String(format: "%8.1f MB/s %8.1f ms  ", megabytes / best, best * 1000)
        + "(\(result))")
  }
}
