/// A word with hyphens that a command understands.
struct Option: Sendable {
  /// The name without its hyphens.
  var name: String
  /// The name of one letter; nil if it has none.
  var letter: Character?
  /// What the help calls the value; nil if the option takes none.
  var placeholder: String?
  /// The values that it takes; empty if all are taken.
  var choices: [String] = []
  /// Whether it may be given several times.
  var isRepeatable = false
  /// Whether it may be set to `true` or `false`; without a value it is true.
  var isSwitch = false
  /// Whether it may be written with one hyphen, as Terraform's own options are.
  var takesOneHyphen = false
  /// What it does; a sentence.
  var help: String

  /// An option that is given or not.
  static func flag(_ name: String, letter: Character? = nil, _ help: String) -> Option {
    Option(name: name, letter: letter, help: help)
  }

  /// An option with a value.
  static func value(
    _ name: String, letter: Character? = nil, _ placeholder: String, _ help: String
  ) -> Option {
    Option(name: name, letter: letter, placeholder: placeholder, help: help)
  }

  /// An option of Terraform's commands that is true, false or not given.
  static func terraformSwitch(_ name: String, _ help: String) -> Option {
    Option(name: name, isSwitch: true, takesOneHyphen: true, help: help)
  }

  /// How it is written in the help: `-C, --directory <dir>`.
  var usage: String {
    let short = letter.map { "-\($0), " } ?? "    "
    return short + "--" + name + (placeholder.map { " <\($0)>" } ?? "")
  }

  /// Whether a word is the option: `--directory` or `-C`.
  func isCalled(_ word: String) -> Bool {
    "--" + name == word || letter.map { "-\($0)" } == word
      || takesOneHyphen && "-" + name == word
  }

  /// The options of every command.
  static let common: [Option] = [
    .value(
      "directory", letter: "C", "dir", "Work in this project instead of the current folder."),
    .flag("json", "Write one JSON object a line to standard output."),
    Option(
      name: "color", placeholder: "when", choices: ["auto", "always", "never"],
      help: "Use colours: auto (the default), always or never."),
    .flag("help", letter: "h", "Show this help."),
  ]
}
