public import Files
import Glibc

/// Who may read a new file.
public enum FileAccess: Sendable {
  /// Everybody, as far as the user's mask allows: 0644.
  case everybody
  /// The owner alone: 0600.
  case owner

  var mode: mode_t { self == .owner ? 0o600 : 0o644 }
  var folderMode: mode_t { self == .owner ? 0o700 : 0o755 }
}

extension Folder {
  /// What the name of a file is while it is written, beside the one that it replaces.
  private static func temporaryName(_ name: String) -> String { ".\(name).webkit-new" }

  /// Replaces or makes a file so that at any moment there is the old or the new one, whole.
  ///
  /// Folders on the way are made. A file that is replaced keeps its permissions. The new bytes
  /// are on the disk before they take the place; that the place is taken needs ``synchronise(_:)``.
  ///
  /// - Throws: When the path leads out of the folder, or the system refuses.
  public func replace(
    _ path: RelativePath, with bytes: [UInt8], access: FileAccess = .everybody
  ) throws(FileError) {
    let real = try resolveForWriting(path)
    guard [nil, .file].contains(kind(of: real)) else {
      throw FileError(.write, path.text, .notAFile)
    }
    let (folder, name) = split(real)
    try makeFolders(folder, path: path, access: access)
    let temporary = folder + "/" + Self.temporaryName(name)
    do {
      try removeIfPresent(temporary)
      try write(bytes, to: temporary, inPlaceOf: real, access: access)
      _ = try retrying { unsafe rename(temporary, real) }
    } catch let error {
      unsafe unlink(temporary)
      throw FileError(.write, path.text, .system(error.code))
    }
  }

  /// Makes a file that must not exist yet.
  ///
  /// - Throws: When it exists, the path leads out of the folder, or the system refuses.
  public func create(
    _ path: RelativePath, with bytes: [UInt8], access: FileAccess = .everybody
  ) throws(FileError) {
    let real = try resolveForWriting(path)
    let (folder, name) = split(real)
    try makeFolders(folder, path: path, access: access)
    let temporary = folder + "/" + Self.temporaryName(name)
    do {
      try removeIfPresent(temporary)
      try write(bytes, to: temporary, inPlaceOf: nil, access: access)
      defer { unsafe unlink(temporary) }
      // A link, unlike a rename, fails where there is something.
      _ = try retrying { unsafe link(temporary, real) }
    } catch let error {
      if error.code == EEXIST { throw FileError(.write, path.text, .exists) }
      throw FileError(.write, path.text, .system(error.code))
    }
    try synchronise(path.parent)
  }

  /// Removes a file, or the symbolic link that stands in its place; nothing where there is none.
  ///
  /// - Throws: When the path leads out of the folder, or the system refuses.
  public func remove(_ path: RelativePath) throws(FileError) {
    guard let folder = try resolve(folder: path.parent) else { return }
    do {
      try removeIfPresent(folder + "/" + path.name)
    } catch let error {
      throw FileError(.remove, path.text, .system(error.code))
    }
  }

  /// Removes what a killed ``replace(_:with:access:)`` left beside a file.
  ///
  /// - Throws: When the path leads out of the folder, or the system refuses.
  public func removeLeftover(of path: RelativePath) throws(FileError) {
    guard let real = try resolve(path, for: .read) else { return }
    let (folder, name) = split(real)
    do {
      try removeIfPresent(folder + "/" + Self.temporaryName(name))
    } catch let error {
      throw FileError(.remove, path.text, .system(error.code))
    }
  }

  /// Whether a killed ``replace(_:with:access:)`` left anything beside a file.
  public func hasLeftover(of path: RelativePath) -> Bool {
    guard let real = try? resolve(path, for: .read) else { return false }
    let (folder, name) = split(real)
    return kind(of: folder + "/" + Self.temporaryName(name)) != nil
  }

  /// Removes a folder if it is there and empty.
  public func removeIfEmpty(_ path: RelativePath) {
    guard let real = try? resolve(path, for: .read), kind(of: real) == .folder else { return }
    unsafe rmdir(real)
  }

  /// Makes a folder, and those on the way to it, if it isn't there.
  ///
  /// - Throws: When the path leads out of the folder, or the system refuses.
  public func makeFolder(_ path: RelativePath, access: FileAccess) throws(FileError) {
    try makeFolders(resolveForWriting(path), path: path, access: access)
  }

  /// Waits until the names in a folder stand on the disk as they are now.
  ///
  /// - Parameter path: The folder; nil for the one that all paths start from.
  /// - Throws: When the system refuses. A folder that isn't there is no error.
  public func synchronise(_ path: RelativePath?) throws(FileError) {
    guard let real = try resolve(folder: path) else { return }
    do {
      try Descriptor(real, O_RDONLY | O_DIRECTORY).synchronise()
    } catch let error {
      // Some file systems can't synchronise folders.
      if [ENOENT, EINVAL, ENOTSUP].contains(error.code) { return }
      throw FileError(.write, path?.text ?? name, .system(error.code))
    }
  }

  private func resolve(folder path: RelativePath?) throws(FileError) -> String? {
    guard let path else { return root }
    return try resolve(path, for: .read)
  }

  private func resolveForWriting(_ path: RelativePath) throws(FileError) -> String {
    guard let real = try resolve(path, for: .write) else {
      throw FileError(.write, path.text, .system(ENOENT))
    }
    return real
  }

  private func split(_ real: String) -> (folder: String, name: String) {
    let bytes = real.utf8
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return (root, real) }
    return (String(real[..<slash]), String(real[bytes.index(after: slash)...]))
  }

  private func makeFolders(
    _ real: String, path: RelativePath, access: FileAccess
  ) throws(FileError) {
    if real.isEmpty || kind(of: real) == .folder { return }
    try makeFolders(split(real).folder, path: path, access: .everybody)
    if unsafe mkdir(real, access.folderMode) != 0 {
      let code = errno
      if code != EEXIST || kind(of: real) != .folder {
        throw FileError(.makeFolder, path.text, .system(code))
      }
    }
  }

  private func removeIfPresent(_ real: String) throws(SystemError) {
    do {
      _ = try retrying { unsafe unlink(real) }
    } catch let error {
      if error.code != ENOENT && error.code != ENOTDIR { throw error }
    }
  }

  private func write(
    _ bytes: [UInt8], to temporary: String, inPlaceOf real: String?, access: FileAccess
  ) throws(SystemError) {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
    let file = try Descriptor(temporary, flags, mode: access.mode)
    var old = stat()
    if let real, unsafe lstat(real, &old) == 0, access == .everybody {
      try file.setMode(old.st_mode & 0o7777)
    }
    try file.writeAll(bytes)
    try file.synchronise()
  }
}
