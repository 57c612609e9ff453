/// One thing that the tool does.
struct Command: Sendable {
  /// The words that call it: `infra`, `validate`.
  var words: [String]
  /// What it does; a sentence without subject.
  var summary: String
  /// More about it in lines of at most 80 columns; empty if there is no more to say.
  var discussion = ""
  /// What the words behind it are called; none by default.
  var operands: [String] = []
  /// The options that only this command and few others have.
  var options: [Option] = []
  /// What it ends with, and what that means here.
  var exitCodes: [(code: ExitCode, meaning: String)]
  /// Carries it out.
  var run: @Sendable (Call) -> ExitCode

  /// The name behind `webkit`.
  var name: String { words.joined(separator: " ") }

  /// All options that it understands.
  var allOptions: [Option] { options + Option.common }
}

extension Command {
  /// All commands, in the order of the help.
  static let all: [Command] = [
    .initialise, .update, .drift, .validate, .validateInfrastructure, .version, .help,
  ]

  /// The command that words begin with, and the other words; nil if none fits.
  static func find(_ words: [String]) -> (command: Command, rest: [String])? {
    let (names, others) = split(words)
    let fitting = all.filter { names.starts(with: $0.words) }
    guard let command = fitting.max(by: { $0.words.count < $1.words.count }) else { return nil }
    return (command, others + names.dropFirst(command.words.count))
  }

  /// Parts the words that may name a command from common options that stand before it.
  static func split(_ words: [String]) -> (names: [String], options: [String]) {
    var rest = words[...]
    var options: [String] = []
    while let word = rest.first, word.hasPrefix("-"), word != "--" {
      options.append(rest.removeFirst())
      let option = Option.common.first {
        "--" + $0.name == word || $0.letter.map { "-\($0)" } == word
      }
      if option?.placeholder != nil, let value = rest.popFirst() { options.append(value) }
    }
    return (Array(rest), options)
  }
}
