/// A version of Terraform, for example `1.5.0`.
public struct LanguageVersion: Hashable, Comparable, Sendable {
  /// The first number.
  public var major: Int
  /// The second number.
  public var minor: Int
  /// The third number.
  public var patch: Int

  /// Makes a version of its numbers.
  public init(_ major: Int, _ minor: Int = 0, _ patch: Int = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Reads up to three numbers; nil for all else.
  ///
  /// What follows `-` or `+` doesn't count.
  public init?(_ text: some StringProtocol) {
    let core = text.prefix { $0 != "-" && $0 != "+" }
    let words = core.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = words.compactMap { Int($0) }
    guard numbers.count == words.count, (1...3).contains(numbers.count),
      numbers.allSatisfy({ $0 >= 0 })
    else { return nil }
    self.init(
      numbers[0], numbers.count > 1 ? numbers[1] : 0, numbers.count > 2 ? numbers[2] : 0)
  }

  /// The lowest version that `required_version` lets in; nil where it has no lower bound.
  ///
  /// For example: `1.5.0` for `>= 1.5, < 2.0`.
  public init?(lowestOf constraint: String) {
    let bounds = constraint.split(separator: ",").compactMap { part -> LanguageVersion? in
      let text = part.filter { $0 != " " && $0 != "\t" }
      let version = text.drop { !$0.isNumber && $0 != "v" }.drop { $0 == "v" }
      switch text.prefix(text.count - text.drop { "<>=!~".contains($0) }.count) {
      case ">=", ">", "=", "", "~>": return LanguageVersion(version)
      default: return nil
      }
    }
    guard let lowest = bounds.max() else { return nil }
    self = lowest
  }

  /// The numbers with points between them, without a last zero: `1.5`.
  public var text: String { patch == 0 ? "\(major).\(minor)" : "\(major).\(minor).\(patch)" }

  /// Orders by age.
  public static func < (left: LanguageVersion, right: LanguageVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}
