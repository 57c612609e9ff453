/// A version with its numbers and what stands behind `-`.
public struct Version: Hashable, Comparable, Sendable {
  /// Numbers from the most significant on, at least three.
  public var numbers: [Int]
  /// What stands behind `-`; empty for a release.
  public var prerelease = ""

  /// Reads `1.11.4` or `v1.12.0-beta1`; nil for what is none.
  public init?(_ text: String) {
    var rest = Substring(text)
    if rest.hasPrefix("v") { rest = rest.dropFirst() }
    if let plus = rest.firstIndex(of: "+") {
      guard Self.isSuffix(rest[rest.index(after: plus)...]) else { return nil }
      rest = rest[..<plus]
    }
    if let dash = rest.firstIndex(of: "-") {
      prerelease = String(rest[rest.index(after: dash)...])
      guard Self.isSuffix(Substring(prerelease)) else { return nil }
      rest = rest[..<dash]
    }
    var numbers: [Int] = []
    for part in rest.split(separator: ".", omittingEmptySubsequences: false) {
      guard !part.isEmpty, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(part)
      else { return nil }
      numbers.append(number)
    }
    guard !numbers.isEmpty else { return nil }
    self.numbers = numbers + Array(repeating: 0, count: max(0, 3 - numbers.count))
  }

  private static func isSuffix(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x2E || byte == 0x7E
      }
  }

  /// Whether the numbers come before those of another version.
  public static func < (left: Version, right: Version) -> Bool {
    let count = max(left.numbers.count, right.numbers.count)
    for index in 0..<count {
      let a = index < left.numbers.count ? left.numbers[index] : 0
      let b = index < right.numbers.count ? right.numbers[index] : 0
      if a != b { return a < b }
    }
    if left.prerelease == right.prerelease { return false }
    if left.prerelease.isEmpty { return false }
    return right.prerelease.isEmpty || left.prerelease < right.prerelease
  }

  /// The version as text.
  public var text: String {
    numbers.map(String.init).joined(separator: ".") + (prerelease.isEmpty ? "" : "-" + prerelease)
  }
}

/// Which versions are allowed: `>= 1.11.0, < 2.0`.
struct VersionConstraint {
  private struct Term {
    var operation: String
    var version: Version
    /// How many numbers were written.
    var precision: Int
  }

  private var terms: [Term] = []

  /// Reads a constraint; nil for what is none.
  init?(_ text: String) {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let term = part.trimmed
      let operation = ["~>", ">=", "<=", "!=", "=", ">", "<"].first { term.hasPrefix($0) } ?? ""
      let number = term.dropFirst(operation.count).trimmed
      guard let version = Version(String(number)) else { return nil }
      let precision = number.prefix { $0 != "-" && $0 != "+" }.split(separator: ".").count
      terms.append(Term(operation: operation, version: version, precision: precision))
    }
  }

  /// Whether a version is allowed.
  func allows(_ version: Version) -> Bool { terms.allSatisfy { Self.allows(version, $0) } }

  private static func allows(_ version: Version, _ term: Term) -> Bool {
    let limit = term.version
    // A version before a release is only meant where it is named.
    if !version.prerelease.isEmpty, term.operation != "", term.operation != "=",
      limit.prerelease.isEmpty || limit.numbers != version.numbers
    {
      return false
    }
    switch term.operation {
    case ">=": return !(version < limit)
    case ">": return limit < version
    case "<=": return !(limit < version)
    case "<": return version < limit
    case "!=": return version.numbers != limit.numbers || version.prerelease != limit.prerelease
    case "~>":
      let fixed = max(1, term.precision - 1)
      return !(version < limit) && version.numbers.prefix(fixed) == limit.numbers.prefix(fixed)
    default: return version.numbers == limit.numbers && version.prerelease == limit.prerelease
    }
  }
}

extension Substring {
  /// The text without blanks around it.
  var trimmed: Substring {
    var result = self
    while let first = result.first, first == " " || first == "\t" { result.removeFirst() }
    while let last = result.last, last == " " || last == "\t" { result.removeLast() }
    return result
  }
}
