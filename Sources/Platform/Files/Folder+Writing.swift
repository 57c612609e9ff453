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

  /// Whether a name is that of a file that is written, or was when its writer was killed.
  public static func isTemporary(_ name: String) -> Bool {
    name.hasPrefix(".") && name.hasSuffix(".webkit-new")
  }

  /// Replaces or makes a file so that at any moment there is the old or the new one, whole.
  ///
  /// Folders on the way are made. A file that is replaced keeps its permissions. The new bytes
  /// are on the disk before they take the place; that the place is taken needs ``synchronise(_:)``.
  ///
  /// - Throws: When the path leads out of the folder, or the system refuses; then nothing is left.
  public func replace(
    _ path: RelativePath, with bytes: [UInt8], access: FileAccess = .everybody
  ) throws(FileError) {
    do throws(FileError) {
      try prepare(path, with: bytes, access: access)
      try settle([path])
      try place(path)
    } catch {
      try? removeLeftover(of: path)
      throw error
    }
  }

  /// Replaces or makes a file of which nothing depends: at a power failure it may be damaged.
  ///
  /// - Throws: When the path leads out of the folder, or the system refuses; then nothing is left.
  public func replaceQuickly(
    _ path: RelativePath, with bytes: [UInt8], access: FileAccess = .everybody
  ) throws(FileError) {
    do throws(FileError) {
      try prepare(path, with: bytes, access: access)
      try place(path)
    } catch {
      try? removeLeftover(of: path)
      throw error
    }
  }

  /// Writes a file's new bytes beside it, without waiting until they are on the disk.
  ///
  /// Folders on the way are made. The file itself stays as it is until ``place(_:)``, before which
  /// ``settle(_:)`` has to be called; ``removeLeftover(of:)`` undoes the preparation.
  ///
  /// - Throws: When the path leads out of the folder, or the system refuses.
  public func prepare(
    _ path: RelativePath, with bytes: [UInt8], access: FileAccess = .everybody
  ) throws(FileError) {
    let real = try resolveForWriting(path)
    let old = information(of: real)
    guard old.map({ $0.st_mode & S_IFMT == S_IFREG }) ?? true else {
      throw FileError(.write, path.text, .notAFile)
    }
    let (folder, name) = split(real)
    if old == nil { try makeFolders(folder, path: path, access: access) }
    do {
      let temporary = folder + "/" + Self.temporaryName(name)
      let file = try makeAnew(temporary, mode: access.mode)
      if let old, access == .everybody { try file.setMode(old.st_mode & 0o7777) }
      try file.writeAll(bytes)
      file.beginSynchronising()
    } catch let error {
      throw FileError(.write, path.text, .system(error.code))
    }
  }

  /// Waits until the bytes that ``prepare(_:with:access:)`` wrote are on the disk.
  ///
  /// - Throws: When a path leads out of the folder, or the system refuses.
  public func settle(_ paths: [RelativePath]) throws(FileError) {
    var temporaries: [String] = []
    for path in paths {
      let (folder, name) = split(try resolveForWriting(path))
      temporaries.append(folder + "/" + Self.temporaryName(name))
    }
    let failures = synchroniseTogether(temporaries, O_RDONLY | O_NOFOLLOW)
    if let first = failures.min(by: { $0.key < $1.key }) {
      throw FileError(.write, paths[first.key].text, .system(first.value))
    }
  }

  /// Puts the bytes that ``prepare(_:with:access:)`` wrote into the file's place.
  ///
  /// - Throws: When the path leads out of the folder, or the system refuses.
  public func place(_ path: RelativePath) throws(FileError) {
    let real = try resolveForWriting(path)
    let (folder, name) = split(real)
    do {
      _ = try retrying { unsafe rename(folder + "/" + Self.temporaryName(name), real) }
    } catch let error {
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
      defer { unsafe unlink(temporary) }
      let file = try makeAnew(temporary, mode: access.mode)
      try file.writeAll(bytes)
      try file.synchronise()
      // A link, unlike a rename, fails where there is something.
      _ = try retrying { unsafe link(temporary, real) }
    } catch let error {
      if error.code == EEXIST { throw FileError(.write, path.text, .exists) }
      throw FileError(.write, path.text, .system(error.code))
    }
    try synchronise([path.parent])
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

  /// Removes what ``prepare(_:with:access:)`` wrote beside a file, if it is there.
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

  /// Whether there is anything that ``prepare(_:with:access:)`` wrote beside a file.
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

  /// Makes a symbolic link, in the place of another one if there is one.
  ///
  /// - Parameters:
  ///   - path: Where it stands; its folder is there.
  ///   - target: What it says, relative to the folder that it stands in.
  /// - Throws: When the path leads out of the folder, something else stands there, or the system refuses.
  public func makeLink(_ path: RelativePath, to target: String) throws(FileError) {
    let place = root + "/" + path.text
    if FileSystem.link(at: place) == target { return }
    do throws(SystemError) {
      if FileSystem.link(at: place) != nil { _ = try retrying { unsafe unlink(place) } }
      _ = try retrying { unsafe symlink(target, place) }
    } catch {
      throw FileError(.write, path.text, .system(error.code))
    }
  }

  /// Waits until the names in folders stand on the disk as they are now.
  ///
  /// - Parameter paths: The folders; nil for the one that all paths start from.
  /// - Throws: When the system refuses. A folder that isn't there is no error.
  public func synchronise(_ paths: [RelativePath?]) throws(FileError) {
    var folders: [String] = []
    var names: [String] = []
    for path in paths {
      guard let real = try resolve(folder: path) else { continue }
      folders.append(real)
      names.append(path?.text ?? name)
    }
    // Some file systems can't synchronise folders.
    let failures = synchroniseTogether(folders, O_RDONLY | O_DIRECTORY)
      .filter { ![ENOENT, EINVAL, ENOTSUP].contains($0.value) }
    if let first = failures.min(by: { $0.key < $1.key }) {
      throw FileError(.write, names[first.key], .system(first.value))
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

  /// Makes an empty file, in place of one that a killed run left.
  private func makeAnew(_ real: String, mode: mode_t) throws(SystemError) -> Descriptor {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW
    do {
      return try Descriptor(real, flags, mode: mode)
    } catch let error {
      guard error.code == EEXIST else { throw error }
    }
    try removeIfPresent(real)
    return try Descriptor(real, flags, mode: mode)
  }

  private func information(of real: String) -> stat? {
    var found = stat()
    return unsafe lstat(real, &found) == 0 ? found : nil
  }
}
