import Operations
import Platform

/// Runs the tool with the words that the process was started with, and ends the process.
public func runProcess() -> Never {
  let words = Array(CommandLine.arguments.dropFirst())
  if words.first == ProgramCall.guardWord {
    guardProgram(Array(words.dropFirst()), in: .ofProcess)
  }
  if words.first == ProgramCall.privateWord { becomePrivateProgram(Array(words.dropFirst())) }
  ignoreBrokenPipes()
  keepMemory()
  let surroundings = Surroundings(
    output: .standard, errors: .standardError, input: .standard, environment: .ofProcess,
    generator: .embedded(version: webkitVersion))
  let exitCode = runWebkit(words, in: surroundings)
  endProcess(exitCode.rawValue)
}
