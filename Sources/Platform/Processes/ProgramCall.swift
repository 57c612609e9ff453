/// A call of another program, in this process's own folder.
public struct ProgramCall: Sendable {
  /// Where what the program writes goes.
  public enum Stream: Sendable {
    /// Where this process's own goes.
    case inherited
    /// To a function, piece by piece as it comes.
    case handled(@Sendable (ArraySlice<UInt8>) -> Void)
  }

  /// Who gets the signals that ask a program to end.
  public enum Interruption: Sendable {
    /// The terminal's user talks to the program itself, for example to a console.
    case left
    /// The first interrupt, hang-up or wish to end reaches the program as one interrupt, so that it
    /// can finish what it has begun; the second kills it and all that it started.
    case relayed
    /// Each reaches the program as an interrupt, who knows what to do with several.
    case counted
  }

  /// The file of the program.
  public var program: String
  /// The words behind its name.
  public var arguments: [String]
  /// All variables that it gets.
  public var environment: [String: String]
  /// What it reads from standard input; nil leaves it this process's own.
  public var input: [UInt8]? = []
  /// Whether the end of the input comes only with the end of this process or of the program.
  public var holdsInput = false
  /// Its standard output.
  public var output: Stream = .inherited
  /// Its standard error.
  public var errors: Stream = .inherited
  /// Who is told when it is to end.
  public var interruption = Interruption.relayed
  /// What the program has as its fourth descriptor; nil where it has none from here.
  var held: Int32?

  /// Makes a call; the program reads nothing, and writes where this process does.
  public init(_ program: String, _ arguments: [String], environment: [String: String]) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
  }
}

/// How a program ended.
public enum ProgramEnd: Hashable, Sendable {
  /// By itself, with a code.
  case exited(Int32)
  /// By a signal.
  case killed(Int32)

  /// The code that a shell would show: signals are 128 and their number.
  public var code: Int32 {
    switch self {
    case .exited(let code): code
    case .killed(let signal): 128 + signal
    }
  }
}
