/// A regular expression in the syntax that Terraform's `regex` and Swift share.
///
/// `$` means the very end of the text, as in Terraform, not the place before a last line break,
/// and `\d`, `\s` and `\w` mean ASCII alone.
public struct Pattern {
  private let source: String
  /// The pattern, where it is a plain one.
  private let program: PatternProgram?
  /// The pattern in Swift's own form, where it isn't.
  private let compiled: Regex<AnyRegexOutput>?

  /// Compiles a pattern; nil for one that is malformed, or that Terraform wouldn't understand.
  public init?(_ source: String) {
    self.source = source
    program = PatternProgram(source)
    compiled = program == nil ? Self.compiled(source) : nil
    if program == nil, compiled == nil { return nil }
  }

  /// Swift's form of it.
  ///
  /// It takes a thousand times as long to make as a search takes.
  private var regex: Regex<AnyRegexOutput>? { compiled ?? Self.compiled(source) }

  private static func compiled(_ source: String) -> Regex<AnyRegexOutput>? {
    var mended = ""
    var isEscaped = false
    var isInClass = false
    for scalar in source.unicodeScalars {
      if isEscaped {
        isEscaped = false
        // References to groups.
        if !isInClass, ("1"..."9").contains(scalar) || scalar == "k" { return nil }
      } else if scalar == "\\" {
        isEscaped = true
      } else if scalar == "[" {
        isInClass = true
      } else if scalar == "]" {
        isInClass = false
      } else if scalar == "$", !isInClass {
        mended += "\\z"
        continue
      }
      mended.unicodeScalars.append(scalar)
    }
    guard !["(?=", "(?!", "(?<=", "(?<!", "(?>"].contains(where: source.contains),
      let regex = try? Regex(mended)
    else { return nil }
    return regex.matchingSemantics(.unicodeScalar).asciiOnlyCharacterClasses()
  }

  /// Whether the pattern occurs in the text.
  public func matches(_ text: String) -> Bool {
    program?.matches(text) ?? (match(in: text) != nil)
  }

  private func match(in text: String) -> Regex<AnyRegexOutput>.Match? {
    (try? regex?.firstMatch(in: text)) ?? nil
  }

  /// What Terraform's `regex` gives: the match, a list of its groups, or an object of named ones;
  /// null where there is none.
  func firstMatch(in text: String) -> Value {
    if program?.matches(text) == false { return .null }
    return match(in: text).map { Self.value($0, in: text) } ?? .null
  }

  /// What Terraform's `regexall` gives: each match as `regex` gives it.
  func matches(in text: String) -> [Value] {
    guard program?.matches(text) != false, let regex else { return [] }
    return text.matches(of: regex).map { Self.value($0, in: text) }
  }

  /// The text with each match replaced, `$1` and `${1}` standing for groups; nil for names.
  func replacing(in text: String, with template: String) -> String? {
    guard let parts = Self.parts(of: template) else { return nil }
    guard program?.matches(text) != false, let regex else { return text }
    return text.replacing(regex) { match in
      parts.map { part in
        switch part {
        case .text(let text): text
        case .group(let index):
          index < match.output.count ? String(match.output[index].substring ?? "") : ""
        }
      }.joined()
    }
  }

  private enum Part {
    case text(String)
    case group(Int)
  }

  private static func parts(of template: String) -> [Part]? {
    var parts: [Part] = []
    var rest = template[...]
    while let dollar = rest.firstIndex(of: "$") {
      parts.append(.text(String(rest[..<dollar])))
      rest = rest[dollar...].dropFirst()
      if rest.first == "$" {
        parts.append(.text("$"))
        rest.removeFirst()
        continue
      }
      let hasBraces = rest.first == "{"
      if hasBraces { rest.removeFirst() }
      let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      guard let index = Int(name) else { return nil }
      rest.removeFirst(name.count)
      if hasBraces {
        guard rest.first == "}" else { return nil }
        rest.removeFirst()
      }
      parts.append(.group(index))
    }
    return parts + [.text(String(rest))]
  }

  private static func value(_ match: Regex<AnyRegexOutput>.Match, in text: String) -> Value {
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
