import Diagnostics

/// How a command was called wrongly.
struct UsageProblem: Sendable {
  /// What is wrong, in one line without a full stop.
  var summary: String
  /// What to do next, a sentence; nil if the command's help says it.
  var help: String?
}

extension UsageProblem {
  static func unknownCommand(_ words: [String], among names: [String]) -> UsageProblem {
    let name = words.joined(separator: " ")
    let near = nearestMatch(name, in: names)
    return UsageProblem(
      summary: "there is no command `\(name)`",
      help: near.map { "Did you mean `webkit \($0)`?" } ?? "`webkit help` lists the commands.")
  }

  static func missingCommand(_ group: [String], among names: [String]) -> UsageProblem {
    UsageProblem(
      summary: (["webkit"] + group).joined(separator: " ") + " needs a command",
      help: "There is " + names.map { "`\($0)`" }.joined(separator: ", ") + ".")
  }

  static func unknownOption(_ name: String, _ names: [String]) -> UsageProblem {
    UsageProblem(
      summary: "there is no option `\(name)`",
      help: nearestMatch(name, in: names).map { "Did you mean `\($0)`?" })
  }

  static func unexpectedWord(_ word: String) -> UsageProblem {
    UsageProblem(summary: "`\(word)` is one word too many")
  }

  static func unexpectedValue(_ name: String) -> UsageProblem {
    UsageProblem(summary: "`\(name)` takes no value")
  }

  static func missingValue(_ option: Option) -> UsageProblem {
    UsageProblem(
      summary: "`--\(option.name)` needs a value",
      help: "Write `--\(option.name) <\(option.placeholder ?? "value")>`. \(option.help)")
  }

  static func wrongValue(
    _ option: Option, _ value: String, choices all: [String]
  ) -> UsageProblem {
    let near = nearestMatch(value, in: all)
    let names = all.map { "`\($0)`" }
    let choices = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    return UsageProblem(
      summary: "`--\(option.name)` can't be `\(value)`",
      help: near.map { "Did you mean `\($0)`?" } ?? "Write \(choices).")
  }

  static func inputAmongPaths() -> UsageProblem {
    UsageProblem(
      summary: "`-` stands for standard input and can't be given together with paths",
      help: "Format the files and the input in two calls.")
  }

  static func missingOption(_ name: String) -> UsageProblem {
    UsageProblem(summary: "`--\(name)` is needed", help: "Add `--\(name) <name>`.")
  }

  static func missingSchemas() -> UsageProblem {
    UsageProblem(
      summary: "the folder of whole schemas is needed",
      help: """
        Write `webkit spec excerpt <dir>`; `terraform providers schema -json` makes a file of it \
        for each provider.
        """)
  }

  static func missingSchema() -> UsageProblem {
    UsageProblem(
      summary: "a resource type and its schema are needed",
      help: """
        Write `webkit spec new --schema <file> <type>`; `terraform providers schema -json` makes \
        the file.
        """)
  }

  static func wrongPath(_ option: String, _ path: String, _ fault: String) -> UsageProblem {
    UsageProblem(
      summary: "the path `\(path)` of `--\(option)` \(fault)",
      help: "Write it as the list shows it, relative to the project's folder.")
  }
}
