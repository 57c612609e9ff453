/// Writes trees as source text in the standard layout.
///
/// What it writes parses to the same tree, and `terraform fmt` leaves it as it is. Parentheses
/// are added where the tree needs them.
public struct Printer: ~Copyable {
  /// The text so far, without layout.
  var output: [UInt8] = []
  /// Offsets of the lines in `<<-` heredocs that are indented with the item they belong to.
  var heredocIndents: Set<Int> = []
  /// Offsets of the pieces of the heredoc that is being written, as `HeredocLines` counts them.
  var pieceOffsets: [Int] = []
  /// Whether a line's end must follow whatever comes next.
  var endsLine = false
  /// Whether the text is at the start of a line.
  var isAtLineStart = true
  /// Whether lines may break here: inside of brackets, but not directly in an object.
  var canBreak = false

  private init() {}

  /// A file's text; it ends with a newline unless it is empty.
  public static func print(_ body: Body) -> String {
    var printer = Printer()
    printer.write(body)
    return printer.arranged()
  }

  /// An expression's text as it can stand behind `name =`, without a newline at its end.
  ///
  /// Lines break only inside of brackets. A heredoc at the end needs a newline behind it.
  public static func print(_ expression: Expression) -> String {
    var printer = Printer()
    printer.writeValue(expression)
    return printer.arranged()
  }

  private func arranged() -> String {
    var layout = Layout(bytes: output, tokens: Lexer.tokens(of: output))
    layout.arrange()
    var result = layout.output(indenting: heredocIndents)
    // The width of heredocs moves comments behind sequences in them.
    if !heredocIndents.isEmpty { result = Formatter.layOut(result) }
    return String(decoding: result, as: UTF8.self)
  }

  /// Writes a token; the layout decides the blanks later.
  mutating func code(_ text: String) {
    if endsLine { newline() }
    if !isAtLineStart { output.append(0x20) }
    output.append(contentsOf: text.utf8)
    isAtLineStart = false
  }

  /// Writes literal text right behind what stands before it.
  mutating func raw(_ text: String) {
    if endsLine { newline() }
    output.append(contentsOf: text.utf8)
    isAtLineStart = false
  }

  /// Begins a new line unless one has just begun.
  mutating func newline() {
    endsLine = false
    guard !isAtLineStart else { return }
    output.append(0x0A)
    isAtLineStart = true
  }

  /// Begins a new line behind some blank ones.
  mutating func newline(blankLines: Int) {
    newline()
    for _ in 0..<max(0, blankLines) { output.append(0x0A) }
  }

  /// Writes something inside of brackets, where lines may break or not.
  mutating func inside(canBreak: Bool, _ write: (inout Printer) -> Void) {
    let outer = self.canBreak
    self.canBreak = canBreak
    write(&self)
    self.canBreak = outer
  }
}
