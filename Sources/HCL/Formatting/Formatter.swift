/// Lays HCL's native syntax out the way `terraform fmt` does.
///
/// It moves tokens and never changes them, their order or the number of lines.
public struct Formatter {
  private init() {}

  /// The bytes of a file in the standard layout.
  ///
  /// A text whose tokens are damaged (invalid UTF-8, a string without its end) comes back as it
  /// is. Whether the text follows the grammar isn't looked at; parse it before.
  public static func format(_ bytes: [UInt8]) -> [UInt8] {
    let tokens = Lexer.tokens(of: bytes)
    if tokens.contains(where: \.kind.isBroken) { return bytes }
    var layout = Layout(bytes: bytes, tokens: tokens)
    layout.arrange()
    return layout.output()
  }
}
