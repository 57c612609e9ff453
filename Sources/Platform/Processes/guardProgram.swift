import Dispatch
import Glibc

extension ProgramCall {
  /// The word by which this program is called to become another whose files are for their owner alone.
  public static let privateWord = "--private"

  /// The call through this program, which takes all rights but the owner's from files that are made
  /// from then on, and becomes the other one.
  ///
  /// The rights belong to a whole process, so that another thread of this one would feel it.
  public var withPrivateFiles: ProgramCall {
    var call = self
    call.program = ownProgram
    call.arguments = [Self.privateWord, program] + arguments
    return call
  }

  /// The word by which this program is called as the guard of another.
  public static let guardWord = "--guard"

  /// The call through a guard: a process of this program that goes on reading what the other one
  /// writes when this process is killed, and then asks it to finish.
  ///
  /// Without it, a program that writes to a pipe which nobody reads any more is ended by the system,
  /// whatever it is in the middle of. Standard input is the guard's, which tells it that this process
  /// lives; the program reads nothing.
  ///
  /// - Parameters:
  ///   - journal: The file to which the guard adds all that the program writes to its standard output,
  ///     before this process reads it.
  ///   - lock: What the guard holds as well, so that nobody believes that all is over when this
  ///     process alone is.
  /// - Returns: The call of the guard.
  public func guarded(journal: String? = nil, holding lock: borrowing FileLock) -> ProgramCall {
    var call = self
    call.program = ownProgram
    call.arguments = [Self.guardWord, journal ?? "", program] + arguments
    call.interruption = .counted
    call.holdsInput = true
    call.held = lock.number
    return call
  }

  /// The number of the descriptor that a guard holds.
  static let heldNumber: Int32 = 3
}

/// The file of this program.
private var ownProgram: String {
  var buffer = [UInt8](repeating: 0, count: 4_096)
  let count = unsafe buffer.withUnsafeMutableBytes { bytes in
    guard let base = bytes.baseAddress else { return 0 }
    return unsafe readlink("/proc/self/exe", base, bytes.count)
  }
  // Where there is no such file, the name that this process was started by has to do.
  return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : CommandLine.arguments[0]
}

/// Becomes a program whose files are for their owner alone; ends with 127 where it can't be run.
///
/// - Parameter words: The program and its arguments.
public func becomePrivateProgram(_ words: [String]) -> Never {
  guard let program = words.first else { endProcess(64) }
  _ = umask(0o077)
  unsafe withCStrings(words) { arguments in _ = unsafe execve(program, arguments, environ) }
  let reason = systemText(of: errno)
  try? writeAll(Array("\(program) can't be run: \(reason)\n".utf8), to: STDERR_FILENO)
  endProcess(127)
}

/// Runs a program as the guard of it, and ends with its code; its files are for their owner alone.
///
/// - Parameters:
///   - words: The file of the journal, or nothing; the program and its arguments.
///   - environment: The variables that it gets.
public func guardProgram(_ words: [String], in environment: Environment) -> Never {
  guard words.count >= 2 else { endProcess(64) }
  _ = umask(0o077)
  // The guard's own alone: with it, what the program leaves behind would hold the lock for ever.
  _ = fcntl(ProgramCall.heldNumber, F_SETFD, FD_CLOEXEC)
  var call = ProgramCall(words[1], Array(words.dropFirst(2)), environment: environment.all)
  let journal = open(journal: words[0])
  // Whoever reads no further doesn't matter: the program is to finish.
  call.output = .handled { new in
    if let journal { try? writeAll(Array(new), to: journal) }
    try? writeAll(Array(new), to: STDOUT_FILENO)
  }
  call.errors = .handled { try? writeAll(Array($0), to: STDERR_FILENO) }
  DispatchQueue.global().async {
    var byte: [UInt8] = [0]
    while (try? retrying { unsafe Glibc.read(STDIN_FILENO, &byte, 1) }) == 1 {}
    kill(getpid(), SIGINT)
  }
  do throws(ProcessError) {
    switch try runProgram(call) {
    case .exited(let code): endProcess(code)
    case .killed(let signal):
      // The same end, for who looks at how the guard ended.
      Glibc.signal(signal, SIG_DFL)
      kill(getpid(), signal)
      endProcess(128 + signal)
    }
  } catch {
    try? writeAll(Array("\(error.program): \(error.reason)\n".utf8), to: STDERR_FILENO)
    endProcess(127)
  }
}

/// Opens a journal to add to it; nil where there is none, or it can't be written.
private func open(journal path: String) -> Int32? {
  if path.isEmpty { return nil }
  let flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC
  return try? retrying { unsafe Glibc.open(path, flags, 0o600) }
}
