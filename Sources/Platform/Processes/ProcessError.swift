/// Why a program didn't start, or couldn't be watched.
public struct ProcessError: Error, Hashable, Sendable {
  /// The program.
  public let program: String
  /// What the system said.
  public let reason: String

  /// Makes an error.
  public init(_ program: String, _ reason: String) {
    self.program = program
    self.reason = reason
  }
}
