import Files
import Glibc

/// What a path names, symbolic links not followed.
enum EntryKind {
  case file
  case folder
  case link
  case other
}

/// What an absolute path names; nil, with the reason in `errno`, if it names nothing or hides it.
func kind(of path: String) -> EntryKind? {
  var found = stat()
  guard unsafe lstat(path, &found) == 0 else { return nil }
  switch found.st_mode & S_IFMT {
  case S_IFREG: return .file
  case S_IFDIR: return .folder
  case S_IFLNK: return .link
  default: return .other
  }
}

/// The absolute path without symbolic links; nil, with the reason in `errno`, if there is none.
func realPath(_ path: String) -> String? {
  guard let found = unsafe realpath(path, nil) else { return nil }
  defer { unsafe free(found) }
  return unsafe String(cString: found)
}

extension Folder {
  /// The absolute path that a relative one means, without symbolic links.
  ///
  /// Parts that don't exist are taken as written. Nil where a part that must be a folder isn't
  /// there; for writing such parts are made later, and the path is returned.
  ///
  /// - Throws: When a symbolic link leads out of the folder or nowhere, or a part is no folder.
  func resolve(
    _ path: RelativePath, for operation: FileError.Operation
  ) throws(FileError) -> String? {
    var real = root
    var parts = path.parts[...]
    while let part = parts.popFirst() {
      let next = real == "/" ? "/" + part : real + "/" + part
      switch kind(of: next) {
      case .link: real = try follow(next, path, operation)
      case nil:
        let code = errno
        guard code == ENOENT else { throw FileError(operation, path.text, .system(code)) }
        if operation == .read && !parts.isEmpty { return nil }
        return ([next] + parts).joined(separator: "/")
      case .folder, .file, .other: real = next
      }
      if !parts.isEmpty && kind(of: real) != .folder {
        throw FileError(operation, path.text, .notAFolder)
      }
    }
    return real
  }

  private func follow(
    _ link: String, _ path: RelativePath, _ operation: FileError.Operation
  ) throws(FileError) -> String {
    guard let target = realPath(link) else {
      throw FileError(operation, path.text, .leadsNowhere)
    }
    guard root == "/" || target.utf8.starts(with: (root + "/").utf8) else {
      throw FileError(operation, path.text, .leadsOut)
    }
    return target
  }
}
