internal import Diagnostics

extension Parser {
  /// What goes into a diagnostic of the parser.
  struct Problem {
    var id: String
    var summary: String
    var detail: String?
    var help: String?
    /// The place; the next token without one.
    var range: SourceRange?
    var notes: [Diagnostic.Note] = []
    var fixIts: [Diagnostic.FixIt] = []
  }

  /// Reports a problem unless an earlier one still counts, and gets lost.
  @discardableResult
  mutating func fail(_ problem: Problem) -> Expression {
    report(problem)
    isLost = true
    return .invalid(Origin(problem.range ?? SourceRange(token.start, token.end)))
  }

  /// Reports a problem unless an earlier one still counts.
  mutating func report(_ problem: Problem) {
    guard !isLost else { return }
    if problem.range == nil, token.kind.isBroken { return report(brokenToken(token)) }
    let range = problem.range ?? SourceRange(token.start, token.end)
    if diagnostics.items.count >= Parser.errorLimit {
      hiddenErrors += 1
      firstHidden = firstHidden ?? range
      return
    }
    diagnostics.append(
      Diagnostic(
        .error, problem.id, problem.summary, at: SourceLocation(file, range),
        detail: problem.detail, help: problem.help, notes: problem.notes, fixIts: problem.fixIts))
  }

  /// Says how many errors aren't shown.
  mutating func finishErrors() {
    guard hiddenErrors > 0 else { return }
    diagnostics.append(
      Diagnostic(
        .information, "hcl.more-errors", "\(hiddenErrors) more errors from here on",
        at: firstHidden.map { SourceLocation(file, $0) },
        help: "Mend the first ones, and look again."))
  }

  func location(_ token: Token) -> SourceLocation {
    SourceLocation(file, SourceRange(token.start, token.end))
  }

  /// The next token, in words.
  var found: String { describe(token) }

  func describe(_ token: Token) -> String {
    switch token.kind {
    case .end: "the end of the file"
    case .newline, .lineComment: "the end of the line"
    case .openQuote: "a string"
    case .openHeredoc: "a heredoc"
    case .number: "the number \(text(token))"
    default: "`\(text(token))`"
    }
  }

  /// What is wrong with a token that no grammar knows.
  private func brokenToken(_ token: Token) -> Problem {
    let range = SourceRange(token.start, token.end)
    switch token.kind {
    case .badUTF8:
      return Problem(
        id: "hcl.invalid-utf8", summary: "The file isn't UTF-8 here",
        help: "Save the file in UTF-8.", range: range)
    case .unclosedComment:
      return Problem(
        id: "hcl.unclosed-comment", summary: "The comment has no end",
        help: "Close it with `*/`.", range: SourceRange(token.start, token.start + 2))
    case .brokenQuote: return unclosedString(at: token)
    default: break
    }
    var problem = Problem(
      id: "hcl.invalid-character", summary: "\(describe(token)) means nothing in HCL",
      range: range)
    switch bytes[token.start] {
    case 0:
      problem = Problem(
        id: "hcl.nul", summary: "The file has a NUL byte here",
        help: "Remove it; the file may be damaged or in UTF-16.", range: range)
    case UInt8(ascii: "'"): problem.help = "Strings stand in double quotes."
    case UInt8(ascii: "`"): problem.help = "Text over several lines is a heredoc: `<<-EOT`."
    case UInt8(ascii: ";"): problem.help = "Begin a new line instead."
    case UInt8(ascii: "&"): problem.help = "For \"and\" write `&&`."
    case UInt8(ascii: "|"): problem.help = "For \"or\" write `||`."
    case UInt8(ascii: "^"): problem.help = "For a power write `pow(a, b)`."
    case UInt8(ascii: "\r"): problem.help = "Lines end with LF or CRLF."
    default: problem.help = "Remove it, or put it in quotes."
    }
    return problem
  }

  func unclosedString(at token: Token) -> Problem {
    Problem(
      id: "hcl.unclosed-string", summary: "The string has no end on its line",
      detail: "A quoted string can't hold a line's end.",
      help: "Close it with `\"`; write `\\n` for a line's end, or use a heredoc (`<<-EOT`).",
      range: SourceRange(token.start, token.end))
  }
}
