import Operations
import Platform

/// Runs the tool with the words that the process was started with, and ends the process.
public func runProcess() -> Never {
  ignoreBrokenPipes()
  let surroundings = Surroundings(
    output: .standard, errors: .standardError, input: .standard, environment: .ofProcess,
    generator: .embedded(version: webkitVersion))
  let exitCode = runWebkit(Array(CommandLine.arguments.dropFirst()), in: surroundings)
  endProcess(exitCode.rawValue)
}
