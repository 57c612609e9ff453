import Glibc

/// Files and folders anywhere on the machine, by the paths that the user names.
///
/// What belongs to a project is read and written through ``Folder``, which keeps inside of it.
public enum FileSystem {
  /// What a path names.
  public enum Kind: Sendable {
    /// A regular file.
    case file
    /// A folder.
    case folder
    /// A symbolic link; only in listings, elsewhere links are followed.
    case link
    /// Something else.
    case other
  }

  /// A name in a folder.
  public struct Entry: Sendable {
    /// The name.
    public var name: String
    /// What it names.
    public var kind: Kind
  }

  /// Bytes up to which a file is read.
  public static let sizeLimit = 512 * 1_048_576

  /// The absolute path of the current folder; nil if it is gone.
  public static var currentFolder: String? { realPath(".") }

  /// What a path names, symbolic links followed; nil if it names nothing.
  public static func kind(of path: String) -> Kind? {
    var found = stat()
    guard unsafe stat(path, &found) == 0 else { return nil }
    return Kind(mode: found.st_mode)
  }

  /// What a symbolic link says; nil where there is none.
  static func link(at path: String) -> String? {
    var text = [CChar](repeating: 0, count: 4_096)
    let count = unsafe readlink(path, &text, text.count)
    guard count >= 0 else { return nil }
    return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// What stands in a folder, in the order of the names' bytes.
  ///
  /// - Throws: When the folder can't be listed.
  public static func entries(of path: String) throws(FileError) -> [Entry] {
    guard let stream = unsafe opendir(path) else {
      throw FileError(.list, path, .system(errno))
    }
    defer { unsafe closedir(stream) }
    var entries: [Entry] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      let kind: Kind =
        switch unsafe Int(entry.pointee.d_type) {
        case DT_REG: .file
        case DT_DIR: .folder
        case DT_LNK: .link
        case DT_UNKNOWN: ownKind(of: path + "/" + name)
        default: .other
        }
      entries.append(Entry(name: name, kind: kind))
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// What a file holds, symbolic links followed.
  ///
  /// - Throws: When there is something else than a file, it is too big, or it can't be read.
  public static func read(_ path: String) throws(FileError) -> [UInt8] {
    var bytes: [UInt8]?
    do throws(SystemError) {
      // Without O_NONBLOCK a pipe would stop the program.
      let file = try Descriptor(path, O_RDONLY | O_NONBLOCK)
      let facts = try file.information()
      let isFile = facts.st_mode & S_IFMT == S_IFREG
      guard isFile else { throw SystemError(code: EISDIR) }
      bytes = try file.readAll(size: Int(facts.st_size), limit: sizeLimit)
    } catch {
      throw FileError(.read, path, error.code == EISDIR ? .notAFile : .system(error.code))
    }
    guard let bytes else { throw FileError(.read, path, .tooBig(sizeLimit)) }
    return bytes
  }

  /// Replaces a file so that at any moment there is the old or the new one, whole.
  ///
  /// Its permissions stay, and a symbolic link goes on naming it.
  ///
  /// - Throws: When it mayn't be written, or the system refuses; then nothing is left.
  public static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
    guard let real = realPath(path), unsafe access(real, W_OK) == 0 else {
      throw FileError(.write, path, .system(errno))
    }
    let slash = real.utf8.lastIndex(of: UInt8(ascii: "/")) ?? real.startIndex
    let name = real[real.utf8.index(after: slash)...]
    let temporary = "\(real[...slash]).\(name).webkit-new"
    do throws(SystemError) {
      var facts = stat()
      _ = try retrying { unsafe stat(real, &facts) }
      _ = unsafe unlink(temporary)
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
      let file = try Descriptor(temporary, flags, mode: 0o600)
      try file.setMode(facts.st_mode & 0o7777)
      try file.writeAll(bytes)
      _ = try retrying { unsafe rename(temporary, real) }
    } catch {
      _ = unsafe unlink(temporary)
      throw FileError(.write, path, .system(error.code))
    }
  }

  private static func ownKind(of path: String) -> Kind {
    var found = stat()
    return unsafe lstat(path, &found) == 0 ? Kind(mode: found.st_mode) : .other
  }
}

extension FileSystem.Kind {
  fileprivate init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .link
    default: self = .other
    }
  }
}
