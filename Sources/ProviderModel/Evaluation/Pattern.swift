/// A regular expression in the syntax that Terraform's `regex` and Swift share.
///
/// `$` means the very end of the text, as in Terraform, not the place before a last line break.
public struct Pattern {
  private let regex: Regex<AnyRegexOutput>

  /// Compiles a pattern; nil for one that is malformed.
  public init?(_ source: String) {
    var mended = ""
    var isEscaped = false
    var isInClass = false
    for character in source {
      if isEscaped {
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "[" {
        isInClass = true
      } else if character == "]" {
        isInClass = false
      } else if character == "$", !isInClass {
        mended += "\\z"
        continue
      }
      mended.append(character)
    }
    guard let regex = try? Regex(mended) else { return nil }
    self.regex = regex.matchingSemantics(.unicodeScalar)
  }

  /// Whether the pattern occurs in the text.
  public func matches(_ text: String) -> Bool {
    ((try? regex.firstMatch(in: text)) ?? nil) != nil
  }

  /// What Terraform's `regex` gives: the match, a list of its groups, or an object of named ones;
  /// null where there is none.
  func firstMatch(in text: String) -> Value {
    guard let match = (try? regex.firstMatch(in: text)) ?? nil else { return .null }
    let output = match.output
    if output.count == 1 { return .string(String(text[match.range])) }
    var groups: [Value] = []
    var named: [String: Value] = [:]
    for index in 1..<output.count {
      let group = output[index]
      let value = group.substring.map { Value.string(String($0)) } ?? .null
      if let name = group.name { named[name] = value } else { groups.append(value) }
    }
    return named.isEmpty ? .list(groups) : .object(named)
  }
}
