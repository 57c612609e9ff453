public import Files
import Glibc

/// A lock on a folder that one process holds at a time, until it lets go or ends.
public struct FileLock: ~Copyable {
  private let descriptor: Descriptor

  /// Takes the lock if nobody holds it.
  ///
  /// - Parameters:
  ///   - path: The empty file that stands for the lock; it is made, with its folder, if need be.
  ///   - folder: The folder that the path starts from.
  /// - Returns: Nil if another process holds the lock.
  /// - Throws: When the file can't be made or locked.
  public static func attempt(
    _ path: RelativePath, in folder: Folder
  ) throws(FileError) -> FileLock? {
    if let parent = path.parent { try folder.makeFolder(parent, access: .owner) }
    guard let real = try folder.resolve(path, for: .lock) else {
      throw FileError(.lock, path.text, .system(ENOENT))
    }
    do {
      let flags = O_RDWR | O_CREAT | O_NOFOLLOW
      let lock = FileLock(descriptor: try Descriptor(real, flags, mode: 0o600))
      _ = try retrying { flock(lock.descriptor.number, LOCK_EX | LOCK_NB) }
      return lock
    } catch let error {
      if error.code == EWOULDBLOCK { return nil }
      throw FileError(.lock, path.text, .system(error.code))
    }
  }

  /// The number of the open file, for a process that is to hold the lock as well.
  var number: Int32 { descriptor.number }

  /// Lets go of the lock.
  public consuming func release() {}

  private init(descriptor: consuming Descriptor) { self.descriptor = descriptor }
}

/// Does nothing for some milliseconds.
public func pause(milliseconds: Int) {
  usleep(UInt32(clamping: milliseconds * 1_000))
}
