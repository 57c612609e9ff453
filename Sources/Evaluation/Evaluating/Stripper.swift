import HCL

/// Works the `~` of templates into the texts beside it.
struct Stripper {
  /// Whether a text reaches no further than its line: so it is in heredocs and files, but not in
  /// quotes.
  var hasLines: Bool

  /// The parts with `~` worked into the texts beside it.
  func stripped(
    _ parts: [TemplatePart], from start: Bool = false, to end: Bool = false
  ) -> [TemplatePart] {
    parts.enumerated().map { index, part in
      switch part {
      case .literal(let text):
        let before = index == 0 ? start : parts[index - 1].stripsAfter
        let after = index == parts.count - 1 ? end : parts[index + 1].stripsBefore
        return .literal(trimmed(text, start: before, end: after))
      case .interpolation: return part
      case .ifDirective(var directive):
        let isLastOfThen =
          directive.otherwise == nil ? directive.endStrip.left : directive.elseStrip.left
        directive.then = stripped(
          directive.then, from: directive.ifStrip.right, to: isLastOfThen)
        directive.otherwise = directive.otherwise.map {
          stripped($0, from: directive.elseStrip.right, to: directive.endStrip.left)
        }
        return .ifDirective(directive)
      case .forDirective(var directive):
        directive.body = stripped(
          directive.body, from: directive.forStrip.right, to: directive.endStrip.left)
        return .forDirective(directive)
      }
    }
  }

  private func trimmed(_ text: String, start: Bool, end: Bool) -> String {
    guard start || end else { return text }
    let scalars = text.unicodeScalars
    var low = scalars.startIndex
    var high = scalars.endIndex
    while start, low < high, scalars[low].properties.isWhitespace {
      let isLineEnd = scalars[low] == "\n"
      scalars.formIndex(after: &low)
      if hasLines, isLineEnd { break }
    }
    var isLast = true
    while end, low < high {
      let last = scalars.index(before: high)
      guard scalars[last].properties.isWhitespace else { break }
      // The end of the line before.
      if hasLines, scalars[last] == "\n", !isLast { break }
      high = last
      isLast = false
    }
    return String(scalars[low..<high])
  }
}

extension TemplatePart {
  fileprivate var stripsBefore: Bool {
    switch self {
    case .literal: false
    case .interpolation(let value): value.strip.left
    case .ifDirective(let value): value.ifStrip.left
    case .forDirective(let value): value.forStrip.left
    }
  }

  fileprivate var stripsAfter: Bool {
    switch self {
    case .literal: false
    case .interpolation(let value): value.strip.right
    case .ifDirective(let value): value.endStrip.right
    case .forDirective(let value): value.endStrip.right
    }
  }
}
