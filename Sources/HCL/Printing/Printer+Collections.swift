extension Printer {
  mutating func write(_ tuple: TupleExpression) {
    code("[")
    let list = ElementList(
      elements: tuple.elements, isMultiline: tuple.isMultiline,
      closingComments: tuple.closingComments, closingBlankLines: tuple.closingBlankLines,
      endsWithComma: true)
    inside(canBreak: true) { $0.write(list) }
    code("]")
  }

  mutating func write(_ call: FunctionCall) {
    code(call.name)
    code("(")
    let list = ElementList(
      elements: call.arguments, isMultiline: call.isMultiline,
      closingComments: call.closingComments, closingBlankLines: call.closingBlankLines,
      expandsLast: call.expandsLast)
    inside(canBreak: true) { $0.write(list) }
    code(")")
  }

  /// What stands between the brackets of a tuple or a call.
  struct ElementList {
    var elements: [TupleExpression.Element]
    var isMultiline: Bool
    var closingComments: [Comment]
    var closingBlankLines: Int
    var endsWithComma = false
    var expandsLast = false

    /// Whether lines break between elements, wished or needed.
    var breaks: Bool {
      if !closingComments.isEmpty { return true }
      let hasComments = elements.contains {
        !$0.trivia.leading.isEmpty || $0.trivia.trailing != nil
      }
      return isMultiline && !elements.isEmpty || hasComments
    }
  }

  private mutating func write(_ list: ElementList) {
    let breaks = list.breaks
    var mustBreak = breaks
    for (index, element) in list.elements.enumerated() {
      let isLast = index == list.elements.count - 1
      if breaks, mustBreak || element.beginsLine || !element.trivia.leading.isEmpty {
        writeLeading(element.trivia)
      }
      mustBreak = false
      writeElement(element.value, isFirst: index == 0, isTuple: list.endsWithComma)
      let trailing = element.trivia.trailing
      let endsWithHeredoc = element.value.endsWithHeredoc
      if isLast, list.expandsLast {
        code("...")
      } else if !isLast || breaks && list.endsWithComma && !endsWithHeredoc
        || endsWithHeredoc && trailing != nil
      {
        code(",")
      }
      writeTrailing(trailing)
      mustBreak = trailing != nil
    }
    if !list.closingComments.isEmpty {
      newline(blankLines: list.closingBlankLines)
      writeLines(list.closingComments)
    }
    if breaks { newline() }
  }

  /// An element; one that begins with the name `for` would be read as a for-expression.
  private mutating func writeElement(_ value: Expression, isFirst: Bool, isTuple: Bool) {
    if isFirst, isTuple, value.beginsWithFor {
      write(.parentheses(Parentheses(value)))
    } else {
      write(value)
    }
  }

  mutating func write(_ object: ObjectExpression) {
    code("{")
    let hasComments = object.items.contains {
      !$0.trivia.leading.isEmpty || $0.trivia.trailing != nil
    }
    let breaks =
      object.isMultiline && !object.items.isEmpty || hasComments
      || !object.closingComments.isEmpty
    inside(canBreak: false) { printer in
      var mustBreak = breaks
      for (index, item) in object.items.enumerated() {
        if breaks, mustBreak || item.beginsLine || !item.trivia.leading.isEmpty {
          printer.writeLeading(item.trivia)
        }
        let next = index + 1 < object.items.count ? object.items[index + 1] : nil
        mustBreak = printer.write(item, isFirst: index == 0, next: next, breaks: breaks)
      }
      if !object.closingComments.isEmpty {
        printer.newline(blankLines: object.closingBlankLines)
        printer.writeLines(object.closingComments)
      }
    }
    if breaks { newline() }
    code("}")
  }

  /// Writes an item with its comma; whether a line must end behind it.
  private mutating func write(
    _ item: ObjectExpression.Item, isFirst: Bool, next: ObjectExpression.Item?, breaks: Bool
  ) -> Bool {
    writeKey(item.key, isFirst: isFirst)
    code(item.usesColon ? ":" : "=")
    writeValue(item.value)
    let trailing = item.trivia.trailing
    if item.value.endsWithHeredoc {
      // Neither a comma nor a comment can follow the marker.
      if let trailing { writeLines([trailing]) }
      return breaks
    }
    let sharesLine =
      next.map {
        !breaks || trailing == nil && !$0.beginsLine && $0.trivia.leading.isEmpty
      } ?? false
    if sharesLine || item.hasComma && breaks { code(",") }
    writeTrailing(trailing)
    return trailing != nil
  }

  private mutating func writeKey(_ key: Expression, isFirst: Bool) {
    switch key {
    case .variable(let variable):
      if isIdentifier(variable.name), !(isFirst && variable.name == "for") {
        code(variable.name)
      } else {
        writeQuoted([.literal(variable.name)])
      }
    case .commented(let commented):
      writeInline(commented.leading.map(\.asBlock))
      writeKey(commented.expression, isFirst: isFirst)
      writeInline(commented.trailing.map(\.asBlock))
    default:
      if key.endsWithHeredoc || key.needsBrackets || isFirst && key.beginsWithFor {
        write(.parentheses(Parentheses(key)))
      } else {
        write(key)
      }
    }
  }

  mutating func write(_ value: ForExpression) {
    code(value.key == nil ? "[" : "{")
    inside(canBreak: true) { printer in
      if value.isMultiline { printer.newline() }
      printer.code("for")
      if let keyName = value.keyName {
        printer.code(keyName)
        printer.code(",")
      }
      printer.code(value.valueName)
      printer.code("in")
      printer.write(value.collection)
      printer.code(":")
      if let key = value.key {
        printer.write(key)
        printer.code("=>")
      }
      printer.write(value.value)
      if value.isGrouping { printer.code("...") }
      if let condition = value.condition {
        if value.isMultiline { printer.newline() }
        printer.code("if")
        printer.write(condition)
      }
      if value.isMultiline { printer.newline() }
    }
    code(value.key == nil ? "]" : "}")
  }
}

extension Expression {
  /// Whether its first token is the name `for`.
  fileprivate var beginsWithFor: Bool {
    switch self {
    case .variable(let variable): variable.name == "for"
    case .call(let call): call.name == "for" || call.name.hasPrefix("for::")
    case .attribute(let access): access.base.beginsWithFor
    case .index(let access): access.base.beginsWithFor
    case .legacyIndex(let access): access.base.beginsWithFor
    case .splat(let splat): splat.base.beginsWithFor
    case .binary(let binary): binary.left.beginsWithFor
    case .conditional(let conditional): conditional.condition.beginsWithFor
    case .commented(let commented): commented.expression.beginsWithFor
    default: false
    }
  }
}

extension Comment {
  /// The same words in `/* */`, for places where the line must go on.
  fileprivate var asBlock: Comment {
    if isBlock { return self }
    let words = safeLines.map { String($0.drop { $0 == "#" || $0 == "/" || $0 == " " }) }
    let text = words.joined(separator: " ").split(separator: "*/").joined(separator: "* /")
    return Comment(source: "/* \(text) */")
  }
}
