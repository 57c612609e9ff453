extension Functions {
  /// Functions over texts.
  static func text(_ name: String, _ arguments: [Value]) -> Value? {
    if name == "join" { return joined(arguments) }
    if name == "format" { return formatted(arguments) }
    guard let count = argumentCounts[name] else { return nil }
    guard arguments.count == count else { return .unknown }
    if arguments.contains(.unknown) { return .unknown }
    if arguments[0].isNull { return .null }
    let texts = arguments.compactMap(\.scalarText)
    guard texts.count == count else { return .unknown }
    switch name {
    case "split": return .list(split(texts[1], by: texts[0]).map(Value.string))
    case "regex": return Pattern(texts[0]).map { $0.firstMatch(in: texts[1]) } ?? .unknown
    case "regexall": return Pattern(texts[0]).map { .list($0.matches(in: texts[1])) } ?? .unknown
    case "replace": return replaced(texts)
    case "substr": return part(arguments)
    default: return simple(name, texts[0], texts.count > 1 ? texts[1] : "")
    }
  }

  private static let argumentCounts = [
    "tostring": 1, "tonumber": 1, "tobool": 1, "lower": 1, "upper": 1, "title": 1,
    "trimspace": 1, "urlencode": 1, "trimprefix": 2, "trimsuffix": 2, "startswith": 2,
    "endswith": 2, "split": 2, "regex": 2, "regexall": 2, "strcontains": 2, "replace": 3,
    "substr": 3,
  ]

  private static func simple(_ name: String, _ text: String, _ other: String) -> Value {
    switch name {
    case "tostring": .string(text)
    case "tonumber": Number(text).map(Value.number) ?? .null
    case "tobool":
      switch text {
      case "true", "1": .bool(true)
      case "false", "0": .bool(false)
      default: .null
      }
    // Letter by letter, as Go does: `ß` stays.
    case "lower": .string(LetterCase.mapped(text) { $0.lowercaseMapping })
    case "upper": .string(LetterCase.mapped(text) { $0.uppercaseMapping })
    case "title": .string(LetterCase.titled(text))
    case "trimspace": .string(trimmed(text))
    case "urlencode": .string(urlEncoded(text))
    case "trimprefix": .string(text.hasPrefix(other) ? String(text.dropFirst(other.count)) : text)
    case "trimsuffix": .string(text.hasSuffix(other) ? String(text.dropLast(other.count)) : text)
    case "startswith": .bool(text.hasPrefix(other))
    case "endswith": .bool(text.hasSuffix(other))
    case "strcontains": .bool(other.isEmpty || text.contains(other))
    default: .unknown
    }
  }

  private static func urlEncoded(_ text: String) -> String {
    text.utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "~": return String(scalar)
      case " ": return "+"
      default:
        return (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }

  private static func part(_ arguments: [Value]) -> Value {
    guard case .number(let offset) = arguments[1], case .number(let length) = arguments[2],
      let start = offset.int, let count = length.int, let text = arguments[0].scalarText
    else { return .unknown }
    let first = start < 0 ? max(0, text.count + max(start, -text.count)) : start
    let rest = text.dropFirst(first)
    return .string(String(count < 0 ? rest : rest.prefix(count)))
  }

  private static func replaced(_ texts: [String]) -> Value {
    if texts[1].count > 1, texts[1].hasPrefix("/"), texts[1].hasSuffix("/") {
      guard let pattern = Pattern(String(texts[1].dropFirst().dropLast())) else { return .unknown }
      return pattern.replacing(in: texts[0], with: texts[2]).map(Value.string) ?? .unknown
    }
    let parts = split(texts[0], by: texts[1])
    // As Go does, an empty text is found before and behind each letter.
    let all = texts[1].isEmpty ? [""] + parts + [""] : parts
    return .string(all.joined(separator: texts[2]))
  }

  private static func joined(_ arguments: [Value]) -> Value {
    guard let separator = arguments.first?.scalarText else { return .unknown }
    let elements = arguments.dropFirst().flatMap { $0.elements ?? [$0] }
    let texts = elements.compactMap(\.scalarText)
    return texts.count == elements.count ? .string(texts.joined(separator: separator)) : .unknown
  }

  private static func formatted(_ arguments: [Value]) -> Value {
    guard let pattern = arguments.first?.stringValue else { return .unknown }
    var rest = arguments.dropFirst()[...]
    var result = ""
    var characters = pattern[...]
    while let character = characters.popFirst() {
      guard character == "%" else {
        result.append(character)
        continue
      }
      switch characters.popFirst() {
      case "%": result.append("%")
      case "s", "v":
        guard let text = rest.popFirst()?.scalarText else { return .unknown }
        result += text
      case "d":
        guard let text = rest.popFirst()?.scalarText, Number(text)?.int != nil else {
          return .unknown
        }
        result += text
      default: return .unknown
      }
    }
    return rest.isEmpty ? .string(result) : .unknown
  }

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(scalars[first...last])
  }

  private static func split(_ text: String, by separator: String) -> [String] {
    if separator.isEmpty { return text.map { String($0) } }
    return text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
