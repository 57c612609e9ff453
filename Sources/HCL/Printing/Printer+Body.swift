extension Printer {
  mutating func write(_ body: Body) {
    for item in body.items {
      switch item {
      case .attribute(let attribute): write(attribute)
      case .block(let block): write(block)
      }
    }
    guard !body.closingComments.isEmpty else { return }
    newline(blankLines: body.closingBlankLines)
    writeLines(body.closingComments)
  }

  private mutating func write(_ attribute: Attribute) {
    writeLeading(attribute.trivia)
    let endsWithHeredoc = attribute.value.endsWithHeredoc
    if endsWithHeredoc, let trailing = attribute.trivia.trailing { writeLines([trailing]) }
    code(attribute.name)
    code("=")
    writeValue(attribute.value)
    if !endsWithHeredoc { writeTrailing(attribute.trivia.trailing) }
    newline()
  }

  private mutating func write(_ block: Block) {
    writeLeading(block.trivia)
    code(block.type)
    for label in block.labels {
      if label.isQuoted || !isIdentifier(label.text) {
        code("\"")
        raw(Printer.escapedInQuotes(label.text))
        raw("\"")
      } else {
        code(label.text)
      }
    }
    code("{")
    if block.fitsOnOneLine {
      if let attribute = block.body.attributes.first {
        code(attribute.name)
        code("=")
        writeValue(attribute.value)
      }
    } else {
      writeTrailing(block.trivia.opening)
      newline()
      write(block.body)
      newline()
    }
    code("}")
    writeTrailing(block.trivia.trailing)
    newline()
  }

  /// Blank lines and comments above an item.
  mutating func writeLeading(_ trivia: Trivia) {
    newline(blankLines: trivia.blankLines)
    writeLines(trivia.leading)
  }

  /// Comments on lines of their own.
  mutating func writeLines(_ comments: [Comment]) {
    for comment in comments {
      for text in comment.safeLines {
        newline()
        code(text)
      }
      newline(blankLines: comment.blankLinesAfter)
    }
  }

  /// A comment at the end of a line.
  mutating func writeTrailing(_ comment: Comment?) {
    guard let comment else { return }
    code(comment.safeLines.joined(separator: " "))
    if !comment.isBlock { endsLine = true }
  }

  /// Comments in the middle of an expression.
  mutating func writeInline(_ comments: [Comment]) {
    for comment in comments { writeTrailing(comment) }
  }
}

extension Block {
  /// Whether it can stand on one line and shall.
  fileprivate var fitsOnOneLine: Bool {
    guard isOneLine, trivia.opening == nil, body.closingComments.isEmpty else { return false }
    guard let item = body.items.first else { return true }
    guard body.items.count == 1, case .attribute(let attribute) = item else { return false }
    return attribute.trivia.leading.isEmpty && attribute.trivia.trailing == nil
      && !attribute.value.endsWithHeredoc
  }
}
