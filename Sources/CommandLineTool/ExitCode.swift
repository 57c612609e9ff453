/// What the process ends with.
public enum ExitCode: Int32, Sendable, CaseIterable {
  /// All is done, or there was nothing to do.
  case done = 0
  /// It couldn't be done, or what was checked is wrong.
  case failed = 1
  /// A plan has changes (only where `--detailed-exitcode` asks for it), or `fmt` met a file that
  /// it can't format.
  case changesPresent = 2
  /// A check found files that differ.
  case differencesFound = 3
  /// The command was called wrongly.
  case wrongUsage = 64

  /// What it says, for the help.
  var meaning: String {
    switch self {
    case .done: "done"
    case .failed: "failed"
    case .changesPresent: "fmt: a file can't be formatted; plan: changes (--detailed-exitcode)"
    case .differencesFound: "the check found differences"
    case .wrongUsage: "wrong usage"
    }
  }
}
