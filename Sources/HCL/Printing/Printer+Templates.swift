extension Printer {
  /// Where template parts stand; it decides their escapes.
  enum TemplateContext {
    case quotes
    case heredoc
  }

  /// Writes parts between quotes.
  mutating func writeQuoted(_ parts: [TemplatePart]) {
    code("\"")
    write(parts, in: .quotes)
    raw("\"")
  }

  /// Writes parts, literal text as it stands in its context.
  private mutating func write(_ parts: [TemplatePart], in context: TemplateContext) {
    for (index, part) in parts.enumerated() {
      switch part {
      case .literal(let text):
        let next = index + 1 < parts.count ? parts[index + 1] : nil
        write(text, before: next?.sign, in: context)
      case .interpolation(let value):
        writeSequence("${", value.strip, in: context) { $0.write(value.expression) }
      case .ifDirective(let value): write(value, in: context)
      case .forDirective(let value): write(value, in: context)
      }
    }
  }

  private mutating func write(
    _ text: String, before sign: Unicode.Scalar?, in context: TemplateContext
  ) {
    // `$` right before `${` would be read as an escape.
    let isTrap = sign.map { text.unicodeScalars.last == $0 } ?? false
    let safe = isTrap ? text.unicodeScalars.dropLast() : text.unicodeScalars[...]
    switch context {
    case .quotes: raw(Printer.escapedInQuotes(String(safe)))
    case .heredoc:
      for line in HeredocLines.lines(text) {
        pieceOffsets.append(output.count)
        raw(Printer.escapedSigns(String(line[..<min(line.endIndex, safe.endIndex)])))
      }
    }
    guard isTrap, let sign else { return }
    switch context {
    case .quotes: raw(sign == "$" ? "\\u0024" : "\\u0025")
    case .heredoc: raw("${\"\(sign)\"}")
    }
  }

  private mutating func writeSequence(
    _ opener: String, _ strip: StripMarkers, in context: TemplateContext,
    _ write: (inout Printer) -> Void
  ) {
    if context == .heredoc { pieceOffsets.append(output.count) }
    raw(strip.left ? opener + "~" : opener)
    inside(canBreak: true, write)
    raw(strip.right ? "~}" : "}")
  }

  private mutating func write(_ value: TemplateIf, in context: TemplateContext) {
    writeSequence("%{", value.ifStrip, in: context) {
      $0.code("if")
      $0.write(value.condition)
    }
    write(value.then, in: context)
    if let otherwise = value.otherwise {
      writeSequence("%{", value.elseStrip, in: context) { $0.code("else") }
      write(otherwise, in: context)
    }
    writeSequence("%{", value.endStrip, in: context) { $0.code("endif") }
  }

  private mutating func write(_ value: TemplateFor, in context: TemplateContext) {
    writeSequence("%{", value.forStrip, in: context) {
      $0.code("for")
      if let key = value.key {
        $0.code(key)
        $0.code(",")
      }
      $0.code(value.value)
      $0.code("in")
      $0.write(value.collection)
    }
    write(value.body, in: context)
    writeSequence("%{", value.endStrip, in: context) { $0.code("endfor") }
  }

  // MARK: Heredocs

  mutating func write(_ heredoc: Heredoc) {
    guard heredoc.isPrintable else { return writeQuoted(heredoc.parts) }
    let lines = HeredocLines(heredoc.parts)
    // What `<<-` would take away doesn't belong to the text any more.
    let isIndented = heredoc.isIndented && (lines.common ?? 0) == 0
    let marker = lines.marker(like: heredoc.marker)
    code(isIndented ? "<<-\(marker)" : "<<\(marker)")
    output.append(0x0A)
    let outer = pieceOffsets
    pieceOffsets = []
    write(heredoc.parts, in: .heredoc)
    if isIndented {
      let isAnchored = lines.isAnchored
      for (piece, offset) in pieceOffsets.enumerated()
      where lines.indentations[piece] != nil && !isAnchored {
        heredocIndents.insert(offset)
      }
      heredocIndents.insert(output.count)
    }
    pieceOffsets = outer
    raw(marker)
    endsLine = true
  }

  // MARK: Escapes

  /// Text as it stands between quotes.
  static func escapedInQuotes(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in escapedSigns(text).unicodeScalars {
      switch scalar {
      case "\"", "\\":
        result.append("\\")
        result.append(scalar)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\r": result.append(contentsOf: "\\r".unicodeScalars)
      case "\t": result.append(contentsOf: "\\t".unicodeScalars)
      case _ where scalar.isPrintable: result.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: false)
        let width = scalar.value > 0xFFFF ? 8 : 4
        let zeros = String(repeating: "0", count: width - digits.count)
        result.append(contentsOf: ((width == 8 ? "\\U" : "\\u") + zeros + digits).unicodeScalars)
      }
    }
    return String(result)
  }

  /// Text with `${` and `%{` as `$${` and `%%{`.
  static func escapedSigns(_ text: String) -> String {
    var bytes: [UInt8] = []
    let source = Array(text.utf8)
    guard source.contains(UInt8(ascii: "{")) else { return text }
    bytes.reserveCapacity(source.count + 8)
    for (index, byte) in source.enumerated() {
      let isSign = byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%")
      if isSign, index + 1 < source.count, source[index + 1] == UInt8(ascii: "{") {
        bytes.append(byte)
      }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension TemplatePart {
  /// `$` or `%`, with which a sequence begins.
  fileprivate var sign: Unicode.Scalar? {
    switch self {
    case .literal: nil
    case .interpolation: "$"
    case .ifDirective, .forDirective: "%"
    }
  }
}

extension Unicode.Scalar {
  /// Whether it can stand in source text and be seen: letters, marks, numbers, punctuation,
  /// symbols and the plain blank.
  var isPrintable: Bool {
    if value < 0x7F { return value >= 0x20 }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned: return false
    case .lineSeparator, .paragraphSeparator, .spaceSeparator: return false
    default: return true
    }
  }
}

extension Heredoc {
  /// Whether it can be written as a heredoc: its text is empty or ends with a newline, and
  /// has no lone carriage return.
  var isPrintable: Bool {
    guard let last = parts.last else { return true }
    guard case .literal(let text) = last, text.utf8.last == 0x0A else { return false }
    return !Heredoc.hasLoneReturn(parts)
  }

  private static func hasLoneReturn(_ parts: [TemplatePart]) -> Bool {
    parts.contains { part in
      switch part {
      case .literal(let text):
        let bytes = Array(text.utf8)
        return bytes.indices.contains { index in
          bytes[index] == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A)
        }
      case .interpolation: return false
      case .ifDirective(let value):
        return hasLoneReturn(value.then) || hasLoneReturn(value.otherwise ?? [])
      case .forDirective(let value): return hasLoneReturn(value.body)
      }
    }
  }
}
