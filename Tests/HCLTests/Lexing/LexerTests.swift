import Testing

@testable import HCL

@Suite struct `Tokens` {
  private func kinds(_ text: String) -> [Token.Kind] {
    Lexer.tokens(of: Array(text.utf8)).map(\.kind).filter { $0 != .spaces && $0 != .end }
  }

  @Test func `cover every byte of whatever is given`() {
    var random = Random(state: 3)
    let pieces = [
      "a", "\"", "${", "%{", "}", "{", "~", "<<E\n", "<<-E\n", "E\n", "\n", "\r\n", "\r", "#", "/*",
      "*/", "//", "é", "\u{301}", " ", "\t", "1.", "e5", "=", "\\", "$", "%", "\u{FEFF}", "\0",
      "::",
    ]
    for _ in 0..<3000 {
      let count = Int(random.next() % 20)
      let text = (0..<count).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }
      expectTiles(Array(text.joined().utf8))
      expectTiles((0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) })
    }
  }

  @Test func `of operators`() {
    #expect(
      kinds("= == => ! != < <= > >= && || . ... :: : ? % * / - +") == [
        .equal, .equalEqual, .arrow, .not, .notEqual, .less, .lessEqual, .greater, .greaterEqual,
        .and, .or, .dot, .ellipsis, .doubleColon, .colon, .question, .percent, .star, .slash,
        .minus, .plus,
      ])
  }

  @Test func `of names and numbers`() {
    #expect(kinds("a-b é_1 日本 _x") == [.identifier, .identifier, .identifier, .identifier])
    #expect(
      kinds("1.5e-3 1.2.3 1.a 1e") == [
        .number, .number, .number, .dot, .identifier, .number, .identifier,
      ])
    #expect(kinds("-a") == [.minus, .identifier])
  }

  @Test func `of templates nest`() {
    #expect(
      kinds(#""a${ { b = "c${d}" } }e$${f}""#) == [
        .openQuote, .quotedText, .interpolation, .openBrace, .identifier, .equal, .openQuote,
        .quotedText, .interpolation, .identifier, .sequenceEnd, .closeQuote, .closeBrace,
        .sequenceEnd, .quotedText, .closeQuote,
      ])
    #expect(
      kinds(#""%{~ if a ~}""#) == [
        .openQuote, .directive, .identifier, .identifier, .sequenceEnd, .closeQuote,
      ])
  }

  @Test func `of heredocs are lines`() {
    #expect(
      kinds("<<-A\nx\n  ${y}A\n A \n") == [
        .openHeredoc, .heredocText, .heredocText, .interpolation, .identifier, .sequenceEnd,
        .heredocText, .closeHeredoc, .newline,
      ])
    #expect(kinds("<<A \nA\n").prefix(2) == [.less, .less])
  }

  @Test func `of a broken string end with its line`() {
    #expect(kinds("\"a\nb") == [.openQuote, .quotedText, .brokenQuote, .newline, .identifier])
    #expect(kinds("\"a") == [.openQuote, .quotedText, .brokenQuote])
  }

  @Test func `of damage are told apart`() {
    #expect(Lexer.tokens(of: [0xFF]).map(\.kind) == [.badUTF8, .end])
    #expect(kinds("^") == [.invalid])
    #expect(kinds("/* a") == [.unclosedComment])
    #expect(Lexer.tokens(of: [0xEF, 0xBB, 0xBF]).map(\.kind) == [.byteOrderMark, .end])
  }
}
