import ProviderModel

extension FunctionImplementation {
  /// Functions over texts.
  static let texts: [String: FunctionImplementation] = [
    "lower": .value { .string(LetterCase.mapped($0.text(0), \.lowercaseMapping)) },
    "upper": .value { .string(LetterCase.mapped($0.text(0), \.uppercaseMapping)) },
    "title": .value { .string(LetterCase.titled($0.text(0))) },
    "trimspace": .value { .string(trimmed($0.text(0)) { $0.properties.isWhitespace }) },
    "trim": .value { arguments in
      let set = Set(arguments.text(1).unicodeScalars)
      return .string(trimmed(arguments.text(0), set.contains))
    },
    "trimprefix": .value { arguments in
      let (text, prefix) = (arguments.text(0), arguments.text(1))
      guard starts(text, with: prefix) else { return .string(text) }
      return .string(String(decoding: text.utf8.dropFirst(prefix.utf8.count), as: UTF8.self))
    },
    "trimsuffix": .value { arguments in
      let (text, suffix) = (arguments.text(0), arguments.text(1))
      guard ends(text, with: suffix) else { return .string(text) }
      return .string(String(decoding: text.utf8.dropLast(suffix.utf8.count), as: UTF8.self))
    },
    "startswith": .value { .bool(starts($0.text(0), with: $0.text(1))) },
    "endswith": .value { .bool(ends($0.text(0), with: $0.text(1))) },
    "strcontains": .value {
      .bool(pieces($0.text(0), by: $0.text(1)).count > 1 || $0.text(1) == "")
    },
    "strrev": .value { .string(String($0.text(0).reversed())) },
    "chomp": .value { arguments in
      var bytes = Array(arguments.text(0).utf8)[...]
      while let last = bytes.last, last == 10 || last == 13 { bytes.removeLast() }
      return .string(String(decoding: bytes, as: UTF8.self))
    },
    "split": .value { arguments in
      .list(pieces(arguments.text(1), by: arguments.text(0)).map(TypedValue.string), of: .string)
    },
    "join": .init(value: joinValue),
    "substr": .init(value: partValue),
    "indent": .value { arguments throws(FunctionFailure) in
      let count = try arguments.int(0)
      if count < 0 { throw FunctionFailure("the number of spaces must not be negative", at: 0) }
      let lines = pieces(arguments.text(1), by: "\n")
      guard count < 10_000 else { return nil }
      return .string(lines.joined(separator: "\n" + String(repeating: " ", count: count)))
    },
    "replace": .init(value: replaceValue),
    "alltrue": .value { truths($0) { !$0 } },
    "anytrue": .value { truths($0) { $0 } },
  ]

  private static func trimmed(
    _ text: String, _ isTrimmed: (Unicode.Scalar) -> Bool
  ) -> String {
    var scalars = Substring(text).unicodeScalars.drop(while: isTrimmed)
    while let last = scalars.last, isTrimmed(last) { scalars.removeLast() }
    return String(Substring(scalars))
  }

  private static func starts(_ text: String, with prefix: String) -> Bool {
    text.utf8.starts(with: prefix.utf8)
  }

  private static func ends(_ text: String, with suffix: String) -> Bool {
    text.utf8.reversed().starts(with: suffix.utf8.reversed())
  }

  /// The text between separators; an empty separator gives letters.
  private static func pieces(_ text: String, by separator: String) -> [String] {
    let (bytes, wanted) = (Array(text.utf8), Array(separator.utf8))
    guard !wanted.isEmpty else { return text.unicodeScalars.map { String($0) } }
    var pieces: [String] = []
    var start = 0
    var index = 0
    while index + wanted.count <= bytes.count {
      if bytes[index] == wanted[0], bytes[index..<index + wanted.count].elementsEqual(wanted) {
        pieces.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += wanted.count
        start = index
      } else {
        index += 1
      }
    }
    return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  private static let joinValue: ValueRule = { arguments throws(FunctionFailure) in
    if arguments.count < 2 { throw FunctionFailure("at least one list is required") }
    var texts: [String] = []
    var isKnown = true
    for index in 1..<arguments.count {
      if let known = try arguments.texts(index) { texts += known } else { isKnown = false }
    }
    return isKnown ? .string(texts.joined(separator: arguments.text(0))) : nil
  }

  /// Counts in characters; a negative offset counts from the end, -1 as a length is all.
  private static let partValue: ValueRule = { arguments throws(FunctionFailure) in
    let letters = Array(arguments.text(0))
    var (offset, length) = (try arguments.int(1), try arguments.int(2))
    if offset < 0 { offset = max(0, offset + letters.count) }
    guard offset < letters.count else { return .string("") }
    let rest = letters[offset...]
    if length < 0 { length = rest.count }
    return .string(String(rest.prefix(length)))
  }

  private static let replaceValue: ValueRule = { arguments throws(FunctionFailure) in
    let (text, searched, other) = (arguments.text(0), arguments.text(1), arguments.text(2))
    if searched.utf8.count > 1, searched.hasPrefix("/"), searched.hasSuffix("/") {
      if let problem = PatternShape(String(searched.dropFirst().dropLast())).problem {
        throw FunctionFailure(problem, at: 1)
      }
      return nil
    }
    if searched.isEmpty { return nil }
    return .string(pieces(text, by: searched).joined(separator: other))
  }

  private static func truths(
    _ arguments: FunctionArguments, until isDecisive: (Bool) -> Bool
  ) -> TypedValue? {
    var isKnown = true
    for element in arguments.elements(0) {
      // Null counts as false.
      guard element.isKnown else {
        isKnown = false
        continue
      }
      let truth = element.boolValue ?? false
      if isDecisive(truth) { return .bool(truth) }
    }
    return isKnown ? .bool(!isDecisive(true)) : nil
  }
}
