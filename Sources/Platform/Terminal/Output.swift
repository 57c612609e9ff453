import Glibc

/// A stream that the program writes to: standard output, standard error, or memory in tests.
public struct Output: Sendable {
  private let append: @Sendable ([UInt8]) -> Void
  /// Whether a person reads it on a terminal.
  public let isTerminal: Bool

  private let width: @Sendable () -> Int?

  /// Makes a stream that hands the bytes on.
  ///
  /// - Parameters:
  ///   - isTerminal: Whether a person reads it on a terminal.
  ///   - width: Tells how many characters a line of the terminal has now; nil where that isn't known.
  ///   - append: Takes the bytes.
  public init(
    isTerminal: Bool = false, width: @escaping @Sendable () -> Int? = { nil },
    append: @escaping @Sendable ([UInt8]) -> Void
  ) {
    self.isTerminal = isTerminal
    self.width = width
    self.append = append
  }

  /// How many characters a line of the terminal has now; nil where that isn't known.
  public var lineWidth: Int? { width() }

  /// The process's standard output.
  public static var standard: Output { process(STDOUT_FILENO) }

  /// The process's standard error.
  public static var standardError: Output { process(STDERR_FILENO) }

  /// Writes text.
  ///
  /// Nothing happens when nobody reads any more: the work behind the text is done all the same.
  /// If the system refuses for another reason, such as a full disk, the process ends with 1.
  public func write(_ text: String) { append(Array(text.utf8)) }

  /// Writes bytes, in the same way; they need not be whole characters.
  public func write(bytes: ArraySlice<UInt8>) { append(Array(bytes)) }

  /// Whether colour is fit to be shown when the user leaves it to us.
  ///
  /// It is on a terminal that isn't `dumb`, unless `NO_COLOR` is set and not empty.
  public func takesColor(in environment: Environment) -> Bool {
    isTerminal && environment["TERM"] != "dumb" && environment.text("NO_COLOR") == nil
  }

  private static func process(_ descriptor: Int32) -> Output {
    let append = { @Sendable (bytes: [UInt8]) -> Void in
      do throws(SystemError) {
        try writeAll(bytes, to: descriptor)
      } catch {
        // Whoever closed a pipe has read enough; on a full disk something is lost.
        guard error.code != EPIPE else { return }
        let message = "error: can't write the results: \(systemText(of: error.code))\n"
        try? writeAll(Array(message.utf8), to: STDERR_FILENO)
        exit(1)
      }
    }
    return Output(
      isTerminal: isatty(descriptor) == 1, width: { terminalWidth(descriptor) }, append: append)
  }
}

private func terminalWidth(_ descriptor: Int32) -> Int? {
  var size = winsize()
  let code = unsafe withUnsafeMutablePointer(to: &size) {
    unsafe ioctl(descriptor, UInt(TIOCGWINSZ), $0)
  }
  return code == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
}

/// Lets writing to a pipe that nobody reads, or beyond the size that a file may have, fail instead of
/// ending the process.
public func ignoreBrokenPipes() {
  _ = signal(SIGPIPE, SIG_IGN)
  _ = signal(SIGXFSZ, SIG_IGN)
}
