import Dispatch
import Glibc

extension ProgramCall {
  /// The word by which this program is called as the guard of another.
  public static let guardWord = "--guard"

  /// The call through a guard: a process of this program that goes on reading what the other one
  /// writes when this process is killed, and then asks it to finish.
  ///
  /// Without it, a program that writes to a pipe which nobody reads any more is ended by the system,
  /// whatever it is in the middle of. Standard input is the guard's, which tells it that this process
  /// lives; the program reads nothing.
  public var guarded: ProgramCall {
    var call = self
    call.program = ownProgram
    call.arguments = [Self.guardWord, program] + arguments
    call.interruption = .counted
    call.holdsInput = true
    return call
  }
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

/// Runs a program as the guard of it, and ends with its code.
///
/// - Parameters:
///   - words: The program and its arguments.
///   - environment: The variables that it gets.
public func guardProgram(_ words: [String], in environment: Environment) -> Never {
  guard let program = words.first else { endProcess(64) }
  var call = ProgramCall(program, Array(words.dropFirst()), environment: environment.all)
  // Whoever reads no further doesn't matter: the program is to finish.
  call.output = .handled { try? writeAll(Array($0), to: STDOUT_FILENO) }
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
