import Diagnostics
import Testing

@testable import HCL

/// What holds for every text, whether it is HCL or not.
func expectLaws(_ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
  expectLaws(Array(text.utf8), sourceLocation: sourceLocation)
}

func expectLaws(_ bytes: [UInt8], sourceLocation: Testing.SourceLocation = #_sourceLocation) {
  let name = String(decoding: bytes.prefix(2000), as: UTF8.self)
  expectTiles(bytes, sourceLocation: sourceLocation)
  var diagnostics = Diagnostics()
  let body = parseBody(SourceFile(name: "a.tf", bytes: bytes), into: &diagnostics)
  guard !diagnostics.hasErrors else { return }
  #expect(body.isWellFormed, "not well-formed: \(name)", sourceLocation: sourceLocation)
  let formatted = HCL.Formatter.layOut(bytes)
  #expect(
    HCL.Formatter.layOut(formatted) == formatted, "layout isn't stable: \(name)",
    sourceLocation: sourceLocation)
  let printed = Printer.print(body)
  var later = Diagnostics()
  let again = parseBody(SourceFile(name: "b.tf", text: printed), into: &later)
  #expect(
    !later.hasErrors, "\(name)\n--- printed\n\(printed)\n\(later.items)",
    sourceLocation: sourceLocation)
  let isSame = again == body
  #expect(
    isSame, "another tree: \(name)\n--- printed\n\(printed)",
    sourceLocation: sourceLocation)
  #expect(
    String(decoding: HCL.Formatter.layOut(Array(printed.utf8)), as: UTF8.self) == printed,
    "printed text isn't laid out: \(printed)", sourceLocation: sourceLocation)
  #expect(Printer.print(again) == printed, sourceLocation: sourceLocation)
}

/// Tokens lie side by side and cover the text.
func expectTiles(_ bytes: [UInt8], sourceLocation: Testing.SourceLocation = #_sourceLocation) {
  var offset = 0
  for token in Lexer.tokens(of: bytes) {
    #expect(token.start == offset, sourceLocation: sourceLocation)
    offset = token.end
  }
  #expect(offset == bytes.count, sourceLocation: sourceLocation)
  // The parser sees the same tokens without blanks.
  let (tokens, comments) = Lexer.parts(of: bytes)
  let isSame = tokens == Lexer.tokens(of: bytes).filter { $0.kind != .spaces }
  #expect(isSame, sourceLocation: sourceLocation)
  let found = tokens.indices.filter {
    tokens[$0].kind == .lineComment || tokens[$0].kind == .blockComment
  }
  #expect(comments == found, sourceLocation: sourceLocation)
}
