extension FunctionImplementation {
  /// Functions over times: they check what they are given; what they give isn't worked out.
  static let times: [String: FunctionImplementation] = [
    "timeadd": .value { arguments throws(FunctionFailure) in
      try checkTime(arguments, 0)
      guard isDuration(arguments.text(1)) else {
        throw FunctionFailure("\"\(arguments.text(1))\" is no duration such as 1h30m", at: 1)
      }
      return nil
    },
    "timecmp": .value { arguments throws(FunctionFailure) in
      try checkTime(arguments, 0)
      try checkTime(arguments, 1)
      return nil
    },
    "formatdate": .value { arguments throws(FunctionFailure) in
      try checkTime(arguments, 1)
      try checkDateFormat(arguments.text(0))
      return nil
    },
  ]

  private static func checkTime(
    _ arguments: FunctionArguments, _ index: Int
  ) throws(FunctionFailure) {
    guard isTime(arguments.text(index)) else {
      throw FunctionFailure(
        "\"\(arguments.text(index))\" is no time such as 2006-01-02T15:04:05Z", at: index)
    }
  }

  /// Whether a text is a time as RFC 3339 has it.
  private static func isTime(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    func number(_ count: Int, _ range: ClosedRange<Int>) -> Int? {
      let digits = rest.prefix(count)
      guard digits.count == count, digits.allSatisfy({ (48...57).contains($0) }),
        let value = Int(String(decoding: digits, as: UTF8.self)), range.contains(value)
      else { return nil }
      rest = rest.dropFirst(count)
      return value
    }
    func skip(_ character: UInt8) -> Bool {
      guard rest.first == character else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard let year = number(4, 0...9999), skip(45), let month = number(2, 1...12), skip(45),
      let day = number(2, 1...31), day <= days(of: month, in: year), skip(84),
      number(2, 0...23) != nil, skip(58), number(2, 0...59) != nil, skip(58),
      number(2, 0...59) != nil
    else { return false }
    if skip(46) {
      let digits = rest.prefix { (48...57).contains($0) }
      if digits.isEmpty { return false }
      rest = rest.dropFirst(digits.count)
    }
    if rest.elementsEqual([90]) { return true }
    guard skip(43) || skip(45) else { return false }
    return number(2, 0...23) != nil && skip(58) && number(2, 0...59) != nil && rest.isEmpty
  }

  private static func days(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func isDuration(_ text: String) -> Bool {
    var rest = Substring(text)
    if let first = rest.first, first == "-" || first == "+" { rest = rest.dropFirst() }
    if rest == "0" { return true }
    if rest.isEmpty { return false }
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { !($0.isASCII && ($0.isNumber || $0 == ".")) }
      rest = rest.dropFirst(unit.count)
      guard number.contains(where: \.isNumber), number.filter({ $0 == "." }).count <= 1,
        ["ns", "us", "µs", "μs", "ms", "s", "m", "h"].contains(unit)
      else { return false }
    }
    return true
  }

  /// Runs of one letter are verbs, of which there are certain ones; `'` encloses text.
  private static func checkDateFormat(_ format: String) throws(FunctionFailure) {
    let verbs: Set<String> = [
      "YYYY", "YY", "MMMM", "MMM", "MM", "M", "DD", "D", "EEEE", "EEE", "hh", "h", "HH", "H",
      "AA", "aa", "mm", "m", "ss", "s", "ZZZZZ", "ZZZZ", "ZZZ", "Z",
    ]
    var rest = Substring(format)
    while let first = rest.first {
      if first == "'" {
        // Two quotes in a row are one inside of text, which ends and begins text just as well.
        guard let end = rest.dropFirst().firstIndex(of: "'") else {
          throw FunctionFailure("a ' isn't closed", at: 0)
        }
        rest = rest[rest.index(after: end)...]
        continue
      }
      guard first.isASCII, first.isLetter else {
        rest = rest.dropFirst()
        continue
      }
      let run = rest.prefix { $0 == first }
      guard verbs.contains(String(run)) else {
        throw FunctionFailure("\"\(run)\" means nothing in the format of a date", at: 0)
      }
      rest = rest.dropFirst(run.count)
    }
  }
}
