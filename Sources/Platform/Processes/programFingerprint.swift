import Glibc

/// What tells whether a program's file is still the same: where it is, its size, its inode, and when it was written.
///
/// - Parameter path: The file, as ``findProgram(_:in:)`` gives it.
/// - Returns: The fingerprint on one line; nil for a script, whose answers may depend on other files (the version managers' stand-ins are
///   scripts), and for what can't be read.
public func programFingerprint(_ path: String) -> String? {
  guard let real = realPath(path), !real.contains("\n"),
    let file = try? Descriptor(real, O_RDONLY | O_NONBLOCK),
    let facts = try? file.information(), facts.st_mode & S_IFMT == S_IFREG,
    // A link to another name is a stand-in too: it answers by the name that it was called by.
    real.split(separator: "/").last == path.split(separator: "/").last,
    let start = try? file.start(2), start != Array("#!".utf8)
  else { return nil }
  let time = facts.st_mtim
  return "\(real) \(facts.st_size) \(facts.st_ino) \(time.tv_sec).\(time.tv_nsec)"
}
