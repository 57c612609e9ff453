/// The file of variables that starts an app: a line `NAME="value"` for each.
///
/// systemd's `EnvironmentFile=` and a POSIX shell read it alike, byte for byte. In double quotes
/// both take `\`, `"`, `$` and a backquote behind a backslash for themselves, and everything else,
/// newlines too, as it is (systemd.exec(5), POSIX shell command language 2.2.3).
public enum EnvironmentFile {
  /// The text of a file.
  ///
  /// - Parameter variables: Names and values, which `problem(_:_:)` must have found fit.
  /// - Returns: Lines in the order of the names; empty without variables.
  public static func text(_ variables: [String: String]) -> String {
    variables.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(quoted($0.value))\"\n" }.joined()
  }

  private static func quoted(_ value: String) -> String {
    var result = ""
    for scalar in value.unicodeScalars {
      if ["\\", "\"", "$", "`"].contains(scalar) { result.unicodeScalars.append("\\") }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  /// Names that the machine keeps for itself.
  ///
  /// They would change the programs that start the app. The machine's unit unsets the same.
  public static let kept: Set<String> = [
    "DOCKER_API_VERSION", "DOCKER_CERT_PATH", "DOCKER_CONFIG", "DOCKER_CONTEXT", "DOCKER_HOST",
    "DOCKER_TLS", "DOCKER_TLS_VERIFY", "GCONV_PATH", "LD_AUDIT", "LD_LIBRARY_PATH", "LD_PRELOAD",
    "WEBKIT_IMAGE",
  ]

  /// The length in bytes that Linux allows a variable: `NAME=value` and the byte that ends it.
  public static let limit = 131_072

  /// Why a variable can't stand in a file.
  public enum Problem: Hashable, Sendable {
    /// The name is one of the machine's own.
    case keptName
    /// The value holds a character that systemd refuses: a control character other than a
    /// tabulator or a newline.
    case controlCharacter(UInt32)
    /// The variable is longer than Linux allows.
    case tooLong
  }

  /// Why a variable can't stand in a file; nil if it can.
  public static func problem(_ name: String, _ value: String) -> Problem? {
    if kept.contains(name) { return .keptName }
    for scalar in value.unicodeScalars where scalar != "\t" && scalar != "\n" {
      if scalar.value < 32 || scalar.value == 127 { return .controlCharacter(scalar.value) }
    }
    return name.utf8.count + value.utf8.count + 2 > limit ? .tooLong : nil
  }
}
