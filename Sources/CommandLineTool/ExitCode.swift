/// What the process ends with.
public struct ExitCode: Hashable, Sendable {
  /// The number.
  public let rawValue: Int32
  /// What it says, for the help.
  let meaning: String

  /// All is done, or there was nothing to do.
  public static let done = ExitCode(rawValue: 0, meaning: "done")
  /// It couldn't be done, or what was checked is wrong.
  public static let failed = ExitCode(rawValue: 1, meaning: "failed")
  /// A plan has changes (only where `--detailed-exitcode` asks for it), or `fmt` met a file that
  /// it can't format.
  public static let changesPresent = ExitCode(
    rawValue: 2, meaning: "fmt: a file can't be formatted; plan: changes (--detailed-exitcode)")
  /// A check found files that differ.
  public static let differencesFound = ExitCode(
    rawValue: 3, meaning: "the check found differences")
  /// The command was called wrongly.
  public static let wrongUsage = ExitCode(rawValue: 64, meaning: "wrong usage")

  /// All of webkit's own, in order.
  static let all = [done, failed, changesPresent, differencesFound, wrongUsage]

  /// What the engine ended with.
  static func engine(_ code: Int32) -> ExitCode {
    ExitCode(rawValue: code, meaning: "the engine's own")
  }

  /// Whether two are the same number.
  public static func == (left: ExitCode, right: ExitCode) -> Bool {
    left.rawValue == right.rawValue
  }

  /// Hashes the number.
  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}
