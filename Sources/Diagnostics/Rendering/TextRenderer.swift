/// Shows findings to a person: place, summary, the line with the place underlined, what to do.
///
/// For example:
/// ```
/// app.json:12:9: error: `Web` can't be the name: it has upper-case letters [manifest.invalid-name]
///    |
/// 12 | "name": "Web",
///    |         ^^^^^
///    = A name begins with a lower-case letter.
///    = help: Write `web`.
/// ```
public struct TextRenderer: Sendable {
  /// Whether the text holds the escape sequences that terminals take for colours.
  private let color: Bool

  /// Makes a renderer.
  public init(color: Bool) { self.color = color }

  /// The findings in the order in which people read, then how many there are; empty for none.
  public func render(_ diagnostics: Diagnostics) -> String {
    let items = diagnostics.sorted()
    guard !items.isEmpty else { return "" }
    return items.map { render($0) + "\n" }.joined() + count(items) + "\n"
  }

  /// One finding, without a count.
  public func render(_ item: Diagnostic) -> String {
    let style = Style(item.severity)
    let snippet = item.location.map { Snippet($0) }
    var gutter = snippet?.gutterWidth ?? 1
    for note in item.notes {
      if let location = note.location { gutter = max(gutter, Snippet(location).gutterWidth) }
    }
    var text = snippet.map { paint($0.place, .bold) + ": " } ?? ""
    text += paint("\(style.word):", style.sequence) + " " + paint(visible(item.summary), .bold)
    text += paint(" [\(visible(item.id))]", .faint) + "\n"
    if let snippet { text += lines(of: snippet, gutter: gutter, style.sequence) }
    if let detail = item.detail { text += remark(nil, detail, gutter) }
    if let help = item.help { text += remark("help", help, gutter) }
    for note in item.notes {
      let snippet = note.location.map { Snippet($0) }
      text += remark("note", (snippet.map { "\($0.place): " } ?? "") + note.text, gutter)
      if let snippet { text += lines(of: snippet, gutter: gutter, .blue) }
    }
    return text
  }

  /// The source line with its number, and the underline below it.
  private func lines(of snippet: Snippet, gutter: Int, _ sequence: Sequence) -> String {
    let blank = String(repeating: " ", count: gutter)
    let number = String(snippet.position.line)
    let padding = String(repeating: " ", count: gutter - number.count)
    let bar = paint("|", .blue)
    return "\(blank) \(bar)\n"
      + "\(paint(padding + number, .blue)) \(bar) \(snippet.text)\n"
      + "\(blank) \(bar) \(snippet.indentation)\(paint(snippet.underline, sequence))\n"
  }

  private func remark(_ word: String?, _ text: String, _ gutter: Int) -> String {
    let blank = String(repeating: " ", count: gutter + 3)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      visible(String($0))
    }
    let start = String(repeating: " ", count: gutter + 1) + paint("=", .blue) + " "
    let title = word.map { paint("\($0):", .bold) + " " } ?? ""
    return start + title + lines.joined(separator: "\n" + blank) + "\n"
  }

  /// How many there are of each severity: `2 errors, 1 warning`.
  private func count(_ items: [Diagnostic]) -> String {
    Diagnostic.Severity.allCases.compactMap { severity in
      let number = items.count { $0.severity == severity }
      guard number > 0 else { return nil }
      let style = Style(severity)
      return paint("\(number) \(number == 1 ? style.word : style.plural)", style.sequence)
    }
    .joined(separator: ", ")
  }

  // MARK: - Colours

  /// What begins a colour on a terminal.
  private enum Sequence: String {
    case bold = "1"
    case faint = "2"
    case red = "1;31"
    case yellow = "1;33"
    case blue = "1;34"
    case cyan = "1;36"
  }

  /// How a severity looks.
  private struct Style {
    let word: String
    let plural: String
    let sequence: Sequence

    init(_ severity: Diagnostic.Severity) {
      (word, plural, sequence) =
        switch severity {
        case .error: ("error", "errors", .red)
        case .warning: ("warning", "warnings", .yellow)
        case .information: ("info", "infos", .cyan)
        }
    }
  }

  private func paint(_ text: String, _ sequence: Sequence) -> String {
    color ? "\u{1B}[\(sequence.rawValue)m\(text)\u{1B}[0m" : text
  }
}
