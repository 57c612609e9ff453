import Dispatch
import Glibc

/// Runs a program to its end.
///
/// The thread waits. From then on, this process no longer ends by writing to who reads no further.
///
/// - Throws: When it can't be started.
public func runProgram(_ call: ProgramCall) throws(ProcessError) -> ProgramEnd {
  try runTogether([call])[0]
}

/// Runs programs at the same time, each to its end.
///
/// - Parameter calls: The programs; who is told when they are to end is the same for all, namely as the first one says.
/// - Returns: How they ended, in the order of the calls.
/// - Throws: When one can't be started; those that were are killed.
public func runTogether(_ calls: [ProgramCall]) throws(ProcessError) -> [ProgramEnd] {
  guard let first = calls.first else { return [] }
  // Blocked from before the start, so that no end and no wish to end is missed; the threads that
  // read the program's output block all signals.
  ignoreBrokenPipes()
  let signals = BlockedSignals(first.interruption)
  defer { signals.restore() }
  var started: [StartedProgram] = []
  for call in calls {
    do throws(SystemError) {
      started.append(try StartedProgram(call, signals))
    } catch {
      for program in started { _ = kill(-program.process, SIGKILL) }
      _ = watch(started.map(\.process), first.interruption, signals)
      throw ProcessError(call.program, systemText(of: error.code))
    }
  }
  let ends = watch(started.map(\.process), first.interruption, signals)
  for program in started { program.finish() }
  return ends
}

/// A program that runs.
private struct StartedProgram {
  let process: pid_t
  private let streams: Streams
  private let readers: DispatchGroup
  private let holdsInput: Bool

  init(_ call: ProgramCall, _ signals: BlockedSignals) throws(SystemError) {
    streams = try Streams(call)
    process = try spawn(call, streams, signals)
    readers = streams.begin(call)
    holdsInput = call.holdsInput
  }

  /// Reads what is left of its output.
  func finish() {
    if holdsInput { streams.closeInput() }
    // What the program started may hold its output open for longer than it lives itself.
    _ = readers.wait(timeout: .now() + .seconds(2))
  }
}

/// Waits for the ends, and hands on what asks the programs to end.
private func watch(
  _ processes: [pid_t], _ interruption: ProgramCall.Interruption, _ signals: BlockedSignals
) -> [ProgramEnd] {
  var ends = [ProgramEnd?](repeating: nil, count: processes.count)
  var wishes = 0
  while true {
    for (index, process) in processes.enumerated() where ends[index] == nil {
      if interruption != .left, hasDied(process) {
        // What it started can't be ended by it any more. Its number is nobody else's until it is
        // waited for.
        kill(-process, SIGKILL)
      }
      var status: Int32 = 0
      let ended = unsafe waitpid(process, &status, WNOHANG)
      if ended == process { ends[index] = ProgramEnd(status: status) }
      if ended < 0, errno != EINTR { ends[index] = .exited(-1) }
    }
    let known = ends.compactMap(\.self)
    if known.count == ends.count { return known }
    guard let signal = signals.next(), signal != SIGCHLD, interruption != .left else { continue }
    wishes += 1
    // The program alone is asked: what it started is its own to end. Killed are all.
    let isLast = interruption == .relayed && wishes > 1
    for (index, process) in processes.enumerated() where ends[index] == nil {
      _ = isLast ? kill(-process, SIGKILL) : kill(process, SIGINT)
    }
  }
}

/// Whether a process was ended by a signal, and nobody has waited for it yet.
private func hasDied(_ process: pid_t) -> Bool {
  var information = unsafe siginfo_t()
  let flags = WEXITED | WNOHANG | WNOWAIT
  guard unsafe waitid(P_PID, id_t(process), &information, flags) == 0 else { return false }
  return unsafe information.si_signo == SIGCHLD && information.si_code != CLD_EXITED
}

extension ProgramEnd {
  /// What `waitpid` says: the low seven bits are the signal, the next byte the code.
  fileprivate init(status: Int32) {
    let signal = status & 0x7f
    self = signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal)
  }
}

/// The signals that are held back while a program runs.
private struct BlockedSignals {
  private var set = sigset_t()
  private var before = sigset_t()
  /// What this process ignores and the program must not.
  private(set) var standard = sigset_t()

  init(_ interruption: ProgramCall.Interruption) {
    unsafe sigemptyset(&set)
    unsafe sigemptyset(&standard)
    for signal in [SIGCHLD, SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&set, signal) }
    if interruption == .left { unsafe sigaddset(&set, SIGQUIT) }
    for signal in [SIGPIPE, SIGXFSZ] { unsafe sigaddset(&standard, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &set, &before)
  }

