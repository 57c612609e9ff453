public import Files
import Glibc

/// A folder whose files are read and written by relative paths that never lead out of it.
public struct Folder: Sendable {
  /// The folder as the user named it, for messages.
  public let name: String
  /// The absolute path, without symbolic links.
  let root: String

  /// What stands at a path.
  public enum Entry: Hashable, Sendable {
    /// Nothing.
    case absent
    /// A regular file, with what it holds.
    case file([UInt8])
    /// A folder.
    case folder
    /// Something that is neither.
    case other
  }

  /// Bytes up to which a file is read.
  public static let sizeLimit = 64 * 1_048_576

  /// Takes an existing folder.
  ///
  /// - Throws: When there is no folder of that name, or it can't be reached.
  public init(_ name: String) throws(FileError) {
    let failed = { (code: Int32) in FileError(.read, name, .system(code)) }
    guard let root = realPath(name) else { throw failed(errno) }
    guard let kind = kind(of: root) else { throw failed(errno) }
    guard kind == .folder else { throw FileError(.read, name, .notAFolder) }
    self.name = name
    self.root = root
  }

  /// The last name of the absolute path; empty for the root of the file system.
  public var lastName: String {
    root.utf8.split(separator: UInt8(ascii: "/")).last.flatMap { String($0) } ?? ""
  }

  /// The folder that holds this one; nil for the root of the file system.
  public var parent: Folder? {
    root == "/" ? nil : try? Folder(root + "/..")
  }

  /// What stands at a path, symbolic links inside of the folder followed.
  ///
  /// - Throws: When the path leads out of the folder, or the file can't be read.
  public func entry(_ path: RelativePath) throws(FileError) -> Entry {
    guard let real = try resolve(path, for: .read) else { return .absent }
    switch kind(of: real) {
    case nil: return .absent
    case .folder: return .folder
    case .link, .other: return .other
    case .file: break
    }
    do {
      // Without O_NONBLOCK a pipe that took the file's place would stop the program.
      let file = try Descriptor(real, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
      let facts = try file.information()
      guard facts.st_mode & S_IFMT == S_IFREG else { return .other }
      let bytes = try file.readAll(size: Int(facts.st_size), limit: Self.sizeLimit)
      if let bytes { return .file(bytes) }
    } catch let error {
      if error.code == ENOENT { return .absent }
      throw FileError(.read, path.text, .system(error.code))
    }
    throw FileError(.read, path.text, .tooBig(Self.sizeLimit))
  }

  /// What a file holds; nil where there is none.
  ///
  /// - Throws: When there is something else than a file, or it can't be read.
  public func read(_ path: RelativePath) throws(FileError) -> [UInt8]? {
    switch try entry(path) {
    case .absent: return nil
    case .file(let bytes): return bytes
    case .folder, .other: throw FileError(.read, path.text, .notAFile)
    }
  }

  /// When a file was written last, in seconds since 1970; nil where there is none.
  ///
  /// - Throws: When the path leads out of the folder.
  public func modificationTime(of path: RelativePath) throws(FileError) -> Int? {
    guard let real = try resolve(path, for: .read) else { return nil }
    var found = stat()
    return unsafe stat(real, &found) == 0 ? found.st_mtim.tv_sec : nil
  }

  /// The paths of all files below a folder, in the order of their bytes.
  ///
  /// Symbolic links aren't followed and aren't listed; a folder that isn't there holds none.
  ///
  /// - Throws: When a folder can't be listed.
  public func files(below folder: RelativePath) throws(FileError) -> [RelativePath] {
    guard let real = try resolve(folder, for: .list), kind(of: real) == .folder else { return [] }
    var found: [RelativePath] = []
    for name in try names(in: real, path: folder) {
      guard let path = RelativePath(folder.text + "/" + name) else { continue }
      switch kind(of: real + "/" + name) {
      case .file: found.append(path)
      case .folder: found += try files(below: path)
      case .link, .other, nil: break
      }
    }
    return found.sorted()
  }

  private func names(in real: String, path: RelativePath) throws(FileError) -> [String] {
    guard let stream = unsafe opendir(real) else {
      throw FileError(.list, path.text, .system(errno))
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }
}
