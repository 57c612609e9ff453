extension Comment {
  /// Whether more can follow it on its line.
  var isBlock: Bool { text.utf8.first == UInt8(ascii: "/") && shape == .block }

  /// The text as lines that each are a comment, whatever was put into it.
  var safeLines: [String] {
    if shape != .none { return [text] }
    let lines = text.unicodeScalars.split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r"
    }
    return lines.map { line in
      let line = String(line)
      return line.hasPrefix("#") || line.hasPrefix("//") ? line : line.isEmpty ? "#" : "# " + line
    }
  }

  /// The comments that stand in the text; itself if it is one.
  var pieces: [Comment] {
    let bytes = Array(text.utf8)
    let tokens = Lexer.parts(of: bytes).tokens.dropLast()
    guard tokens.count > 1 else { return [self] }
    return tokens.map {
      Comment(source: String(decoding: bytes[$0.start..<$0.end], as: UTF8.self))
    }
  }

  private enum Shape {
    /// Comments of which the last ends with the line.
    case line
    /// Comments behind which the line can go on.
    case block
    /// Something else.
    case none
  }

  /// What the text is when it is read.
  private var shape: Shape {
    var shape = Shape.none
    for token in Lexer.tokens(of: Array(text.utf8)) {
      switch token.kind {
      case .spaces, .end: break
      case .blockComment: shape = .block
      // Only at the text's end is it without a newline.
      case .lineComment where token.end == text.utf8.count && text.utf8.last != 0x0A:
        shape = .line
      default: return .none
      }
    }
    return shape
  }
}