  /// Waits for the next one; nil after a while, since another thread of this process that doesn't
  /// block it may have taken what was meant for this one.
  func next() -> Int32? {
    var set = set
    var limit = timespec(tv_sec: 0, tv_nsec: 20_000_000)
    let signal = unsafe sigtimedwait(&set, nil, &limit)
    return signal > 0 ? signal : nil
  }

  /// The signals that were blocked before.
  var former: sigset_t { before }

  func restore() {
    var before = before
    unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}

/// A program's standard streams: this process's own, or pipes.
private struct Streams {
  private let output: Pipe?
  private let errors: Pipe?
  private let input: Pipe?

  init(_ call: ProgramCall) throws(SystemError) {
    output = try Pipe(for: call.output)
    errors = try Pipe(for: call.errors)
    input = try call.input.map { bytes throws(SystemError) in try Pipe() }
  }

  /// What the program's descriptors are made of: 0, 1 and 2 in order; nil stays this process's.
  var ofProgram: [Int32?] { [input?.reading, output?.writing, errors?.writing] }

  /// Ends the program's input.
  func closeInput() {
    if let input { _ = close(input.writing) }
  }

  /// Begins to read and write at this end, and closes the program's; the group is left at the end.
  func begin(_ call: ProgramCall) -> DispatchGroup {
    let group = DispatchGroup()
    for case (let pipe?, .handled(let handle)) in [(output, call.output), (errors, call.errors)] {
      _ = close(pipe.writing)
      DispatchQueue.global().async(group: group) { read(pipe.reading, handle) }
    }
    if let input, let bytes = call.input {
      _ = close(input.reading)
      DispatchQueue.global().async(group: group) {
        // Who reads no further has enough.
        try? writeAll(bytes, to: input.writing)
        if !call.holdsInput { _ = close(input.writing) }
      }
    }
    return group
  }
}

/// Hands on what comes, up to the end.
private func read(_ descriptor: Int32, _ handle: (ArraySlice<UInt8>) -> Void) {
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while let count = try? retrying({ unsafe Glibc.read(descriptor, &chunk, chunk.count) }), count > 0
  {
    handle(chunk[..<count])
  }
  _ = close(descriptor)
}

/// Two connected descriptors that no program inherits by itself.
private struct Pipe {
  let reading: Int32
  let writing: Int32

  init() throws(SystemError) {
    var ends: [Int32] = [0, 0]
    _ = try retrying { unsafe pipe(&ends) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reading, writing) = (ends[0], ends[1])
  }

  init?(for stream: ProgramCall.Stream) throws(SystemError) {
    guard case .handled = stream else { return nil }
    try self.init()
  }
}

private func spawn(
  _ call: ProgramCall, _ streams: Streams, _ signals: BlockedSignals
) throws(SystemError) -> pid_t {
  var actions = unsafe posix_spawn_file_actions_t()
  unsafe posix_spawn_file_actions_init(&actions)
  defer { unsafe posix_spawn_file_actions_destroy(&actions) }
  for (number, descriptor) in zip(Int32(0)..., streams.ofProgram) {
    if let descriptor { unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, number) }
  }
  if let held = call.held {
    unsafe posix_spawn_file_actions_adddup2(&actions, held, ProgramCall.heldNumber)
  }
  var attributes = posix_spawnattr_t()
  unsafe posix_spawnattr_init(&attributes)
  defer { unsafe posix_spawnattr_destroy(&attributes) }
  var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
  if call.interruption != .left {
    // A group of its own: the terminal's interrupt comes here alone, and reaches it once.
    flags |= POSIX_SPAWN_SETPGROUP
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
  }
  unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
  var (former, standard) = (signals.former, signals.standard)
  unsafe posix_spawnattr_setsigmask(&attributes, &former)
  unsafe posix_spawnattr_setsigdefault(&attributes, &standard)
  let variables = call.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  var process: pid_t = 0
  let code = unsafe withCStrings([call.program] + call.arguments) { arguments in
    unsafe withCStrings(variables) { environment in
      unsafe posix_spawn(&process, call.program, &actions, &attributes, arguments, environment)
    }
  }
  guard code == 0 else { throw SystemError(code: code) }
  return process
}

/// Hands texts to C as an array with a null at its end.
func withCStrings<Result>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = unsafe texts.map { unsafe strdup($0) } + [nil]
  defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
  return unsafe body(copies)
}
