import ProviderModel

extension FunctionImplementation {
  /// `format` and `formatlist`.
  static let formats: [String: FunctionImplementation] = [
    "format": .value { arguments throws(FunctionFailure) in
      guard arguments.areWhollyKnown else { return .unknown(.string, isNeverNull: true) }
      let texts = try formatted(arguments.text(0), Array(arguments.values.dropFirst()))
      return texts.map { .string($0) } ?? .unknown(.string, isNeverNull: true)
    },
    "formatlist": .init(value: listValue),
  ]

  private static let listValue: ValueRule = { arguments throws(FunctionFailure) in
    let unknown = TypedValue.unknown(.list(.string), isNeverNull: true)
    guard arguments[0].isKnown else { return unknown }
    var length: (count: Int, index: Int)?
    for (index, value) in arguments.values.enumerated().dropFirst()
    where value.type.isSequence && !value.isNull {
      guard let elements = value.elements else {
        guard case .tuple(let types) = value.type else { continue }
        if let length, length.count != types.count {
          throw uneven(types.count, index, length)
        }
        continue
      }
      if let length, length.count != elements.count {
        throw uneven(elements.count, index, length)
      }
      length = (elements.count, index)
    }
    // Of lists that aren't known it isn't known how often the format is used.
    if arguments.values.contains(where: { !$0.isKnown && $0.type.isSequence }) { return unknown }
    var lines: [TypedValue] = []
    for round in 0..<(length?.count ?? 1) {
      let row = arguments.values.dropFirst().map { value in
        value.type.isSequence && !value.isNull ? value.elements?[round] ?? .dynamic : value
      }
      let text = try formatted(arguments.text(0), row)
      lines.append(text.map { .string($0) } ?? .unknown(.string, isNeverNull: true))
    }
    return .list(lines, of: .string)
  }

  private static func uneven(
    _ count: Int, _ index: Int, _ other: (count: Int, index: Int)
  ) -> FunctionFailure {
    FunctionFailure(
      "argument \(index) has \(count) elements, argument \(other.index) has \(other.count)",
      at: index)
  }

  /// The text of a format; nil where it isn't worked out, though it is right.
  private static func formatted(
    _ format: String, _ values: [TypedValue]
  ) throws(FunctionFailure) -> String? {
    // Nothing is looked at, not even the format, before all is known.
    guard values.allSatisfy(\.isWhollyKnown) else { return nil }
    var text: String? = ""
    var used = 0
    for part in try FormatText(format).parts {
      switch part {
      case .text(let piece): text = text.map { $0 + piece }
      case .verb(let verb):
        guard values.indices.contains(verb.argument) else {
          throw FunctionFailure(
            "\(verb.text) needs argument \(verb.argument + 1), there are \(values.count)", at: 0)
        }
        used = max(used, verb.argument + 1)
        let piece = try verb.formatted(values[verb.argument], at: verb.argument + 1)
        text = piece.flatMap { piece in text.map { $0 + piece } }
      }
    }
    if used < values.count {
      throw FunctionFailure(
        "the format uses \(used) of \(values.count) arguments", at: used + 1)
    }
    return text
  }
}
