import Diagnostics
import HCL
import ProviderModel

/// What is wrong with a value.
struct ValueProblem {
  /// What is allowed, as the end of the summary; empty where that is too long for one.
  var text: String
  /// What is allowed, as a sentence.
  var detail: String?
  /// The nearest allowed value.
  var near: String?

  init(_ text: String, detail: String? = nil, near: String? = nil) {
    self.text = text
    self.detail = detail
    self.near = near
  }
}

extension ConversionProblem {
  /// What is wrong, in one line.
  func summary(of key: String) -> String {
    var steps = path
    if case .unknownAttribute = kind { steps.removeLast() }
    let label = ([key] + steps.map(\.text)).joined()
    return switch kind {
    case .wrongType(let wanted, let found): "`\(label)` must be \(wanted), not \(found)"
    case .missing(let name): "`\(label)` lacks `\(name)`"
    case .unknownAttribute(let name, _): "`\(label)` has no setting `\(name)`"
    }
  }
}

extension ArgumentFacts {
  /// What is wrong with a scalar, in words; nil where nothing is.
  func problem(with value: Value, pattern compile: (String) -> Pattern?) -> ValueProblem? {
    if let allowed = oneOf, !allowed.isEmpty {
      let text = value.scalarText ?? ""
      let texts = allowed.compactMap(\.scalarText)
      let fits =
        ignoresCase
        ? texts.contains { $0.lowercased() == text.lowercased() }
        : texts.contains(text)
      if !fits {
        return ValueProblem(
          "allowed are \(listed(texts, "and"))", near: nearestMatch(text, in: texts))
      }
    }
    if case .number(let number) = value {
      if isWhole, !number.isWhole {
        return ValueProblem("whole numbers\(range.map(Self.span) ?? "") are allowed")
      }
      if let range, !range.contains(number.double) {
        return ValueProblem(Self.words(range, unit: ""))
      }
    }
    guard case .string(let text) = value else { return nil }
    if let length, !length.contains(text.count) {
      return ValueProblem(
        Self.words(Double(length.lowerBound)...Double(length.upperBound), unit: " characters")
          + ", not \(text.count)")
    }
    if let pattern, let compiled = compile(pattern), !compiled.matches(text) {
      // A long pattern says less than the description and the example do.
      return ValueProblem("", detail: pattern.count > 60 ? "" : "It must match `\(pattern)`.")
    }
    return format.flatMap { problem(with: text, format: $0) }
  }

  private static func words(_ range: ClosedRange<Double>, unit: String) -> String {
    let low = Number(range.lowerBound).text
    let high = Number(range.upperBound).text
    if range.upperBound > 1e15 { return "\(low) or more\(unit) are allowed" }
    return "\(low) to \(high)\(unit) are allowed"
  }

  /// From where to where numbers go: ` from 1 to 3`.
  private static func span(_ range: ClosedRange<Double>) -> String {
    let low = Number(range.lowerBound).text
    if range.upperBound > 1e15 { return " of \(low) or more" }
    return " from \(low) to \(Number(range.upperBound).text)"
  }

  private func problem(with text: String, format: String) -> ValueProblem? {
    switch format {
    case "cidr":
      text.isAddressRange
        ? nil : ValueProblem("an address range such as 203.0.113.0/24 is expected")
    case "ip":
      text.isIPv4Address || text.isIPv6Address
        ? nil : ValueProblem("an address such as 203.0.113.7 is expected")
    case "email": text.isEmailAddress ? nil : ValueProblem("an email address is expected")
    default: nil
    }
  }
}

extension String {
  /// `203.0.113.0/24` or `2001:db8::/32`.
  fileprivate var isAddressRange: Bool {
    let parts = split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let bits = Int(parts[1]), parts[1].allSatisfy(\.isNumber) else {
      return false
    }
    return parts[0].isIPv4Address && bits <= 32 || parts[0].isIPv6Address && bits <= 128
  }

  fileprivate var isIPv4Address: Bool {
    let parts = split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        part.utf8.allSatisfy { (0x30...0x39).contains($0) }
          && (part.count == 1 || part.first != "0")
          && (Int(part) ?? 256) <= 255
      }
  }

  fileprivate var isIPv6Address: Bool {
    var text = self
    // The last 32 bits may be written as an IPv4 address.
    if let colon = text.lastIndex(of: ":"), String(text[text.index(after: colon)...]).isIPv4Address
    {
      text = text[...colon] + "0:0"
    }
    let gaps = zip(text, text.dropFirst()).filter { $0 == ":" && $1 == ":" }.count
    let groups = text.split(separator: ":", omittingEmptySubsequences: false)
    let given = groups.filter { !$0.isEmpty }
    guard given.allSatisfy({ $0.count <= 4 && $0.allSatisfy(\.isHexDigit) }) else { return false }
    if gaps == 0 { return groups.count == 8 && given.count == 8 }
    // Beside `::` no other colon stands alone at an end.
    let ends = (text.hasPrefix("::") ? 2 : 1) + (text.hasSuffix("::") ? 1 : 0)
    return gaps == 1 && given.count <= 7 && groups.count - given.count == ends
  }

  /// As the provider and Terraform's validation see it: something, `@`, something.
  fileprivate var isEmailAddress: Bool {
    let parts = split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && !$0.contains(" ") }
  }
}
