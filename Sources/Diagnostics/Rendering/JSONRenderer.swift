/// Shows findings to programs: one JSON object a line, in the order in which people read.
///
/// For example:
/// `{"type":"diagnostic","id":"json.comment","severity":"error","summary":"JSON has no comments",`
/// `"file":"app.json","line":2,"column":3,"end_line":2,"end_column":9,"detail":null,...}`
///
/// Lines and columns count from 1; the end lies behind the last character. What a finding doesn't
/// have is null. `fixes` are edits that mend it for certain, with the offsets in bytes, from 0, of
/// what each replaces; all of a finding belong together.
public struct JSONRenderer: Sendable {
  /// Makes a renderer.
  public init() {}

  /// The findings, each with a newline behind it.
  public func render(_ diagnostics: Diagnostics) -> String {
    diagnostics.sorted().map { render($0) + "\n" }.joined()
  }

  private func render(_ item: Diagnostic) -> String {
    let notes = item.notes.map { note in
      object([("text", quoted(note.text))] + place(note.location))
    }
    let fixes = item.fixIts.map { fix in
      object(
        [("text", quoted(fix.summary))] + place(fix.location) + [
          ("start_byte", String(fix.location.range.start)),
          ("end_byte", String(fix.location.range.end)), ("replacement", quoted(fix.replacement)),
        ])
    }
    return object(
      [
        ("type", quoted("diagnostic")), ("id", quoted(item.id)),
        ("severity", quoted(item.severity.rawValue)), ("summary", quoted(item.summary)),
      ] + place(item.location) + [
        ("detail", quoted(item.detail)), ("help", quoted(item.help)),
        ("notes", "[" + notes.joined(separator: ",") + "]"),
        ("fixes", "[" + fixes.joined(separator: ",") + "]"),
      ])
  }

  private func place(_ location: SourceLocation?) -> [(String, String)] {
    let keys = ["file", "line", "column", "end_line", "end_column"]
    guard let location else { return keys.map { ($0, "null") } }
    let start = location.file.position(at: location.range.start)
    let end = location.file.position(at: max(location.range.start, location.range.end))
    let numbers = [start.line, start.column, end.line, end.column].map { String($0) }
    return Array(zip(keys, [quoted(location.file.name)] + numbers))
  }

  private func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
  }

  private func quoted(_ text: String?) -> String {
    guard let text else { return "null" }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{0}"..<" ", "\u{7F}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
