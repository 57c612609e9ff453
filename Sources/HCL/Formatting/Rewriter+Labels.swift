@_spi(_Unicode) import Swift

extension Rewriter {
  /// Reads the labels of a block; they are quoted, and comments between them go.
  mutating func readLabels() {
    var comments = next
    while next < tokens.count {
      switch tokens[comments].kind {
      case .spaces, .blockComment: comments += 1
      case .identifier:
        drop(upToLabel: comments)
        readBareLabel()
        comments = next
      case .openQuote:
        drop(upToLabel: comments)
        guard readQuotedLabel() else { return }
        comments = next
      default: return copy(upTo: comments)
      }
      guard comments < tokens.count else { return }
    }
  }

  private mutating func drop(upToLabel label: Int) {
    let isBlank = label == next || label == next + 1 && tokens[next].kind == .spaces
    if isBlank { copy(upTo: label) } else { drop(upTo: label) }
  }

  private mutating func readBareLabel() {
    let word = text(tokens[next])
    add(.openQuote, "\"".utf8)
    add(.quotedText, encodedLabel(String(decoding: word, as: UTF8.self)))
    add(.closeQuote, "\"".utf8)
    drop(upTo: next + 1)
  }

  /// Whether there was a label.
  private mutating func readQuotedLabel() -> Bool {
    guard next + 1 < tokens.count else { return false }
    if tokens[next + 1].kind == .closeQuote {
      copy(upTo: next + 2)
      return true
    }
    guard next + 2 < tokens.count, tokens[next + 1].kind == .quotedText,
      tokens[next + 2].kind == .closeQuote
    else { return false }
    let written = text(tokens[next + 1])
    if let label = normalisedLabel(written), !label.elementsEqual(written) {
      copy()
      add(.quotedText, label)
      drop(upTo: next + 1)
      copy()
    } else {
      copy(upTo: next + 3)
    }
    return true
  }

  /// A label's text as the reference writes it; nil if it stays.
  ///
  /// Where `$` or `%` stands beside other text the reference sees several pieces of text and
  /// drops the label, which changes what the block means.
  private func normalisedLabel(_ written: ArraySlice<UInt8>) -> [UInt8]? {
    if written.allSatisfy({ $0.isPlainInLabel }) { return nil }
    let isPieced = written.contains { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "%") }
    return isPieced ? nil : decodedLabel(written).map { encodedLabel($0) }
  }

  /// A label's value; nil if an escape is wrong.
  private func decodedLabel(_ written: ArraySlice<UInt8>) -> String? {
    var value = String.UnicodeScalarView()
    var rest = String(decoding: written, as: UTF8.self).unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        value.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "n": value.append("\n")
      case "r": value.append("\r")
      case "t": value.append("\t")
      case "\"": value.append("\"")
      case "\\": value.append("\\")
      case let letter where letter == "u" || letter == "U":
        let digits = rest.prefix(letter == "u" ? 4 : 8)
        rest = rest.dropFirst(digits.count)
        guard let number = UInt32(String(digits), radix: 16), let scalar = Unicode.Scalar(number)
        else { return nil }
        value.append(scalar)
      default: return nil
      }
    }
    return String(value)
  }

  /// A label's value between quotes, with escapes where the reference writes some.
  private func encodedLabel(_ value: String) -> [UInt8] {
    var text = ""
    let scalars = Array(value._nfc)
    for (index, scalar) in scalars.enumerated() {
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "$", "%":
        let isOpening = index + 1 < scalars.count && scalars[index + 1] == "{"
        text += isOpening ? "\(scalar)\(scalar)" : "\(scalar)"
      case _ where scalar.isPrintedInLabels: text.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        let width = scalar.value < 0x10000 ? 4 : 8
        text += width == 4 ? "\\u" : "\\U"
        text += String(repeating: "0", count: width - digits.count) + digits
      }
    }
    return Array(text.utf8)
  }
}

extension UInt8 {
  /// Whether a label may hold it as it is, whatever stands beside it.
  fileprivate var isPlainInLabel: Bool {
    switch self {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "%"): false
    default: self >= 0x20 && self < 0x7F
    }
  }
}

extension Unicode.Scalar {
  /// Whether the reference writes it as it is: the graphic characters of Unicode 15.
  fileprivate var isPrintedInLabels: Bool {
    if self == " " { return true }
    guard let age = properties.age, age.major <= 15, (age.major, age.minor) != (15, 1) else {
      return false
    }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned: return false
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: return false
    default: return true
    }
  }
}
