/// One thing that the tool does.
struct Command: Sendable {
  /// The words that call it: `infra`, `validate`.
  var words: [String]
  /// What it does; a sentence without subject.
  var summary: String
  /// More about it in lines of at most 80 columns; empty if there is no more to say.
  var discussion = ""
  /// What the words behind it are called; none by default.
  ///
  /// Of the last there may be any number if its name ends in `...`.
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
    .initialise, .update, .drift, .validate, .validateInfrastructure, .plan, .apply, .destroy,
    .refresh, .output, .execute, .cost, .graph, .compareEnvironments, .detect, .importing, .unlock,
    .lock, .prepareStore, .listState, .showState, .pullState, .backUpState, .listStateVersions,
    .restoreState, .migrateState, .forgetResources, .schema, .check, .format,
    .generateEnvironmentFile,
    .pushEnvironmentFile, .listSpecs, .newSpec,
    .excerptSchemas, .checkSpecs, .documentSpecs, .formatSpecs, .version, .help,
  ]

  /// The command that words name, and the other words; nil if none fits.
  ///
  /// Options may stand before, between and behind the words that name it.
  static func find(_ words: [String]) -> (command: Command, rest: [String])? {
    let places = placesOfNames(in: words)
    let names = places.map { words[$0] }
    let fitting = all.filter { names.starts(with: $0.words) }
    guard let command = fitting.max(by: { $0.words.count < $1.words.count }) else { return nil }
    let used = Set(places.prefix(command.words.count))
    return (command, words.indices.filter { !used.contains($0) }.map { words[$0] })
  }

  /// Parts the words that may name a command from all others.
  static func split(_ words: [String]) -> (names: [String], options: [String]) {
    let places = Set(placesOfNames(in: words))
    let others = words.indices.filter { !places.contains($0) }
    return (places.sorted().map { words[$0] }, others.map { words[$0] })
  }

  /// The places of the words that are neither options nor their values; none behind `--`.
  private static func placesOfNames(in words: [String]) -> [Int] {
    let options = Option.common + all.flatMap(\.options)
    var places: [Int] = []
    var place = 0
    while place < words.count, words[place] != "--" {
      let word = words[place]
      let option = options.first { $0.isCalled(word) }
      if !word.hasPrefix("-") || word == "-" {
        places.append(place)
      } else if option?.placeholder != nil, place + 1 < words.count,
        !words[place + 1].hasPrefix("--")
      {
        place += 1
      }
      place += 1
    }
    return places
  }
}
