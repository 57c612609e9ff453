/// The functions of Terraform that the spec language knows; others give unknown.
enum Functions {
  /// The result of a call with arguments that are evaluated.
  static func call(_ name: String, _ arguments: [Value]) -> Value {
    if let result = collection(name, arguments) { return result }
    if let result = text(name, arguments) { return result }
    if let result = arithmetic(name, arguments) { return result }
    return .unknown
  }

  private static func collection(_ name: String, _ arguments: [Value]) -> Value? {
    switch (name, arguments.first) {
    case ("coalesce", _):
      return arguments.first { !$0.isNull && $0 != .string("") } ?? .null
    case ("concat", _), ("flatten", _), ("merge", _), ("alltrue", _), ("anytrue", _):
      return joined(name, arguments)
    case ("length", .list(let elements)?): return .number(Number(elements.count))
    case ("length", .object(let attributes)?): return .number(Number(attributes.count))
    case ("length", .string(let text)?): return .number(Number(text.count))
    case ("keys", .object(let attributes)?):
      return .list(attributes.keys.sorted().map(Value.string))
    case ("values", .object(let attributes)?):
      return .list(attributes.sorted { $0.key < $1.key }.map(\.value))
    case ("distinct", .list(let elements)?), ("toset", .list(let elements)?):
      var seen: Set<Value> = []
      return .list(elements.filter { seen.insert($0).inserted })
    case ("compact", .list(let elements)?):
      return .list(elements.filter { !$0.isNull && $0 != .string("") })
    case ("reverse", .list(let elements)?): return .list(elements.reversed())
    case ("sort", .list(let elements)?):
      return .list(elements.compactMap(\.scalarText).sorted().map(Value.string))
    case ("tolist", .list?), ("tomap", .object?): return arguments[0]
    case ("one", .list(let elements)?):
      return elements.isEmpty ? .null : elements.count == 1 ? elements[0] : .unknown
    case ("contains", .list(let elements)?) where arguments.count == 2:
      if arguments[1].containsUnknown { return .unknown }
      return .bool(elements.contains(arguments[1]))
    case ("lookup", .object(let attributes)?):
      guard arguments.count > 1, let key = arguments[1].scalarText else { return .unknown }
      return attributes[key] ?? (arguments.count > 2 ? arguments[2] : .null)
    case ("element", .list(let elements)?):
      guard arguments.count == 2, case .number(let number) = arguments[1], let index = number.int,
        !elements.isEmpty
      else { return .unknown }
      return elements[index % elements.count]
    default: return nil
    }
  }

  private static func joined(_ name: String, _ arguments: [Value]) -> Value {
    if arguments.contains(.unknown) { return .unknown }
    switch name {
    case "concat": return .list(arguments.flatMap { $0.elements ?? [] })
    case "flatten":
      func flat(_ value: Value) -> [Value] { value.elements?.flatMap(flat) ?? [value] }
      return arguments.first.map { .list(flat($0)) } ?? .unknown
    case "merge":
      var result: [String: Value] = [:]
      for argument in arguments {
        result.merge(argument.attributes ?? [:]) { _, new in new }
      }
      return .object(result)
    default:
      guard let elements = arguments.first?.elements else { return .unknown }
      let decided = Value.bool(name == "anytrue")
      if elements.contains(decided) { return decided }
      return elements.contains(.unknown) ? .unknown : .bool(name == "alltrue")
    }
  }

  private static func text(_ name: String, _ arguments: [Value]) -> Value? {
    if name == "join" { return joinedText(arguments) }
    if name == "format" { return formatted(arguments) }
    let texts = arguments.map { $0.scalarText ?? "" }
    guard let first = arguments.first, first.scalarText != nil else {
      guard let first = arguments.first, textFunctions.contains(name) else { return nil }
      return first.isNull ? .null : .unknown
    }
    switch (name, texts.count) {
    case ("tostring", 1): return .string(texts[0])
    case ("tonumber", 1): return Number(texts[0]).map(Value.number) ?? .unknown
    case ("tobool", 1): return texts[0] == "true" ? .bool(true) : .bool(false)
    case ("lower", 1): return .string(texts[0].lowercased())
    case ("upper", 1): return .string(texts[0].uppercased())
    case ("trimspace", 1): return .string(trimmed(texts[0]))
    case ("trimprefix", 2):
      return .string(
        texts[0].hasPrefix(texts[1]) ? String(texts[0].dropFirst(texts[1].count)) : texts[0])
    case ("trimsuffix", 2):
      return .string(
        texts[0].hasSuffix(texts[1]) ? String(texts[0].dropLast(texts[1].count)) : texts[0])
    case ("startswith", 2): return .bool(texts[0].hasPrefix(texts[1]))
    case ("endswith", 2): return .bool(texts[0].hasSuffix(texts[1]))
    case ("split", 2): return .list(split(texts[1], by: texts[0]).map(Value.string))
    case ("replace", 3): return replaced(texts)
    case ("regex", 2): return Pattern(texts[0])?.firstMatch(in: texts[1]) ?? .null
    case ("strcontains", 2): return .bool(texts[0].contains(texts[1]))
    default: return nil
    }
  }

  private static let textFunctions: Set<String> = [
    "tostring", "tonumber", "tobool", "lower", "upper", "trimspace", "trimprefix", "trimsuffix",
    "startswith", "endswith", "split", "replace", "regex", "strcontains",
  ]

  private static func replaced(_ texts: [String]) -> Value {
    if texts[1].count > 1, texts[1].hasPrefix("/"), texts[1].hasSuffix("/") { return .unknown }
    return .string(split(texts[0], by: texts[1]).joined(separator: texts[2]))
  }

  private static func joinedText(_ arguments: [Value]) -> Value {
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
      guard character == "%", let verb = characters.popFirst() else {
        result.append(character)
        continue
      }
      switch verb {
      case "%": result.append("%")
      case "s", "d", "v":
        guard let text = rest.popFirst()?.scalarText else { return .unknown }
        result += text
      default: return .unknown
      }
    }
    return .string(result)
  }

  private static func arithmetic(_ name: String, _ arguments: [Value]) -> Value? {
    let numbers = arguments.compactMap { argument -> Double? in
      if case .number(let number) = argument { number.double } else { nil }
    }
    guard numbers.count == arguments.count, let first = numbers.first else { return nil }
    switch name {
    case "min": return .number(Number(numbers.min() ?? first))
    case "max": return .number(Number(numbers.max() ?? first))
    case "abs": return .number(Number(abs(first)))
    case "ceil": return .number(Number(first.rounded(.up)))
    case "floor": return .number(Number(first.rounded(.down)))
    default: return nil
    }
  }

  private static func trimmed(_ text: String) -> String {
    var characters = text[...]
    while let first = characters.first, first.isWhitespace { characters.removeFirst() }
    while let last = characters.last, last.isWhitespace { characters.removeLast() }
    return String(characters)
  }

  private static func split(_ text: String, by separator: String) -> [String] {
    if separator.isEmpty { return text.map { String($0) } }
    return text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
