import Glibc

/// An open file; closed when it goes out of use.
struct Descriptor: ~Copyable {
  let number: Int32

  /// Opens a file.
  ///
  /// - Throws: The system's error number.
  init(_ path: String, _ flags: Int32, mode: mode_t = 0) throws(SystemError) {
    number = try retrying { unsafe open(path, flags | O_CLOEXEC, mode) }
  }

  deinit { _ = close(number) }

  /// What the system knows of the file.
  func information() throws(SystemError) -> stat {
    var found = stat()
    _ = try retrying { unsafe fstat(number, &found) }
    return found
  }

  /// All that can be read, if it isn't more than the limit; `size` is how much is expected.
  func readAll(size: Int, limit: Int) throws(SystemError) -> [UInt8]? {
    if size > limit { return nil }
    // One byte more than expected: a first read that leaves it over has come to the end.
    var chunk = [UInt8](repeating: 0, count: max(size, 0) + 1)
    var bytes: [UInt8] = []
    while true {
      let count = try retrying { unsafe read(number, &chunk, chunk.count) }
      if count == 0 { return bytes }
      if bytes.isEmpty && count < chunk.count {
        chunk.removeLast(chunk.count - count)
        swap(&bytes, &chunk)
        if count == size { return bytes }
      } else {
        bytes += chunk[..<count]
      }
      if bytes.count > limit { return nil }
      chunk = [UInt8](repeating: 0, count: bytes.count < size ? size - bytes.count + 1 : 4_096)
    }
  }

  /// The first bytes, fewer where there aren't as many.
  func start(_ count: Int) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let read = try retrying { unsafe pread(number, &bytes, count, 0) }
    bytes.removeLast(count - read)
    return bytes
  }

  /// Writes all bytes.
  func writeAll(_ bytes: [UInt8]) throws(SystemError) {
    try Platform.writeAll(bytes, to: number)
  }

  /// Waits until what was written stands on the disk.
  func synchronise() throws(SystemError) { _ = try retrying { fsync(number) } }

  /// Lets the system begin to write to the disk, without waiting for it.
  ///
  /// That is what Linux does when it is told that the bytes won't be read soon.
  func beginSynchronising() { _ = posix_fadvise(number, 0, 0, POSIX_FADV_DONTNEED) }

  /// Sets the permissions.
  func setMode(_ mode: mode_t) throws(SystemError) { _ = try retrying { fchmod(number, mode) } }
}

/// An error number of the system.
struct SystemError: Error {
  let code: Int32
}

/// Writes all bytes to an open file, however many calls it takes.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
  var written = 0
  while written < bytes.count {
    written += try retrying {
      unsafe bytes.withUnsafeBytes { buffer in
        guard let base = buffer.baseAddress else { return 0 }
        return unsafe write(descriptor, base + written, buffer.count - written)
      }
    }
  }
}

/// Calls the system again as long as a signal interrupts it.
func retrying<Result: SignedInteger>(_ call: () -> Result) throws(SystemError) -> Result {
  while true {
    let result = call()
    if result >= 0 { return result }
    let code = errno
    guard code == EINTR else { throw SystemError(code: code) }
  }
}
