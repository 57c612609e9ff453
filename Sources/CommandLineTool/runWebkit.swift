public import Operations
public import Platform

/// What the tool may touch.
public struct Surroundings: Sendable {
  /// Standard output.
  public var output: Output
  /// Standard error.
  public var errors: Output
  /// Standard input.
  public var input: Input
  /// The variables of the process.
  public var environment: Environment
  /// The pure functions.
  public var generator: Generator

  /// Makes surroundings.
  public init(
    output: Output, errors: Output, input: Input = Input(), environment: Environment,
    generator: Generator
  ) {
    self.output = output
    self.errors = errors
    self.input = input
    self.environment = environment
    self.generator = generator
  }
}

/// Carries out what the words behind `webkit` ask for.
///
/// - Parameters:
///   - words: The words.
///   - surroundings: What may be touched.
/// - Returns: What the process ends with.
public func runWebkit(_ words: [String], in surroundings: Surroundings) -> ExitCode {
  // The view is made before anything is judged, so that errors come in the format asked for.
  guard let (command, rest) = Command.find(words) else {
    let (names, others) = Command.split(words)
    let known = names.prefix { !$0.hasPrefix("-") }
    let group = Array(known.prefix { word in Command.all.contains { $0.words.first == word } })
    let given = Arguments(
      others + names.dropFirst(group.count), options: Option.common + [.version])
    let view = surroundings.view(for: given)
    view.begin()
    return answer(Array(known), group, given, view)
  }
  let arguments = Arguments(rest, options: command.allOptions, operands: command.operands)
  let view = surroundings.view(for: arguments)
  view.begin()
  if arguments.has("help") {
    view.showText(helpText(of: command.words) ?? "")
    return .done
  }
  if let problem = arguments.problem {
    view.show(problem, of: command.name)
    return .wrongUsage
  }
  return command.run(
    Call(
      arguments: arguments, view: view, input: surroundings.input,
      environment: surroundings.environment, generator: surroundings.generator))
}

/// Answers words that call no command: a wish for help or the version, or a mistake.
private func answer(
  _ words: [String], _ group: [String], _ given: Arguments, _ view: any View
) -> ExitCode {
  if given.has("help"), words == group, let text = helpText(of: group) {
    view.showText(text)
    return .done
  }
  if given.has("version") && words.isEmpty {
    view.showVersion()
    return .done
  }
  if words == group {
    let names = Command.all.filter { $0.words.starts(with: group) }.map(\.name)
    view.show(given.problem ?? .missingCommand(group, among: names), of: nil)
  } else {
    view.show(.unknownCommand(words, among: Command.all.map(\.name)), of: nil)
  }
  return .wrongUsage
}

extension Option {
  /// What stands for the command `version`.
  fileprivate static let version = Option.flag("version", "Show the version.")
}

extension Surroundings {
  fileprivate func view(for arguments: Arguments) -> any View {
    if arguments.has("json") { return JSONView(output: output) }
    func takesColor(_ stream: Output) -> Bool {
      if arguments.isOn("no-color") { return false }
      return switch arguments.value("color") {
      case "always": true
      case "never": false
      default: stream.takesColor(in: environment)
      }
    }
    return HumanView(
      output: output, errors: errors, outputColor: takesColor(output),
      errorColor: takesColor(errors),
      takesControls: errors.isTerminal && environment["TERM"] != "dumb")
  }
}
