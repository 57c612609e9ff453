/// How Terraform's `lower`, `upper` and `title` change letters.
public enum LetterCase {
  /// Letter by letter: one whose mapping is several, such as `ß`, stays.
  public static func mapped(
    _ text: String, _ mapping: (Unicode.Scalar.Properties) -> String
  ) -> String {
    text.unicodeScalars.map { mapped($0, mapping) }.joined()
  }

  /// The first letter of each word large: words are letters, digits and `_`.
  public static func titled(_ text: String) -> String {
    var isInside = false
    return text.unicodeScalars.map { scalar in
      defer {
        isInside =
          scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_"
      }
      return isInside ? String(scalar) : mapped(scalar, \.titlecaseMapping)
    }.joined()
  }

  private static func mapped(
    _ scalar: Unicode.Scalar, _ mapping: (Unicode.Scalar.Properties) -> String
  ) -> String {
    let other = mapping(scalar.properties)
    return other.unicodeScalars.count == 1 ? other : String(scalar)
  }
}
