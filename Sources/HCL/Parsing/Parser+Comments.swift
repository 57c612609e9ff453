extension Parser {
  /// What stands between two tokens that the grammar sees.
  struct Gap {
    /// Comments on the line of what stands before.
    var sameLine: [Comment] = []
    /// Blank lines before the first of the other comments, or before what follows.
    var blankLines = 0
    /// Comments on later lines.
    var comments: [Comment] = []
    /// Whether a line ends in it.
    var hasNewline = false
  }

  /// A comment's text without the line's end.
  func comment(_ token: Token) -> Comment {
    var end = token.end
    if token.kind == .lineComment {
      if end > token.start, bytes[end - 1] == 0x0A { end -= 1 }
      while end > token.start, bytes[end - 1] == 0x0D { end -= 1 }
    }
    return Comment(source: String(decoding: bytes[token.start..<end], as: UTF8.self))
  }

  /// Whether comments before a token aren't in the tree yet.
  @inline(__always)
  func hasComments(before index: Int) -> Bool { nextComment < index }

  /// Counts all comments before a token as being in the tree.
  mutating func passComments(before index: Int) {
    commentCursor = max(commentCursor, index)
    while nextComment < index {
      commentCount += 1
      nextComment = commentCount < comments.count ? comments[commentCount] : Int.max
    }
  }

  /// All comments before a token that aren't in the tree yet.
  mutating func takeComments(before index: Int) -> [Comment] {
    guard hasComments(before: index) else {
      commentCursor = max(commentCursor, index)
      return []
    }
    let first = commentCount
    passComments(before: index)
    return comments[first..<commentCount].map { comment(tokens[$0]) }
  }

  /// The gap between the last token and another one, and comments left over from before.
  ///
  /// Where `keepsSameLine` is set, comments of the first line are kept apart.
  mutating func takeGap(before index: Int, keepsSameLine: Bool) -> Gap {
    if hasComments(before: index) {
      return findGap(before: index, keepsSameLine: keepsSameLine)
    }
    let newlines = passNewlines(before: index)
    return Gap(blankLines: max(0, newlines - 1), hasNewline: newlines > 0)
  }

  /// The newlines up to a token before which no comment is left, that behind which these begin
  /// included; the start of a file counts as one.
  mutating func passNewlines(before index: Int) -> Int {
    let start = max(last + 1, commentCursor)
    guard index > start else { return 0 }
    commentCursor = index
    // Nothing but newlines stands here, or a byte order mark at the very start.
    if start == 0 { return index + (tokens[0].kind == .byteOrderMark ? 0 : 1) }
    return index - start + (hasNewline(start - 1..<start) ? 1 : 0)
  }

  private mutating func findGap(before index: Int, keepsSameLine: Bool) -> Gap {
    var gap = Gap()
    let leftOver = takeComments(before: min(last + 1, index))
    if keepsSameLine { gap.sameLine = leftOver } else { gap.comments = leftOver }
    let start = max(last + 1, commentCursor)
    var newlines = start == 0 || hasNewline(start - 1..<start) ? 1 : 0
    for position in start..<max(start, index) {
      switch tokens[position].kind {
      case .newline:
        newlines += 1
        gap.hasNewline = true
      case .lineComment, .blockComment:
        let isLine = tokens[position].kind == .lineComment
        if keepsSameLine, !gap.hasNewline {
          gap.sameLine.append(comment(tokens[position]))
        } else {
          gap.note(blankLines: newlines - 1)
          gap.comments.append(comment(tokens[position]))
          newlines = 0
        }
        if isLine {
          newlines += 1
          gap.hasNewline = true
        }
      default: break
      }
    }
    gap.note(blankLines: newlines - 1)
    passComments(before: index)
    return gap
  }

  /// Puts comments between an expression and the next token behind the expression.
  mutating func commentsBehind(_ expression: inout Expression) {
    guard hasComments(before: next) else { return }
    expression = Parser.wrap(expression, trailing: takeComments(before: next))
  }

  /// An expression with comments around it; itself without any.
  static func wrap(
    leading: [Comment] = [], _ expression: Expression, trailing: [Comment] = []
  ) -> Expression {
    if leading.isEmpty, trailing.isEmpty { return expression }
    if case .commented(var commented) = expression {
      commented.leading.insert(contentsOf: leading, at: 0)
      commented.trailing += trailing
      return .commented(commented)
    }
    return .commented(CommentedExpression(leading: leading, expression, trailing: trailing))
  }

  /// Several comments on one line as one; those that end the line come last.
  static func joined(_ comments: [Comment]) -> Comment? {
    if comments.count < 2 { return comments.first }
    let blocks = comments.filter(\.isBlock)
    let lines = comments.filter { !$0.isBlock }
    return Comment(source: (blocks + lines).map(\.text).joined(separator: " "))
  }
}

extension Parser.Gap {
  fileprivate mutating func note(blankLines count: Int) {
    let count = max(0, count)
    if comments.isEmpty {
      blankLines = count
    } else {
      comments[comments.count - 1].blankLinesAfter = count
    }
  }
}
