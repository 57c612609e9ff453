import Diagnostics

extension JSONParser {
  /// Reports an error; `fixIt` is what replaces the range, if that mends it for certain.
  mutating func report(
    _ id: String, _ summary: String, _ range: SourceRange, detail: String? = nil,
    help: String? = nil, fixIt: String? = nil
  ) {
    let location = SourceLocation(file, range)
    var diagnostic = Diagnostic(.error, id, summary, at: location, detail: detail, help: help)
    if let fixIt {
      diagnostic.fixIts = [.init(help ?? summary, at: location, replacement: fixIt)]
    }
    diagnostics.append(diagnostic)
  }

  /// Reports that no comma stands between two items.
  mutating func reportMissingComma(behind end: Int) {
    let range = SourceRange(max(0, end - 1), end)
    report("json.missing-comma", "A comma is missing behind this", range, help: "Write `,`.")
  }

  /// Reports that the file ends inside a container; always nil.
  mutating func reportUnclosed<Result>(_ container: Container) -> Result? {
    let name = container.isObject ? "object" : "array"
    let bracket = container.isObject ? "}" : "]"
    report(
      "json.unclosed", "The \(name) isn't closed",
      SourceRange(container.start, container.start + 1),
      detail: "The file ends before its `\(bracket)`.", help: "Write `\(bracket)` where it ends.")
    return nil
  }

  /// Reports something that is neither a comma nor the end of a container; always nil.
  mutating func reportUnexpected<Result>(_ container: Container) -> Result? {
    let bracket = container.isObject ? "}" : "]"
    report("json.unexpected", "A comma or `\(bracket)` is expected here", rangeOfToken())
    return nil
  }

  /// Reports that another bracket stands where a container ends.
  mutating func reportMismatch(_ container: Container) {
    let expected = container.isObject ? "}" : "]"
    diagnostics.append(
      Diagnostic(
        .error, "json.mismatched-bracket", "`\(expected)` is expected here",
        at: SourceLocation(file, SourceRange(offset, offset + 1)),
        help: "Close first what was opened last.",
        notes: [
          .init(
            "opened here",
            at: SourceLocation(file, SourceRange(container.start, container.start + 1)))
        ]))
  }
}
