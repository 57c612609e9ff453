public import Platform

/// Why a command couldn't be carried out.
public struct OperationError: Error, Hashable, Sendable {
  /// Whose fault it is.
  public enum Kind: Sendable {
    /// The project or the machine isn't as it must be.
    case failed
    /// The command was called wrongly.
    case wrongUsage
  }

  /// Whose fault it is.
  public var kind: Kind
  /// What is wrong, in one line without a full stop.
  public var summary: String
  /// What to do next; sentences.
  public var help: String

  /// Makes an error.
  public init(_ summary: String, help: String, kind: Kind = .failed) {
    self.kind = kind
    self.summary = summary
    self.help = help
  }

  /// Makes an error of one that a file gave.
  public init(_ error: FileError) {
    self.init(error.summary, help: error.help)
  }
}

/// Passes errors of files on as errors of the command.
func mapErrors<Result>(
  _ body: () throws(FileError) -> Result
) throws(OperationError) -> Result {
  do { return try body() } catch { throw OperationError(error) }
}
