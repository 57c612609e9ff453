import Glibc

/// What the program reads: standard input, or memory in tests.
public struct Input: Sendable {
  private let readBytes: @Sendable () throws(FileError) -> [UInt8]
  private let nextLine: @Sendable () throws(FileError) -> String?
  /// Whether a person writes it on a terminal.
  public let isTerminal: Bool

  /// Makes an input of bytes.
  public init(_ bytes: [UInt8] = []) {
    readBytes = { () throws(FileError) in bytes }
    nextLine = { () throws(FileError) in nil }
    isTerminal = false
  }

  private init(descriptor: Int32) {
    isTerminal = isatty(descriptor) == 1
    nextLine = { () throws(FileError) in
      var line: [UInt8] = []
      var byte: [UInt8] = [0]
      do throws(SystemError) {
        while try retrying({ unsafe Glibc.read(descriptor, &byte, 1) }) == 1 {
          if byte[0] == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
          line.append(byte[0])
        }
      } catch {
        throw FileError(.read, "standard input", .system(error.code))
      }
      return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
    readBytes = { () throws(FileError) in
      var bytes: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 65_536)
      do throws(SystemError) {
        while true {
          let count = try retrying { unsafe Glibc.read(descriptor, &chunk, chunk.count) }
          if count == 0 { return bytes }
          bytes += chunk[..<count]
          if bytes.count > FileSystem.sizeLimit { break }
        }
      } catch {
        throw FileError(.read, "standard input", .system(error.code))
      }
      throw FileError(.read, "standard input", .tooBig(FileSystem.sizeLimit))
    }
  }

  /// The process's standard input.
  public static var standard: Input { Input(descriptor: STDIN_FILENO) }

  /// The next line, without its end; nil at the end.
  ///
  /// It is read byte by byte: what stands behind it is left to others.
  public func readLine() throws(FileError) -> String? { try nextLine() }

  /// Everything up to the end.
  ///
  /// - Throws: When it can't be read, or is bigger than the files that are read.
  public func read() throws(FileError) -> [UInt8] { try readBytes() }
}
