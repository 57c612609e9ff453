/// A text as code.
func code(_ text: String) -> String {
  let isTicked = text.contains("`")
  return isTicked ? "`` \(text) ``" : "`\(text)`"
}

/// Texts as code, with commas between them.
func codes(_ texts: [String]) -> String { texts.map(code).joined(separator: ", ") }

/// A description as a sentence.
func sentence(_ text: String) -> String {
  guard let last = text.last else { return "" }
  return text + (".!?".contains(last) ? "" : ".")
}

/// A text that can stand in a cell of a table.
func cell(_ text: String) -> String {
  text.split(separator: "\n").joined(separator: " ").replacingEvery("|", with: "\\|")
}

extension String {
  /// The text with each of a character replaced.
  fileprivate func replacingEvery(_ character: Character, with text: String) -> String {
    split(separator: character, omittingEmptySubsequences: false).joined(separator: text)
  }
}
