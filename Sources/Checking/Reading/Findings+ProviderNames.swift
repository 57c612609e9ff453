import Diagnostics

extension Findings {
  /// Reports a local name of a provider that isn't one.
  func checkProviderName(_ name: String, at place: SourceLocation) {
    if name != name.lowercased() {
      error(
        "bad-name", "The name of a provider is written in lower case", at: place,
        fixIts: [.init("Write it in lower case", at: place, replacement: name.lowercased())])
    } else if name.contains("_") || name.hasPrefix("-") || name.hasSuffix("-")
      || name.contains("--")
    {
      error(
        "bad-name", "`\(name)` can't be the name of a provider", at: place,
        "It holds letters and digits, and single dashes between them.")
    }
  }
}
