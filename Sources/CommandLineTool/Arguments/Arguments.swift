/// What the user wrote behind the command.
struct Arguments: Sendable {
  /// The options that were given, with their values; flags have none.
  private var given: [String: [String]] = [:]
  /// The words that are no options.
  private(set) var operands: [String] = []
  /// The first thing that is wrong; nil if all is right.
  private(set) var problem: UsageProblem?

  /// Reads words, and goes on behind a mistake, so that the answer comes in the format asked for.
  init(_ words: [String], options: [Option], operands names: [String] = []) {
    var rest = words[...]
    var areOptionsOver = false
    while let word = rest.popFirst() {
      if word == "--" && !areOptionsOver {
        areOptionsOver = true
      } else if areOptionsOver || !word.hasPrefix("-") || word == "-" {
        operands.append(word)
        let takesMore = operands.count <= names.count || names.last?.hasSuffix("...") == true
        if !takesMore { report(.unexpectedWord(word)) }
      } else {
        read(word, options, &rest)
      }
    }
  }

  /// Whether an option was given.
  func has(_ name: String) -> Bool { given[name] != nil }

  /// Whether a switch is on; `standard` if it wasn't given.
  func isOn(_ name: String, standard: Bool = false) -> Bool {
    has(name) ? value(name) != "false" : standard
  }

  /// The value given last; nil if there is none.
  func value(_ name: String) -> String? { given[name]?.last }

  /// All values given, in order.
  func values(_ name: String) -> [String] { given[name] ?? [] }

  private mutating func read(
    _ word: String, _ options: [Option], _ rest: inout ArraySlice<String>
  ) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    var value = parts.count > 1 ? String(parts[1]) : nil
    let found = options.first { $0.isCalled(name) }
    guard let option = found else {
      return report(.unknownOption(name, options.map { "--" + $0.name }))
    }
    if option.isSwitch {
      let choices = ["true", "false"]
      if let value, !choices.contains(value) {
        report(.wrongValue(option, value, choices: choices))
      }
      given[option.name, default: []].append(value ?? "true")
      return
    }
    guard option.placeholder != nil else {
      if value != nil { report(.unexpectedValue(name)) }
      given[option.name, default: []] += []
      return
    }
    if value == nil, let next = rest.first, !next.hasPrefix("--") { value = rest.popFirst() }
    guard let value, !value.isEmpty else { return report(.missingValue(option)) }
    if !option.choices.isEmpty && !option.choices.contains(value) {
      return report(.wrongValue(option, value, choices: option.choices))
    }
    given[option.name, default: []].append(value)
  }

  private mutating func report(_ problem: UsageProblem) {
    if self.problem == nil { self.problem = problem }
  }
}
