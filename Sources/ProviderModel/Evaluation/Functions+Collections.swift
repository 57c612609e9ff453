extension Functions {
  /// Functions over lists and objects of any depth.
  static func collection(_ name: String, _ arguments: [Value]) -> Value? {
    switch (name, arguments.first) {
    case ("coalesce", _):
      return arguments.first { !$0.isNull && $0 != .string("") } ?? .null
    case ("concat", _): return concatenated(arguments)
    case ("flatten", .list(let elements)?): return flattened(elements)
    case ("merge", _): return merged(arguments)
    case ("alltrue", .list(let elements)?): return decided(elements, by: false)
    case ("anytrue", .list(let elements)?): return decided(elements, by: true)
    case ("length", .list(let elements)?): return .number(Number(elements.count))
    case ("length", .object(let attributes)?): return .number(Number(attributes.count))
    case ("length", .string(let text)?): return .number(Number(text.count))
    case ("keys", .object(let attributes)?):
      return .list(attributes.keys.sorted().map(Value.string))
    case ("values", .object(let attributes)?):
      return .list(attributes.sorted { $0.key < $1.key }.map(\.value))
    case ("tomap", .object?): return arguments[0]
    case ("lookup", .object(let attributes)?):
      guard arguments.count > 1, let key = arguments[1].scalarText else { return .unknown }
      return attributes[key] ?? (arguments.count > 2 ? arguments[2] : .null)
    case ("zipmap", .list(let keys)?):
      guard arguments.count == 2, let values = arguments[1].elements, keys.count == values.count
      else { return .unknown }
      let names = keys.compactMap(\.scalarText)
      guard names.count == keys.count else { return .unknown }
      return .object(Dictionary(zip(names, values)) { _, last in last })
    case ("jsonencode", let value?) where arguments.count == 1: return encoded(value)
    default: return nil
    }
  }

  private static func concatenated(_ arguments: [Value]) -> Value {
    var result: [Value] = []
    for argument in arguments where !argument.isNull {
      guard let elements = argument.elements else { return .unknown }
      result += elements
    }
    return .list(result)
  }

  private static func flattened(_ elements: [Value]) -> Value {
    var result: [Value] = []
    for element in elements {
      switch element {
      case .unknown: return .unknown
      case .list(let inner):
        guard case .list(let flat) = flattened(inner) else { return .unknown }
        result += flat
      default: result.append(element)
      }
    }
    return .list(result)
  }

  private static func merged(_ arguments: [Value]) -> Value {
    var result: [String: Value] = [:]
    for argument in arguments where !argument.isNull {
      guard let attributes = argument.attributes else { return .unknown }
      result.merge(attributes) { _, last in last }
    }
    return .object(result)
  }

  /// `anytrue` is decided by a `true`, `alltrue` by a `false`, for which null stands too.
  private static func decided(_ elements: [Value], by decision: Bool) -> Value {
    var isCertain = true
    for element in elements {
      switch element {
      case .bool(decision), .string(decision ? "true" : "false"): return .bool(decision)
      case .null:
        if !decision { return .bool(false) }
      case .bool, .string("true"), .string("false"): break
      default: isCertain = false
      }
    }
    return isCertain ? .bool(!decision) : .unknown
  }

  private static func encoded(_ value: Value) -> Value {
    if value.containsUnknown { return .unknown }
    switch value {
    case .null, .unknown, .handle: return .string("null")
    case .bool, .number: return .string(value.scalarText ?? "null")
    case .string(let text): return .string(quoted(text))
    case .list(let elements):
      let parts = elements.compactMap { encoded($0).stringValue }
      return .string("[" + parts.joined(separator: ",") + "]")
    case .object(let attributes):
      let parts = attributes.sorted { $0.key < $1.key }.map { key, value in
        quoted(key) + ":" + (encoded(value).stringValue ?? "null")
      }
      return .string("{" + parts.joined(separator: ",") + "}")
    }
  }

  /// A text as Go's encoder writes it, which escapes what would matter in HTML.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{8}": result += "\\b"
      case "\u{C}": result += "\\f"
      case "<", ">", "&", "\u{0}"..."\u{1F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
