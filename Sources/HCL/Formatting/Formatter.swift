public import Diagnostics

/// Lays HCL's native syntax out and rewrites old spellings the way `terraform fmt` does.
///
/// It works on tokens, so that comments and unusual layout survive. Two things stay as they are
/// that the reference would drop: a label with `$` or `%` beside other text, and `true`, `false`
/// or `null` as an index.
public struct Formatter {
  private init() {}

  /// What becomes of a file.
  public enum Outcome: Hashable, Sendable {
    /// It is formatted already.
    case unchanged
    /// It gets these bytes.
    case changed([UInt8])
    /// It doesn't follow the grammar, and stays as it is.
    case invalid
  }

  /// Formats a file if it follows the grammar; what is wrong with it is reported.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - diagnostics: Receives the errors of syntax, all of them.
  /// - Returns: What becomes of it.
  public static func format(
    _ file: SourceFile, into diagnostics: inout Diagnostics
  ) -> Outcome {
    var parser = Parser(file, nestingLimit: defaultNestingLimit)
    _ = parser.parseFileBody()
    if !parser.diagnostics.isEmpty { diagnostics.append(contentsOf: parser.diagnostics) }
    if parser.diagnostics.hasErrors { return .invalid }
    var layout = Layout(rewriting: file.bytes, tokens: parser.tokens)
    layout.arrange()
    return layout.outputIfChanged().map { .changed($0) } ?? .unchanged
  }

  /// The bytes of a file as `terraform fmt` writes them.
  ///
  /// A text whose tokens are damaged (invalid UTF-8, a string without its end) comes back as it
  /// is. Whether the text follows the grammar isn't looked at; parse it before.
  public static func format(_ bytes: [UInt8]) -> [UInt8] {
    let tokens = Lexer.parts(of: bytes).tokens
    if tokens.contains(where: \.kind.isBroken) { return bytes }
    var layout = Layout(rewriting: bytes, tokens: tokens)
    layout.arrange()
    return layout.outputIfChanged() ?? bytes
  }

  /// The bytes of a file in the standard layout, with every token as it is.
  ///
  /// It changes blanks alone, never the number of lines. A damaged text comes back as it is.
  public static func layOut(_ bytes: [UInt8]) -> [UInt8] {
    let tokens = Lexer.parts(of: bytes).tokens
    if tokens.contains(where: \.kind.isBroken) { return bytes }
    var layout = Layout(bytes: bytes, tokens: tokens)
    layout.arrange()
    return layout.outputIfChanged() ?? bytes
  }
}
